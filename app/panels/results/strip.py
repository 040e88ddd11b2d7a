"""The results strip. Before the first paint it is a frame; the queue comes to it afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Signal, SignalInstance
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.look.lines import column_in
from app.panels.results import metrics
from app.panels.results.header import StripHeader
from app.panels.results.note import EmptyNote

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.panels.results.failure import Word
    from app.panels.results.items import StripItem
    from app.panels.results.shelf import Shelf
    from app.session.queue import JobQueue
    from app.session.viewing import Viewing


class ResultsStrip(QWidget):
    """Header and results below the canvas.

    `count`, `items`, `item_rect`, `cancel_rect` and `viewport` tell where things are, so that a
    test can use the mouse as an artist does; rectangles are in pixels of `viewport()`.
    """

    save_requested = Signal(object)
    reveal_requested = Signal(object)
    copy_requested = Signal(object)
    use_requested = Signal(object)
    remedy_requested = Signal(str)
    """What would help a failed job lies outside: a `Way` such as `key` or `folder`."""
    folded_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("results")
        self.setAccessibleName(self.tr("Results"))
        self._theme = theme
        self._shelf: Shelf | None = None
        self._viewing: Viewing | None = None
        self._is_folded = False
        self._header = StripHeader(theme, self)
        self._header.fold_requested.connect(lambda: self.set_folded(not self._is_folded))
        self._note = EmptyNote(theme, self)
        self._body = QWidget(self)
        self._stack = QStackedLayout(self._body)
        self._stack.addWidget(self._note)
        column = column_in(self, self._header, self._body)
        column.setStretchFactor(self._body, 1)
        self.setFixedHeight(metrics.HEADER + metrics.BODY)
        theme.changed.connect(self.update)

    def attach(self, queue: JobQueue, viewing: Viewing, word: Word) -> None:
        """Show the jobs of `queue` from now on; `word` puts their errors into words."""

        def begin() -> None:
            queue.job_added.disconnect(begin)
            self._show_jobs(queue, viewing, word)

        # Most starts have no job to show yet, and what shows them takes long to load.
        queue.job_added.connect(begin)
        if queue.entries:
            begin()

    @property
    def is_folded(self) -> bool:
        return self._is_folded

    def set_folded(self, folded: bool) -> None:
        """Fold the strip to its header, or unfold it."""
        if folded == self._is_folded:
            return
        self._is_folded = folded
        self._body.setVisible(not folded)
        self._header.show_folded(folded)
        self.setFixedHeight(metrics.HEADER + (0 if folded else metrics.BODY))
        self.folded_changed.emit(folded)

    def show_card(self, job_id: str) -> None:
        """Unfold, and bring the card of a failed job into view with the keyboard on it."""
        self.set_folded(False)
        if self._shelf is not None:
            self._shelf.go_to_card(job_id)

    def set_folder(self, folder: str) -> None:
        """Name the folder that results are saved in, for as long as there are none."""
        self._note.set_folder(folder)

    def count(self) -> int:
        """How many things are in the strip."""
        return 0 if self._shelf is None else len(self._shelf.items)

    def items(self) -> tuple[StripItem, ...]:
        """The things in the strip, from left to right."""
        if self._shelf is None:
            return ()
        from app.panels.results.items import StripItem  # which the shelf has brought

        return tuple(
            StripItem(item.kind, item.job_id, item.index, self._shelf.text_of(row))
            for row, item in enumerate(self._shelf.items)
        )

    def viewport(self) -> QWidget:
        """The widget that clicks on items go to."""
        assert self._shelf is not None
        return self._shelf.viewport()

    def item_rect(self, row: int) -> QRect:
        """Where thumbnail or card number `row` is; outside the viewport when scrolled away."""
        assert self._shelf is not None
        return self._shelf.content_rect(row)

    def cancel_rect(self, row: int) -> QRect:
        """Where the cancel cross of a job's first waiting place is."""
        content = self.item_rect(row)
        side = metrics.CANCEL
        return QRect(content.right() + 1 - side, content.top(), side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 0, self.width(), 1, self._theme.color("line"))

    def _show_jobs(self, queue: JobQueue, viewing: Viewing, word: Word) -> None:
        from app.panels.results.shelf import Shelf

        shelf = self._shelf = Shelf(self._theme, queue, viewing, word, self._body)
        self._viewing = viewing
        shelf.motion.set_reduced(self._theme.reduced_motion)
        self._stack.addWidget(shelf)
        shelf.save_requested.connect(self.save_requested)
        shelf.reveal_requested.connect(self.reveal_requested)
        shelf.copy_requested.connect(self.copy_requested)
        shelf.use_requested.connect(self.use_requested)
        shelf.remedy_wanted.connect(self.remedy_requested)
        header = self._header
        header.save_requested.connect(lambda: self._ask(self.save_requested))
        header.reveal_requested.connect(lambda: self._ask(self.reveal_requested))
        header.copy_requested.connect(lambda: self._ask(self.copy_requested))
        header.use_requested.connect(lambda: self._ask(self.use_requested))
        viewing.selected_changed.connect(self._show_selection)
        queue.job_removed.connect(viewing.forget)
        for changed in (queue.job_added, queue.job_changed, queue.job_removed):
            changed.connect(self._show_contents)
        self._show_contents()
        self._show_selection()

    def _ask(self, signal: SignalInstance) -> None:
        if self._viewing is not None and self._viewing.selected is not None:
            signal.emit(self._viewing.selected)

    def _show_contents(self) -> None:
        if self._shelf is not None:
            empty = self.count() == 0
            self._stack.setCurrentWidget(self._note if empty else self._shelf)
            self._header.show_actions(not empty)

    def _show_selection(self) -> None:
        if self._shelf is not None and self._viewing is not None:
            selected = self._viewing.selected is not None
            self._header.show_selection(self._shelf.summary(), is_selected=selected)
