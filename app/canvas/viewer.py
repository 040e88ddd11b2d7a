"""Moves about in the document that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from app.canvas.pane import Pane
from app.canvas.view import MAX_ZOOM, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPointF
    from PySide6.QtWidgets import QWidget

    from app.look.theme import Theme
    from app.session.display import Display
    from app.session.document import Document

FIT_MARGIN = 24
LEAST_SHOWN = 240
"""How large, in device pixels, a picture is shown when it is opened, so that none is missed."""


class Viewer(Pane):
    """Zooms, pans, turns and mirrors; what was fitted to the window stays so until then."""

    def __init__(
        self,
        document: Document,
        theme: Theme,
        display: Display | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._fit_most: float | None = None  # while kept fitted: the zoom at which that ends
        super().__init__(document, theme, display, parent)

    @property
    def angle(self) -> float:
        """How far the picture is turned clockwise, in degrees."""
        return self._view.angle if self._view else 0.0

    @property
    def mirrored(self) -> bool:
        """Whether what is at the left of the picture is shown at the right."""
        return self._view is not None and self._view.mirrored

    def fit(self) -> None:
        """Show the whole picture as large as the window allows, and keep it so."""
        self._fit(MAX_ZOOM)

    def fill(self) -> None:
        """Show nothing but the picture, as much of it as that allows."""
        if self._view:
            self._go(self._view.filled())

    def fit_mask(self) -> None:
        """Show all that is painted as large as the window allows, or the whole picture."""
        around = self._document.mask_box()
        if self._view is None or around.is_empty:
            self.fit()
        else:
            self._go(self._view.fitted(self._margin, around=around))

    def actual_size(self) -> None:
        """Show each pixel of the picture as one of the screen."""
        self.zoom_by(1 / self.zoom)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom around a place of the widget, or around its middle."""
        if self._view:
            self._go(self._view.zoomed(self._view.zoom * factor, self._place(at)))

    def move_picture(self, dx: float, dy: float) -> None:
        """Push the picture by so many device pixels."""
        if self._view:
            self._go(self._view.moved(dx, dy))

    def turn_by(self, degrees: float, at: QPointF | None = None) -> None:
        """Turn the picture clockwise around a place of the widget, or around its middle."""
        if self._view:
            self.turn_to(self._view.angle + degrees, at)

    def turn_to(self, angle: float, at: QPointF | None = None) -> None:
        """Turn the picture so that it is turned clockwise by `angle` degrees."""
        if self._view:
            self._go(self._view.turned(angle, self._place(at)))

    def mirror(self) -> None:
        """Show what is at the left at the right, and the other way round."""
        if self._view:
            self._look(self._view.flipped())

    def bookmark(self) -> Callable[[], None]:
        """A way back to what is seen now, as long as the same picture is open."""
        scene, view, fit_most = self._scene, self._view, self._fit_most

        def go_back() -> None:
            if view is not None and self._scene is scene:
                self._fit_most = fit_most
                self._look(view.resized(self._window()))

        return go_back

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the widget in device pixels."""
        return self._place(None)

    def _open(self, view: View) -> None:
        self._view = view
        self._fit(max(1.0, LEAST_SHOWN // view.picture.longest))

    def _refit(self, view: View) -> None:
        self._view = view
        if self._fit_most is None:
            self._look(view)
        else:
            self._fit(self._fit_most)

    def _fit(self, most: float) -> None:
        if self._view:
            self._fit_most = most
            self._look(self._view.fitted(self._margin, most))

    def _go(self, view: View) -> None:
        """Look at it as the artist asks, and no longer keep the picture fitted."""
        self._fit_most = None
        self._look(view.moved(0, 0))

    def _place(self, at: QPointF | None) -> tuple[float, float]:
        """A place of the widget, or its middle, in device pixels."""
        return self.device(QRectF(self.rect()).center() if at is None else at)

    @property
    def _margin(self) -> float:
        """What is left free around a fitted picture, in device pixels."""
        return FIT_MARGIN * self.devicePixelRatioF()
