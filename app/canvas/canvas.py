"""The canvas: where the picture is painted on with mouse, pen, fingers and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputEvent, QKeyEvent, QNativeGestureEvent, QTouchEvent

from app.canvas.mouse import Mouse
from app.canvas.pointing import NONE
from app.canvas.tablet import Tablet
from app.canvas.touch import Touch, fingers
from app.canvas.wheel import Wheel
from app.canvas.workplace import Workplace
from app.session.pen import Pen
from app.session.work import MaskWork

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QFocusEvent,
        QHideEvent,
        QMouseEvent,
        QTabletEvent,
        QWheelEvent,
    )
    from PySide6.QtWidgets import QWidget

    from app.canvas.gestures.gesture import Act
    from app.look.theme import Theme
    from app.session.display import Display
    from app.session.document import Document
    from app.session.tools import Tools

WORDS: dict[int, Act] = {
    Qt.Key.Key_Return: "finish",
    Qt.Key.Key_Enter: "finish",
    Qt.Key.Key_Backspace: "back",
}
"""What keys say to a gesture that waits for more."""


class Canvas(Workplace):
    """Hears the devices. The left button does what the tool does; Space and others look around."""

    def __init__(
        self,
        document: Document,
        tools: Tools,
        theme: Theme,
        display: Display | None = None,
        parent: QWidget | None = None,
        *,
        work: MaskWork | None = None,
        pen: Pen | None = None,
    ) -> None:
        super().__init__(document, tools, work or MaskWork(document), theme, display, parent)
        pen = pen or Pen(self)
        self._tablet = Tablet(self, pen)
        self._mouse = Mouse(self, self._tablet)
        self._touch = Touch(self, pen, self._tapped, self._tablet.hides_mouse)
        self.wheel = Wheel(self, tools)
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Canvas"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.choose_cursor()

    @property
    def holds_pen(self) -> bool:
        return self._tablet.is_down

    @property
    def holds_eraser(self) -> bool:
        return self._tablet.erases

    def finish(self) -> bool:
        """End what waits for more, as a double click does; whether anything did."""
        is_waiting = self._hand.is_waiting
        if is_waiting:
            self.say("finish")
        return is_waiting

    def break_all_off(self) -> None:
        self._tablet.let_go()  # the pen may be lifted elsewhere
        super().break_all_off()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._mouse.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self.finish():
            self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse.release(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        self._tablet.take(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.wheel.turn(event)
        event.accept()

    def event(self, event: QEvent) -> bool:
        # Touch has no handlers of its own, so all events come by here, and most go on.
        if not isinstance(event, QInputEvent):
            return super().event(event)
        self._pointing.modifiers = event.modifiers()
        if isinstance(event, QTouchEvent):
            points = (point.globalPosition() for point in fingers(event))
            self._touch.take(event, [self.mapFromGlobal(point) for point in points])
            return True
        if isinstance(event, QNativeGestureEvent):
            self._touch.take_pinch(event)
            return True
        if isinstance(event, QKeyEvent):
            is_asked = event.type() == QEvent.Type.ShortcutOverride
            if is_asked and self._claims(event):
                event.accept()
        return super().event(event)

    def _tapped(self, fingers: int) -> None:
        """Fingers tapped together: two take a step back, three go forth again."""
        if fingers == 2:
            self._document.undo()
        elif fingers == 3:
            self._document.redo()

    def leaveEvent(self, event: QEvent) -> None:
        self.follow(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._says_something(event):
            self._say(event.key())
        elif not self._navigation.press_key(event):
            super().keyPressEvent(event)
        self._note_keys(event)

    def _claims(self, event: QKeyEvent) -> bool:
        """Whether a key is the canvas's own, and no action's.

        Alt says what the tools do; a menu bar that saw it would take the keys away when it is let
        go of.
        """
        return event.key() == Qt.Key.Key_Alt or self._says_something(event)

    def _says_something(self, event: QKeyEvent) -> bool:
        """Whether a key is meant for the gesture that is under way, or what is made of it."""
        if event.key() == Qt.Key.Key_Escape:
            return self._hand.is_busy or self._hand.is_waiting or self._work.is_busy
        return event.key() in WORDS and self._hand.is_waiting

    def _say(self, key: int) -> None:
        if key != Qt.Key.Key_Escape:
            self.say(WORDS[key])
        elif self._hand.is_busy or self._hand.is_waiting:
            self.break_off()
        else:
            self._work.drop()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self._navigation.release_key(event) and not self._hand.is_busy:
            self.leave_result()  # a tap on Space, not the beginning of a drag
        super().keyReleaseEvent(event)
        self._note_keys(event)

    def _note_keys(self, event: QKeyEvent) -> None:
        """Other keys are held now: they may say how a gesture goes on, or what one would do."""
        self._cursor.note_key(event)
        self._hand.hold(self._keys())
        self.choose_cursor()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._navigation.let_go()
        self._pointing.modifiers = NONE
        self.choose_cursor()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.break_all_off()
        self.follow(None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(self.tr("Canvas"))
        elif not self.isEnabled():
            self.break_all_off()
        elif not self.isActiveWindow():
            # Whoever has the pointer now will not give it back; what waits is not in its way.
            self._tablet.let_go()
            self.take_back()
        super().changeEvent(event)
