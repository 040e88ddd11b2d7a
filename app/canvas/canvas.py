"""The canvas: what shows the picture with its mask, and is painted on."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QNativeGestureEvent, QTouchEvent

from app.canvas.gestures.gesture import Gesture, Hand, Keys, Pointer
from app.canvas.gestures.paint import Trail, paint
from app.canvas.gestures.pan import pan
from app.canvas.ring import Ring, RingImage
from app.canvas.stale import joined
from app.canvas.tablet import Tablet
from app.canvas.touch import Touch, fingers
from app.canvas.viewer import Viewer
from app.model.brush import Sample
from app.model.geometry import EMPTY
from app.session.pen import Pen

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QFocusEvent,
        QHideEvent,
        QKeyEvent,
        QMouseEvent,
        QPainter,
        QTabletEvent,
        QWheelEvent,
    )
    from PySide6.QtWidgets import QWidget

    from app.look.theme import Theme
    from app.session.display import Display
    from app.session.document import Document
    from app.session.tools import Tools

NOTCH = 1.2
"""How much a notch of the wheel zooms."""
NOTCH_ANGLE = 120
NOTCH_PIXELS = 60
"""What Qt counts as a notch: eighths of a degree, and pixels where there are no degrees."""

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
RIGHT = Qt.MouseButton.RightButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Canvas(Viewer):
    """Paints with the left button, pans with the middle one or Space, zooms with the wheel.

    Painting while a result is shown goes back to the picture first. `pointer_moved` tells the
    picture's pixel under the pointer as (x, y), or None; `result_dismissed` that the artist went
    back from a result.
    """

    pointer_moved = Signal(object)
    result_dismissed = Signal()

    def __init__(
        self,
        document: Document,
        tools: Tools,
        theme: Theme,
        display: Display | None = None,
        parent: QWidget | None = None,
        *,
        pen: Pen | None = None,
    ) -> None:
        self._tools = tools
        self._hand = Hand()
        self._trail = Trail(document)
        self._button = Qt.MouseButton.NoButton
        self._is_panning = False
        self._space: Literal["up", "held", "used"] = "up"
        self._at: tuple[float, float] | None = None  # the pointer, in device pixels
        self._pixel: tuple[int, int] | None = None
        self._ring: Ring | None = None
        self._ring_area = EMPTY
        self._ring_image = RingImage()
        self._shape = Qt.CursorShape.ArrowCursor
        super().__init__(document, theme, display, parent)
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Canvas"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        pen = pen or Pen(self)
        self._tablet = Tablet(self, pen)
        self._touch = Touch(self, pen, self._tapped, self._tablet.hides_mouse)
        document.picture_changed.connect(self.break_off)
        tools.tool_changed.connect(self._choose_ring)
        tools.mode_changed.connect(self._choose_ring)
        tools.brush_changed.connect(self._choose_ring)

    # Gestures, whatever device they are made with

    @property
    def is_busy(self) -> bool:
        """Whether a gesture is under way."""
        return self._hand.is_busy

    def begin(self, button: Qt.MouseButton, pointer: Pointer) -> bool:
        """Begin what this button, pressed here, means; False if it means nothing."""
        if self._hand.is_busy or (gesture := self._gesture(button, pointer)) is None:
            return False
        self._button = button
        self._hand.press(gesture, pointer)
        self._choose_ring()
        return True

    def go_on(self, pointer: Pointer) -> None:
        """Go on with the gesture that is under way, if any."""
        self._hand.move(pointer)

    def end(self) -> None:
        """End the gesture; what it did stays."""
        self._hand.release()
        self._is_panning = False
        self._choose_ring()

    def break_off(self) -> None:
        """The gesture never happened."""
        self._hand.drop()
        self._is_panning = False
        self._choose_ring()

    def _gesture(self, button: Qt.MouseButton, pointer: Pointer) -> Gesture | None:
        """What a press means."""
        if button not in (LEFT, MIDDLE, RIGHT) or self._view is None:
            return None
        self._is_panning = button == MIDDLE or self._space != "up"
        if self._is_panning:
            if self._space == "held":
                self._space = "used"
            return pan(self.move_picture)
        self._leave_result()
        return paint(
            self._document,
            self._tools,
            self._trail,
            subtract=button == RIGHT,
            zoom=self._view.zoom,
        )

    def _leave_result(self) -> None:
        if self.shows_result:
            self.show_result(None)
            self.result_dismissed.emit()

    # The pointer

    def follow(self, place: QPointF | None, pressure: float = 1.0) -> Pointer | None:
        """A hand is at a place of the widget, or gone."""
        return self._follow(None if place is None else self.device(place), pressure)

    def _follow_pointer(self, place: QPointF | None) -> Pointer | None:
        """The pointer is at a place of the widget, that is in the middle of its device pixel."""
        if place is None:
            return self._follow(None)
        x, y = self.device(place)
        return self._follow((x + 0.5, y + 0.5))

    def _follow(self, at: tuple[float, float] | None, pressure: float = 1.0) -> Pointer | None:
        self._at = at if self._view is not None else None
        self._show_ring()
        pointer = self._pointer(pressure)
        self._tell_pixel(pointer)
        return pointer

    def _pointer(self, pressure: float = 1.0) -> Pointer | None:
        if self._at is None or self._view is None:
            return None
        sample = Sample(*self._view.to_picture(*self._at), pressure)
        return Pointer(*self._at, sample, self._keys())

    def _keys(self) -> Keys:
        held = QGuiApplication.keyboardModifiers()
        return Keys(bool(held & SHIFT), bool(held & ALT), bool(held & CTRL), self._space != "up")

    def _tell_pixel(self, pointer: Pointer | None) -> None:
        pixel = None
        if pointer is not None and self._view is not None:
            x, y = floor(pointer.sample.x), floor(pointer.sample.y)
            width, height = self._view.picture
            if 0 <= x < width and 0 <= y < height:
                pixel = x, y
        if pixel != self._pixel:
            self._pixel = pixel
            self.pointer_moved.emit(pixel)

    # The ring

    def _choose_ring(self) -> None:
        """Have the ring, and the cursor that it stands for, as brush, zoom and gesture want it."""
        self._ring = None
        if self._view and not self._is_panning and self._space == "up":
            brush, zoom = self._tools.brush, self._view.zoom
            inner = brush.radius * brush.hardness
            self._ring = Ring(brush.radius * zoom, inner * zoom, self._tools.erases)
        self._show_ring()
        self._show_cursor()

    def _show_ring(self) -> None:
        """Have the ring painted where the pointer is, and what was below it where it was."""
        area = self._ring.area(*self._at) if self._ring and self._at else EMPTY
        before, self._ring_area = self._ring_area, area
        if both := joined(before, area):
            self.update_device(both)
        else:
            self.update_device(before)
            self.update_device(area)

    def _show_cursor(self) -> None:
        shape = Qt.CursorShape.BlankCursor
        if self._view is None:
            shape = Qt.CursorShape.ArrowCursor
        elif self._is_panning:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._space != "up":
            shape = Qt.CursorShape.OpenHandCursor
        if shape != self._shape:
            self._shape = shape
            self.setCursor(shape)

    def paint_over(self, painter: QPainter) -> None:
        if self._ring and self._at:
            self._ring_image.draw(painter, self._ring, *self._at)

    def view_changed(self) -> None:
        self._choose_ring()
        self._tell_pixel(self._pointer())

    # What Qt reports

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._tablet.hides_mouse():
            return
        self._tablet.note_mouse()
        pointer = self._follow_pointer(event.position())
        if pointer is None or not self.begin(event.button(), pointer):
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._tablet.hides_mouse():
            return
        pointer = self._follow_pointer(event.position())
        if not self._hand.is_busy:
            return
        if pointer is None or self._button not in event.buttons():
            self.break_off()  # the release went elsewhere
        else:
            self.go_on(pointer)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._tablet.hides_mouse():
            return
        pointer = self._follow_pointer(event.position())
        if event.button() == self._button and self._hand.is_busy and pointer:
            self.go_on(pointer)
            self.end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        self._tablet.take(event)

    def event(self, event: QEvent) -> bool:
        # Touch has no handlers of its own. Most events come by here and go on.
        if isinstance(event, QTouchEvent):
            points = (point.globalPosition() for point in fingers(event))
            self._touch.take(event, [self.mapFromGlobal(point) for point in points])
            return True
        if isinstance(event, QNativeGestureEvent):
            self._touch.take_pinch(event)
            return True
        return super().event(event)

    def _tapped(self, fingers: int) -> None:
        """Fingers tapped together: two take a step back, three go forth again."""
        if fingers == 2:
            self._document.undo_stack.undo()
        elif fingers == 3:
            self._document.undo_stack.redo()

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / NOTCH_ANGLE or event.pixelDelta().y() / NOTCH_PIXELS
        if notches:
            self.zoom_by(NOTCH**notches, event.position())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._follow_pointer(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            if not event.isAutoRepeat() and not self._hand.is_busy:
                self._space = "held"
                self._choose_ring()
        elif event.key() == Qt.Key.Key_Escape and self._hand.is_busy:
            self.break_off()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat():
            super().keyReleaseEvent(event)
            return
        was, self._space = self._space, "up"
        if was == "held" and not self._hand.is_busy:
            self._leave_result()  # a tap, not the beginning of a drag
        self._choose_ring()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space = "up"
        self._choose_ring()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.break_off()
        self._follow_pointer(None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(self.tr("Canvas"))
        elif not self.isEnabled() or not self.isActiveWindow():
            self.break_off()  # whoever has the pointer now will not give it back
        super().changeEvent(event)
