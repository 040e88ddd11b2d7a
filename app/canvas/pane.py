"""Shows the document, wherever and however large it is to be.

What needs numpy is read with the first picture, so that the window does not wait for it.
"""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from app.canvas.march import March
from app.canvas.overlay import Overlay
from app.canvas.regions import rect_of
from app.canvas.repaints import Repaints
from app.canvas.style import Style
from app.canvas.view import View
from app.model.geometry import Rect, Size
from app.session.display import Display

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent

    from app.canvas.pixels import Sheet
    from app.canvas.scene import Scene
    from app.look.theme import Theme
    from app.model.picture import Picture
    from app.session.document import Document

OPENING_S = 0.012
"""How long the first paint of a picture may wait for a better rendering of it."""
QUICK = 1 << 23
"""Of larger pictures nothing would be ready by then: they are seen at once, as they are."""
SLICE_S = 0.004
"""How long making that better rendering may keep the next event waiting."""


class Pane(QWidget):
    """The document's picture with its mask over it, or a result in its place.

    `zoom_changed` tells device pixels per picture pixel; `view_changed` that the picture lies
    elsewhere, has another zoom or is another one.
    """

    zoom_changed = Signal(float)
    view_changed = Signal()

    def __init__(
        self,
        document: Document,
        theme: Theme,
        display: Display | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._document = document
        self._theme = theme
        self._display = display or Display(self)
        self._scene: Scene | None = None
        self._view: View | None = None
        self._told_zoom = 1.0
        self.repaints = Repaints(self)
        self._building = QTimer(self)
        self._building.timeout.connect(self._build)
        self.guides = Overlay(self.repaints.ask)
        self.overlay = Overlay(self.repaints.ask)
        self._march = March(self._display, theme, self)
        document.picture_changed.connect(self._follow_picture)
        document.mask_changed.connect(self._follow_mask)
        theme.changed.connect(self._follow_style)
        self._display.changed.connect(self._follow_style)
        self._follow_picture()

    @property
    def zoom(self) -> float:
        """Device pixels per picture pixel."""
        return self._view.zoom if self._view else 1.0

    @property
    def shows_result(self) -> bool:
        """Whether a result is shown in the picture's place."""
        return self._scene is not None and self._scene.shows_result

    def show_result(self, picture: Picture | None) -> None:
        """Show a result in the picture's place, of its size and without the mask; None: go back."""
        if self._scene and (picture is not None or self._scene.shows_result):
            self._scene.show_result(picture)
            self._march.follow(self._scene, self._view)
            self._refine()

    def device(self, place: QPointF) -> tuple[float, float]:
        """A place of the widget in device pixels."""
        ratio = self.repaints.ratio
        return place.x() * ratio, place.y() * ratio

    def lay_over(self, sheet: Sheet) -> None:
        """Lay something over the window's pixels that are about to be shown."""

    def lift_off(self) -> None:
        """Take it off again."""

    def paint_over(self, painter: QPainter) -> None:
        """Paint what lies over the picture, in device pixels."""

    def _follow_picture(self) -> None:
        picture, mask = self._document.picture, self._document.mask
        if picture is None or mask is None:
            self._scene = self._view = None
            self._building.stop()
            self._look_over(None)
            self._march.follow(None, None)
            self.view_changed.emit()
            self.update()
        elif self._scene and self._scene.mask is mask:
            self._scene.show_picture(picture)
            self._march.follow(self._scene, self._view)
            self._refine()
        else:
            from app.canvas.scene import Scene

            self._scene = Scene(picture, mask, self._style())
            self._open(View(picture=picture.size, window=self._window()))
            self._refine()

    def _open(self, view: View) -> None:
        """Look at a new picture in its first view, or in a better one."""
        self._look(view)

    def _refit(self, view: View) -> None:
        """Look on in another window, or otherwise where that suits it better."""
        self._look(view)

    def _follow_mask(self, rect: Rect) -> None:
        if self._scene:
            self.repaints.ask(self._march.mark(self._scene.mark_mask(rect)))

    def _follow_style(self) -> None:
        if self._scene:
            self._scene.dress(self._style())
        self._march.follow(self._scene, self._view)
        self.update()

    def _style(self) -> Style:
        display, around = self._display, self._theme.color("canvas")
        return Style(QColor(display.color), display.opacity, around, display.mode, display.grid)

    def _look(self, view: View) -> None:
        self._view = view
        if self._scene:
            self._scene.look(view)
        self._look_over(view)
        self._march.follow(self._scene, view)
        if view.zoom != self._told_zoom:
            self._told_zoom = view.zoom
            self.zoom_changed.emit(view.zoom)
        self.view_changed.emit()
        self.update()

    def _look_over(self, view: View | None) -> None:
        """Lay what is drawn over the picture where that lies."""
        self.guides.look(view)
        self.overlay.look(view)

    def _refine(self) -> None:
        """Have the picture look its best: at once if that is quick, else little by little."""
        is_quick = self._view is not None and self._view.picture.area <= QUICK
        if self._scene and not self._scene.build(OPENING_S if is_quick else SLICE_S):
            self._building.start()
        self.update()

    def _build(self) -> None:
        if self._scene is None or self._scene.build(SLICE_S):
            self._building.stop()
        if self._scene and self._scene.is_spoilt:
            self.update()

    def _window(self) -> Size:
        """The widget's size in device pixels."""
        ratio = self.devicePixelRatioF()
        return Size(max(1, ceil(self.width() * ratio)), max(1, ceil(self.height() * ratio)))

    def _resize_view(self) -> None:
        self.repaints.ratio = self.devicePixelRatioF()
        if self._view is not None:
            self._refit(self._view.resized(self._window()))

    def showEvent(self, event: QShowEvent) -> None:
        self._march.pace()

    def changeEvent(self, event: QEvent) -> None:
        self._march.pace()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._resize_view()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._scene is None:
            painter.fillRect(event.rect(), self._theme.color("canvas"))
            return
        self.repaints.begin()
        ratio = self.devicePixelRatioF()
        if ratio != self.repaints.ratio:  # moved to another screen
            self._resize_view()
        if ratio != 1:
            painter.scale(1 / ratio, 1 / ratio)
        sheet = self._scene.sheet()
        self.lay_over(sheet)
        painter.drawImage(0, 0, sheet.image)  # clipped by the painter to what is asked for
        self.lift_off()
        if self._march.is_on or not (self.guides.is_empty and self.overlay.is_empty):
            self._draw_lines(painter, _scaled(rect_of(event.rect()), ratio))
        self.paint_over(painter)

    def _draw_lines(self, painter: QPainter, area: Rect) -> None:
        """Draw what an area of the window holds of the lines over the picture."""
        self._march.draw(painter, area)
        self.guides.draw(painter, area)
        self.overlay.draw(painter, area)


def _scaled(rect: Rect, ratio: float) -> Rect:
    """The device pixels that a rectangle of the widget touches."""
    return Rect(
        floor(rect.left * ratio),
        floor(rect.top * ratio),
        ceil(rect.right * ratio),
        ceil(rect.bottom * ratio),
    )
