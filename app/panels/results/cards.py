"""Gives every failed job its card in the view."""

from functools import partial

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Signal
from PySide6.QtWidgets import QListView

from app.look.theme import Theme
from app.panels.results.card import FailureCard
from app.panels.results.failure import Word, failure_of
from app.panels.results.items import Item
from app.panels.results.model import ResultsModel
from app.panels.results.places import lead_in
from app.panels.results.ways import Way
from app.session.queue import JobQueue


class Cards(QObject):
    """Cards are widgets, as buttons must be reachable by keyboard and screen reader."""

    remedy_wanted = Signal(str)
    """A `Way` that leads out of the strip: to the key, or to a folder for results."""

    def __init__(
        self, theme: Theme, queue: JobQueue, results: ResultsModel, word: Word, view: QListView
    ) -> None:
        super().__init__(view)
        self._theme = theme
        self._queue = queue
        self._results = results
        self._word = word
        self._view = view
        results.rowsInserted.connect(self.place)
        results.rowsRemoved.connect(self.place)
        results.dataChanged.connect(self._follow)
        self.place()

    def place(self) -> None:
        """Give new cards their widget; the first item's margin may have come or gone."""
        items = self._results.items
        for row, item in enumerate(items):
            if item.kind == "card":
                index = self._results.index(row)
                card = self.at(index) or self._make(index, item)
                card.set_lead(lead_in(items, row))

    def at(self, index: QModelIndex) -> FailureCard | None:
        """The card at `index`, if there is one."""
        card = self._view.indexWidget(index)
        return card if isinstance(card, FailureCard) else None

    def _follow(self, first: QModelIndex, last: QModelIndex) -> None:
        """More may be known about a job that failed."""
        for row in range(first.row(), last.row() + 1):
            card = self.at(self._results.index(row))
            if card is not None:
                failure = failure_of(self._results.items[row].entry, self._word)
                if failure != card.failure:
                    card.show_failure(failure)

    def _go(self, job_id: str, way: str) -> None:
        """Take a way out; what the queue cannot do is asked of the window."""
        match way:
            case Way.RETRY | Way.COLLECT:
                self._queue.retry(job_id)
            case Way.SEND_AGAIN:
                self._queue.send_again(job_id)
            case Way.BALANCE:
                self._queue.check_balance(job_id)
            case Way.REMOVE:
                self._queue.remove(job_id)
            case _:
                self.remedy_wanted.emit(way)

    def _make(self, index: QModelIndex, item: Item) -> FailureCard:
        card = FailureCard(self._theme, failure_of(item.entry, self._word), self._view)
        card.asked.connect(partial(self._go, item.job_id))
        card.task_id_given.connect(partial(self._queue.adopt_task_id, item.job_id))
        card.entered.connect(partial(self._view.scrollTo, QPersistentModelIndex(index)))
        self._view.setIndexWidget(index, card)
        return card
