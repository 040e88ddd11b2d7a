"""The picture in the hands of the artist: what presses, drags and keys do to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from app.canvas.cursor import Cursor
from app.canvas.gestures.choosing import Choosing
from app.canvas.gestures.gesture import Act, Hand, Keys, Pointer
from app.canvas.gestures.modes import mode_of
from app.canvas.gestures.selector import Selector
from app.canvas.guides import Guides
from app.canvas.navigation import Navigation
from app.canvas.pointing import Pointing, pixel_of
from app.canvas.telling import Telling
from app.canvas.viewer import Viewer

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from app.canvas.pixels import Sheet
    from app.look.theme import Theme
    from app.model.selecting import Mode
    from app.session.display import Display
    from app.session.document import Document
    from app.session.tools import Tools
    from app.session.work import MaskWork

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


class Workplace(Viewer):
    """Lets one hand at a time do what the tool in it does, whatever device it holds.

    Changing the mask while a result is shown goes back to the picture. `pointer_moved`
    tells the picture's pixel under the pointer as (x, y), or None; `measured` the size of what is
    being drawn, or None; `remarked` what there is to say of it in passing, a source text of the
    context "Hints"; `result_dismissed` that the artist went back from a result.
    """

    pointer_moved = Signal(object)
    measured = Signal(object)
    remarked = Signal(str)
    result_dismissed = Signal()

    def __init__(
        self,
        document: Document,
        tools: Tools,
        work: MaskWork,
        theme: Theme,
        display: Display | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(document, theme, display, parent)
        self._tools = tools
        self._work = work
        self._tool = tools.tool  # with which the last gesture began
        self._mode: Mode = "add"  # what a press would do to the mask, or the last one did
        self._hand = Hand()
        self._pointing = Pointing()
        self._telling = Telling(self._pixel, self.pointer_moved.emit, self)
        self._navigation = Navigation(self, tools)
        self._cursor = Cursor(self, tools, self._display, theme)
        self._guides = Guides(document, tools, self.guides)
        tell = self.measured.emit, self.remarked.emit
        selector = Selector(document, work, self.overlay.show, *tell)
        self._choosing = Choosing(self, document, tools, work, selector)
        document.picture_changed.connect(self.break_all_off)
        document.mask_edited.connect(self.leave_result)
        self.view_changed.connect(self._follow_view)
        tools.tool_changed.connect(self._follow_tool)
        tools.mode_changed.connect(self.choose_cursor)
        tools.brush_changed.connect(self.choose_cursor)
        work.busy_changed.connect(self.choose_cursor)

    # What devices tell

    @property
    def holds_pen(self) -> bool:
        """Whether the hand draws with a pen right now."""
        return False

    @property
    def holds_eraser(self) -> bool:
        """Whether it holds a pen the wrong way round."""
        return False

    # Gestures, whatever device they are made with

    @property
    def is_busy(self) -> bool:
        """Whether a drag is under way."""
        return self._hand.is_busy

    def begin(self, button: Qt.MouseButton, pointer: Pointer) -> bool:
        """Begin what this button, pressed here, means; False if it means nothing."""
        if self._hand.is_busy or self._view is None or not self._press(button, pointer):
            return False
        self._cursor.begin(with_pen=self.holds_pen)
        self.choose_cursor()
        return True

    def go_on(self, pointer: Pointer) -> None:
        """The hand went on, dragging or not."""
        self._hand.move(pointer)

    def end(self) -> None:
        """End the drag; what it did stays."""
        self._hand.release()
        self._let_go()

    def break_off(self) -> None:
        """The drag, or else what waits for more, never happened."""
        self._hand.drop()
        self._let_go()

    def take_back(self) -> None:
        """The drag never happened; what waited before it waits on."""
        if self._hand.is_busy:
            self._hand.take_back()
            self._let_go()

    def say(self, act: Act) -> None:
        """Tell the gesture that waits for more what a key says."""
        self._hand.say(act)
        self._let_go()

    def _press(self, button: Qt.MouseButton, pointer: Pointer) -> bool:
        """Have the hand do what a press means."""
        if (way := self._navigation.way(button, pointer.keys)) is not None:
            if way == "size":
                self._cursor.pin()
            self._hand.press(self._navigation.gesture(way), pointer)
            return True
        if button not in (LEFT, RIGHT):
            return False
        if self._work.is_computing:
            self._work.keep()  # it stays as it was asked for, not as far as it is shown
        if self._work.is_busy:
            return False
        if self._hand.is_waiting:
            self._hand.resume(pointer)
            return True
        self.leave_result()
        self._display.reveal()  # nobody changes what is not seen
        gesture = self._choosing.gesture(button, pointer)
        if gesture is not None:
            self._tool, self._mode = self._tools.tool, self._mode_of(pointer.keys, button)
            self._hand.press(gesture, pointer)
        return gesture is not None

    def break_all_off(self) -> None:
        """Nothing that is under way ever happened."""
        self._hand.drop_all()
        self._let_go()

    def _let_go(self) -> None:
        self._navigation.end()
        self._cursor.end()
        self._follow_tool()

    def _follow_tool(self) -> None:
        """What waits belongs to the tool that began it; it may wait while the hand looks around."""
        tools = self._tools
        if tools.tool != self._tool and (tools.paints or tools.selects):
            self._hand.drop_waiting()
        self.choose_cursor()

    def leave_result(self) -> None:
        """Go back to the picture."""
        if self.shows_result:
            self.show_result(None)
            self.result_dismissed.emit()

    # The pointer

    def follow(self, at: tuple[float, float] | None, pressure: float = 1.0) -> Pointer | None:
        """A hand is at a place in device pixels, or gone."""
        if self._view is None:
            at = None
        self._pointing.at = at
        self._cursor.move(at)
        if at is None:
            self._telling.look_at_once()
        else:
            self._telling.look()
        return self._pointing.pointer(self._view, pressure, self._navigation.holds_space)

    def _pixel(self) -> tuple[int, int] | None:
        """The picture's pixel under the pointer."""
        pointer = self._pointing.pointer(self._view, 1.0, self._navigation.holds_space)
        return pixel_of(pointer, self._view)

    def _follow_view(self) -> None:
        self.choose_cursor()
        self._telling.look_at_once()

    # The cursor

    def choose_cursor(self) -> None:
        """Have the ring or the cursor be what tool, keys and gesture want."""
        if self._view is None:
            self._cursor.choose("arrow")
            return
        keys = self._keys()
        if not (self._hand.is_busy or self._hand.is_waiting):
            self._mode = self._mode_of(keys, RIGHT if self.holds_eraser else LEFT)
        shape = "busy" if self._work.is_busy else self._navigation.shape(keys)
        self._cursor.choose(shape, self._mode)

    def _mode_of(self, keys: Keys, button: Qt.MouseButton) -> Mode:
        """What a press would do to the mask."""
        if not self._tools.paints:
            return mode_of(keys, button, self._tools.mode)
        takes_away = self._tools.erases or button == RIGHT
        return "subtract" if takes_away != keys.alt else "add"

    def _keys(self) -> Keys:
        return self._pointing.keys(self._navigation.holds_space)

    def lay_over(self, sheet: Sheet) -> None:
        self._cursor.lay(sheet)

    def lift_off(self) -> None:
        self._cursor.lift()

    def paint_over(self, painter: QPainter) -> None:
        self._cursor.draw(painter)
