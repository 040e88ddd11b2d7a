"""What stands for the pointer: the brush's ring, which the canvas draws, or a cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPainter

from app.canvas import shapes
from app.canvas.flash import Flash
from app.canvas.ring import Ring, RingImage
from app.canvas.stale import joined
from app.model.geometry import EMPTY

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.canvas.pixels import Sheet
    from app.canvas.viewer import Viewer
    from app.look.theme import Theme
    from app.model.brush import Brush
    from app.model.selecting import Mode
    from app.session.display import Display
    from app.session.tools import Tools

Shape = Literal["arrow", "busy", "ring", "open_hand", "closed_hand", shapes.Drawn]

_SYSTEM = {
    "arrow": Qt.CursorShape.ArrowCursor,
    "busy": Qt.CursorShape.BusyCursor,
    "ring": Qt.CursorShape.BlankCursor,
    "open_hand": Qt.CursorShape.OpenHandCursor,
    "closed_hand": Qt.CursorShape.ClosedHandCursor,
}

Place = tuple[float, float]


class Cursor:
    """Follows the pointer on its own: no stroke, however heavy, is waited for.

    While size or hardness change, the ring is filled for a moment: where the pointer is, or in
    the middle of the canvas while it is elsewhere, as on a slider.
    """

    def __init__(self, viewer: Viewer, tools: Tools, display: Display, theme: Theme) -> None:
        self._viewer = viewer
        self._repaints = viewer.repaints
        self._tools = tools
        self._display = display
        self._at: Place | None = None
        self._pinned: Place | None = None
        self._shape: Shape = "arrow"
        self._mode: Mode = "add"
        self._is_exact = False  # caps lock
        self._is_ghost = False
        self._rests = False
        self._ring: Ring | None = None
        self._image = RingImage()
        self._is_laid = False
        self._area = EMPTY
        self._worn: tuple[Shape, Mode, float] | None = None
        self._known = tools.tool, tools.brush
        self._flash = Flash(theme, self._show, viewer)
        tools.brush_changed.connect(self._note_brush)

    def move(self, at: Place | None) -> None:
        """The pointer is at this device pixel, or elsewhere."""
        self._at = at
        self._is_ghost = self._is_ghost and at is None
        self._show()

    def begin(self, *, with_pen: bool) -> None:
        """A drag begins: nothing is pointed out any more, and a pen needs no ring.

        The hand sees where it lies on the tablet.
        """
        self._rests = with_pen
        self._flash.end()
        self._choose_ring()

    def end(self) -> None:
        """The drag is over."""
        self._rests, self._pinned = False, None
        self._choose_ring()
        self._show()  # it may have been pinned elsewhere

    def choose(self, shape: Shape, mode: Mode = "add") -> None:
        """Be this from now on, for what would be done to the mask here."""
        self._shape, self._mode = shape, mode
        self._choose_ring()
        self._wear()

    def pin(self) -> None:
        """Stay here, wherever the pointer goes, until the drag ends."""
        self._pinned = self._at

    def note_key(self, event: QKeyEvent) -> None:
        """Caps lock makes the ring a cross; what it writes tells whether it is on."""
        text, is_shifted = event.text(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.type() != QEvent.Type.KeyPress or event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_CapsLock:
            self._is_exact = not self._is_exact
        elif len(text) == 1 and text.isalpha() and text.upper() != text.lower():
            self._is_exact = text.isupper() != is_shifted
        else:
            return
        self._choose_ring()

    def lay(self, sheet: Sheet) -> None:
        """Lay the ring over what is about to be copied to the window, if that is the faster way."""
        ring, place = self._ring, self._pinned or self._at
        if ring and ring.is_large and place and not self._flash.is_on:
            self._is_laid = self._image.lay(sheet, ring, *place)

    def lift(self) -> None:
        """Take off what was laid."""
        if self._is_laid:
            self._image.lift()

    def draw(self, painter: QPainter) -> None:
        """Draw the ring unless it was laid; the painter must draw in device pixels."""
        if self._is_laid:
            self._is_laid = False
            return
        place = self._place()
        if self._ring is not None and place is not None:
            if self._flash.strength:
                color = QColor(self._display.color)
                self._ring.fill(painter, *place, color, self._flash.strength)
            self._image.draw(painter, self._ring, *place)

    def _note_brush(self, brush: Brush) -> None:
        (tool, before), self._known = self._known, (self._tools.tool, brush)
        looks = before.size, before.hardness
        if tool == self._tools.tool and looks != (brush.size, brush.hardness):
            self._is_ghost = self._at is None
            self._flash.begin()

    def _place(self) -> Place | None:
        """Where there is a ring."""
        if self._is_ghost and self._flash.strength:
            return self._viewer.middle
        return self._pinned or self._at

    def _show(self) -> None:
        """Have the ring painted where it is now, and what was below it where it was."""
        # Every move of a hand comes by here.
        place = self._place()
        area = self._ring.area(*place) if self._ring and place else EMPTY
        before, self._area = self._area, area
        if both := joined(before, area):
            self._repaints.ask(both)
        else:
            self._repaints.ask(before)
            self._repaints.ask(area)

    def _choose_ring(self) -> None:
        """Have the ring as brush, zoom and mode want it, if one is wanted."""
        before, self._ring = self._ring, None
        if self._shape == "ring" and not self._rests:
            brush = self._tools.brush
            radius = 0.0 if self._is_exact else brush.radius * self._viewer.zoom
            # Alt takes away, but not while it is held to change the brush.
            takes_away = self._tools.erases if self._pinned else self._mode == "subtract"
            self._ring = Ring(radius, radius * brush.hardness, takes_away)
        if self._ring != before:  # most keys change nothing, and need nothing painted
            self._show()

    def _wear(self) -> None:
        worn = self._shape, self._mode, self._viewer.devicePixelRatioF()
        if worn == self._worn:
            return
        self._worn = worn
        if self._shape in _SYSTEM:
            self._viewer.setCursor(_SYSTEM[self._shape])
        else:
            self._viewer.setCursor(shapes.cursor(*worn))
