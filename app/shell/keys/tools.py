"""Taking tools by key: a tap changes the tool, a held key lends it, Shift goes round a group."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import inf
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from app.session.tools import TOOLS

if TYPE_CHECKING:
    from PySide6.QtCore import QKeyCombination

    from app.session.tools import Tool, Tools
    from app.shell.main_window import MainWindow

HOLD_MS = 250
"""A key that is down for longer was held, and not tapped."""

REPEAT_MS = 40
"""A key that is down again so soon was never up.

X11 reports a held key as released and pressed again and again, and Qt cannot always tell that
from real presses: only when the press is there already when it looks at the release.
"""

PARTNERS: dict[Tool, Tool] = {"polygon": "lasso", "ellipse": "rectangle", "outline": "wand"}
"""The tool to which a second press of a tool's key goes on: keys with Shift go round a group."""


@dataclass(frozen=True, slots=True)
class _Loan:
    """A tool for as long as `key` is down, instead of `before`."""

    key: Qt.Key
    tool: Tool
    before: Tool
    since_ms: float


class ToolKeys(QObject):
    """Answers the actions of the tools, and ticks the current one in the menu.

    How long a key was down is told by the events' own times: they may be handled much later.
    """

    def __init__(
        self,
        window: MainWindow,
        tools: Tools,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._actions = window.actions_table
        self._tools = tools
        self._pressed_ms = 0.0
        self._released_ms: float | None = None  # of the loan's key, if it may be up
        self._loan: _Loan | None = None
        self._ending = QTimer(self, singleShot=True, interval=REPEAT_MS)
        self._ending.timeout.connect(self._give_back)
        for tool in TOOLS:
            self._actions.on(tool, partial(self._choose, tool))
        window.installEventFilter(self)
        window.key_released.connect(self._release)
        window.left.connect(self._give_back)
        tools.tool_changed.connect(self._tick)
        self._tick()

    @property
    def is_lending(self) -> bool:
        """Whether a key is down that may have to give its tool back."""
        return self._loan is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # An action is not told when its key was pressed, but each press is first offered around.
        # With every move of a hand other events come by here: their class is asked for fastest.
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            self._pressed_ms = event.timestamp()
        return False

    def _choose(self, tool: Tool) -> None:
        key = self._actions[tool].pressed
        if key is None:
            self._tools.choose(tool)
        elif _is_single(key):
            self._lend(tool, key.key())
        elif tool == self._tools.tool:
            self._tools.choose(PARTNERS.get(tool, tool))
        else:
            self._tools.choose(tool)

    def _lend(self, tool: Tool, key: Qt.Key) -> None:
        pressed = self._pressed_ms
        if self._loan is not None and self._loan.key == key and self._is_repeated(pressed):
            self._ending.stop()
            self._released_ms = None
            return
        self._give_back(pressed)
        self._loan = _Loan(key, tool, self._tools.tool, pressed)
        self._tools.choose(tool)

    def _is_repeated(self, pressed_ms: float) -> bool:
        """Whether the key that is down now was never up."""
        return self._released_ms is not None and pressed_ms - self._released_ms < REPEAT_MS

    def _release(self, key: int, at_ms: float) -> None:
        if self._loan is not None and self._loan.key == key:
            self._released_ms = at_ms
            self._ending.start()

    def _give_back(self, at_ms: float = inf) -> None:
        """End a loan, whose key is down at least until `at_ms` if it was not let go of.

        A short one was a tap, and a tool chosen since then stays.
        """
        self._ending.stop()
        loan, self._loan = self._loan, None
        end = at_ms if self._released_ms is None else self._released_ms
        self._released_ms = None
        if loan and end - loan.since_ms >= HOLD_MS and self._tools.tool == loan.tool:
            self._tools.choose(loan.before)

    def _tick(self) -> None:
        for tool in TOOLS:
            self._actions.mark(tool, tool == self._tools.tool)


def _is_single(key: QKeyCombination) -> bool:
    return key.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
