"""When the ants march: while they are wanted, seen, and nobody asked for stillness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from app.canvas.ants import Ants
    from app.canvas.scene import Scene
    from app.canvas.view import View
    from app.look.theme import Theme
    from app.model.geometry import Rect
    from app.session.display import Display

STEP_MS = 1000 // 6


class March:
    """The outline over a widget, if the display asks for one, and its pace."""

    def __init__(self, display: Display, theme: Theme, widget: QWidget) -> None:
        self._display = display
        self._theme = theme
        self._widget = widget
        self._ants: Ants | None = None
        self._scene: Scene | None = None
        self._timer = QTimer(widget, interval=STEP_MS)
        self._timer.timeout.connect(self._step)

    def follow(self, scene: Scene | None, view: View | None) -> None:
        """Another scene, view or mode."""
        if scene is None or view is None or self._display.mode != "ants" or scene.shows_result:
            self._ants = None
        elif self._ants is None or scene is not self._scene:
            from app.canvas.ants import Ants

            self._ants = Ants(scene.mask_layer, view)
        else:
            self._ants.look(view)
        self._scene = scene
        self.pace()

    @property
    def is_on(self) -> bool:
        """Whether there is an outline."""
        return self._ants is not None

    def mark(self, area: Rect) -> Rect:
        """The mask looks different in an area of the window; what is to be painted for it."""
        return self._ants.mark(area) if self._ants else area

    def draw(self, painter: QPainter, area: Rect) -> None:
        """Draw what an area of the window holds of the outline, if there is one."""
        if self._ants:
            self._ants.draw(painter, area)

    def pace(self) -> None:
        """Go or stand still, as the window is looked at or not."""
        seen = self._widget.isVisible() and self._widget.isActiveWindow()
        if self._ants and seen and not self._theme.reduced_motion:
            if not self._timer.isActive():
                self._timer.start()
        else:
            self._timer.stop()

    def _step(self) -> None:
        self.pace()
        if self._ants is None or not self._timer.isActive():
            return
        self._ants.step()
        ratio = self._widget.devicePixelRatioF()
        for block in self._ants.blocks():
            left, top = int(block.left / ratio), int(block.top / ratio)
            right, bottom = -int(-block.right // ratio), -int(-block.bottom // ratio)
            self._widget.update(left, top, right - left, bottom - top)
