"""Ties the operations on the mask, and the history, to the window's actions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.model.errors import AppError
from app.model.operations.settings import Grow, Shrink
from app.session.operations import OPERATIONS
from app.shell.actions import Fact
from app.shell.messages import Message, message_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.look.theme import Theme
    from app.model.job import Result
    from app.model.operations.settings import Settings
    from app.panels.history_panel import HistoryPanel
    from app.session.document import Document
    from app.session.operations import Operations
    from app.session.queue import JobQueue
    from app.session.tasks import Spawn
    from app.session.viewing import Viewing
    from app.shell.main_window import MainWindow

AT_ONCE: Mapping[str, tuple[str, Settings]] = {
    "grow": ("grow_by", Grow(radius=1)),
    "grow_10": ("grow_by", Grow(radius=10)),
    "shrink": ("shrink_by", Shrink(radius=1)),
    "shrink_10": ("shrink_by", Shrink(radius=10)),
}
"""Actions that make an operation with settings of their own."""


class Operating(QObject):
    """What the artist does to the mask as a whole, by menu, key and button.

    Bar and history are made when they are first seen.
    """

    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        document: Document,
        operations: Operations,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._theme = theme
        self._document = document
        self._operations = operations
        self._history: HistoryPanel | None = None
        self._answer()
        operations.opened.connect(self._make_bar)
        operations.opened.connect(lambda _: window.status.show_trial(True))
        operations.closed.connect(lambda: window.status.show_trial(False))
        document.cleared.changed.connect(self._show_cleared)
        document.picture_changed.connect(self._show_history)

    def offer_results(self, queue: JobQueue, viewing: Viewing, spawn: Spawn) -> None:
        """Let the change that the selected or else the newest result made become the mask."""
        actions = self._window.actions_table

        def show_results() -> None:
            actions.state(Fact.RESULTS, queue.newest_result is not None)

        def open_change() -> None:
            result = viewing.shown or viewing.selected or queue.newest_result
            if result is not None:
                spawn(self._open_change(viewing, result))

        actions.on("from_change", open_change)
        queue.result_added.connect(show_results)
        queue.job_removed.connect(show_results)
        show_results()
        # A result is shown without the mask, and with it what is tried out.
        self._operations.opened.connect(viewing.back)

    def _answer(self) -> None:
        actions, document, operations = (
            self._window.actions_table, self._document, self._operations
        )  # fmt: skip
        edits = {
            "invert": document.invert,
            **dict.fromkeys(("fill", "select_all"), document.fill),
            **dict.fromkeys(("clear", "select_none"), document.clear),
            "reselect": document.cleared.reselect,
        }
        for action_id, edit in edits.items():
            actions.on(action_id, partial(operations.then, edit))
        for action_id, (name, settings) in AT_ONCE.items():
            actions.on(action_id, partial(operations.make, name, settings))
        for name in set(OPERATIONS) - {"from_change"}:
            actions.on(name, partial(operations.open, name))
        actions.on("history", self._toggle_history)
        actions.mark("history", False)

    async def _open_change(self, viewing: Viewing, result: Result) -> None:
        try:
            picture = await viewing.picture_of(result)
        except AppError as error:
            self._window.stage.notice.tell(message_for(error))
            return
        opened = self._document.picture
        if opened is None or picture.size != opened.size:
            words = Message(
                self.tr("This result has another size than the picture"),
                self.tr("Only pictures of one size can be compared."),
            )
            self._window.stage.notice.tell(words, "info")
        else:
            self._operations.open("from_change", picture)

    def _show_cleared(self, can_come_back: bool) -> None:
        self._window.actions_table.state(Fact.CLEARED, can_come_back)

    def _make_bar(self) -> None:
        from app.panels.operations.bar import OperationBar

        self._operations.opened.disconnect(self._make_bar)
        stage = self._window.stage
        OperationBar(self._theme, self._operations, stage, stage.take_keys)

    def _make_history(self) -> HistoryPanel:
        from app.panels.history_panel import HistoryPanel

        history = HistoryPanel(self._theme, self._document)
        history.close_wanted.connect(self._toggle_history)
        self._window.add_column(history)
        return history

    def _toggle_history(self) -> None:
        history = self._history = self._history or self._make_history()
        had_focus = history.isAncestorOf(self._window.focusWidget() or self._window)
        history.setVisible(history.isHidden())
        self._window.actions_table.mark("history", not history.isHidden())
        if had_focus:
            self._window.stage.take_keys()

    def _show_history(self) -> None:
        """Without a picture there is nothing to go back to."""
        is_shown = self._history is not None and not self._history.isHidden()
        if self._document.picture is None and is_shown:
            self._toggle_history()
