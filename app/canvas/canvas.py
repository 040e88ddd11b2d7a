"""The canvas: what shows the picture with its mask, and is painted on."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QInputEvent, QNativeGestureEvent, QTouchEvent

from app.canvas.cursor import Cursor
from app.canvas.gestures.gesture import Gesture, Hand, Keys, Pointer
from app.canvas.gestures.modes import mode_of
from app.canvas.gestures.paint import Trail, paint
from app.canvas.navigation import Navigation
from app.canvas.tablet import Tablet
from app.canvas.touch import Touch, fingers
from app.canvas.viewer import Viewer
from app.canvas.wheel import Wheel
from app.model.brush import Sample
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
    from app.model.selecting import Mode
    from app.session.display import Display
    from app.session.document import Document
    from app.session.tools import Tools

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
RIGHT = Qt.MouseButton.RightButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Canvas(Viewer):
    """Does with the left button what the tool in hand does; Space and others look around.

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
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self._at: tuple[float, float] | None = None  # the pointer, in device pixels
        self._pixel: tuple[int, int] | None = None
        super().__init__(document, theme, display, parent)
        self._navigation = Navigation(self, tools)
        self._cursor = Cursor(self, tools, self._display, theme)
        self.wheel = Wheel(self, tools)
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Canvas"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        pen = pen or Pen(self)
        self._tablet = Tablet(self, pen)
        self._touch = Touch(self, pen, self._tapped, self._tablet.hides_mouse)
        document.picture_changed.connect(self.break_off)
        self.view_changed.connect(self._follow_view)
        tools.tool_changed.connect(self._choose_cursor)
        tools.mode_changed.connect(self._choose_cursor)
        tools.brush_changed.connect(self._choose_cursor)
        self._choose_cursor()

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
        self._cursor.begin(with_pen=self._tablet.is_down)
        self._choose_cursor()
        return True

    def go_on(self, pointer: Pointer) -> None:
        """Go on with the gesture that is under way, if any."""
        self._hand.move(pointer)

    def end(self) -> None:
        """End the gesture; what it did stays."""
        self._hand.release()
        self._let_go()

    def break_off(self) -> None:
        """The gesture never happened."""
        self._hand.drop()
        self._let_go()

    def _let_go(self) -> None:
        self._navigation.end()
        self._cursor.end()
        self._choose_cursor()

    def _gesture(self, button: Qt.MouseButton, pointer: Pointer) -> Gesture | None:
        """What a press means."""
        if button not in (LEFT, MIDDLE, RIGHT) or self._view is None:
            return None
        if (way := self._navigation.way(button, pointer.keys)) is not None:
            if way == "size":
                self._cursor.pin()
            return self._navigation.gesture(way)
        self._leave_result()
        self._display.reveal()  # nobody paints what is not seen
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
        self._cursor.move(self._at)
        pointer = self._pointer(pressure)
        self._tell_pixel(pointer)
        return pointer

    def _pointer(self, pressure: float = 1.0) -> Pointer | None:
        if self._at is None or self._view is None:
            return None
        sample = Sample(*self._view.to_picture(*self._at), pressure)
        return Pointer(*self._at, sample, self._keys())

    def _keys(self) -> Keys:
        held = self._modifiers
        return Keys(
            bool(held & SHIFT), bool(held & ALT), bool(held & CTRL), self._navigation.holds_space
        )

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

    # The cursor

    def _choose_cursor(self) -> None:
        """Have the ring or the cursor be what tool, keys and gesture want."""
        if self._view is None:
            self._cursor.choose("arrow")
            return
        keys, tools = self._keys(), self._tools
        if tools.paints:
            takes_away = tools.erases or keys.alt or self._tablet.erases
            mode: Mode = "subtract" if takes_away else "add"
        else:
            mode = mode_of(keys, LEFT, tools.mode)
        self._cursor.choose(self._navigation.shape(keys), mode)

    def paint_over(self, painter: QPainter) -> None:
        self._cursor.draw(painter)

    def _follow_view(self) -> None:
        self._choose_cursor()
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
        if isinstance(event, QInputEvent):
            self._modifiers = event.modifiers()
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
        self.wheel.turn(event)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._follow_pointer(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._hand.is_busy:
            self.break_off()
        elif not self._navigation.press_key(event):
            super().keyPressEvent(event)
        self._note_keys(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self._navigation.release_key(event) and not self._hand.is_busy:
            self._leave_result()  # a tap on Space, not the beginning of a drag
        super().keyReleaseEvent(event)
        self._note_keys(event)

    def _note_keys(self, event: QKeyEvent) -> None:
        """Other keys are held now: they may say how a gesture goes on, or what one would do."""
        self._cursor.note_key(event)
        self._hand.hold(self._keys())
        self._choose_cursor()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._navigation.let_go()
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self._choose_cursor()
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
