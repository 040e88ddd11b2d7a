"""The row of results itself: what the artist does with it, and what it then shows."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from app.look.theme import Theme
from app.panels.results import metrics
from app.panels.results.cards import Cards
from app.panels.results.delegate import ItemDelegate
from app.panels.results.failure import Word
from app.panels.results.items import CARD, Item
from app.panels.results.menu import has_choice, open_menu
from app.panels.results.model import ResultsModel
from app.panels.results.motion import Motion
from app.panels.results.places import Spot
from app.panels.results.sideways import SidewaysList
from app.panels.results.words import job_summary
from app.session.queue import Entry, JobQueue
from app.session.viewing import Viewing

_CLAIMED = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Space,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Delete,
    }
)
"""Keys that mean something else here than in the rest of the window; Delete means nothing."""

_STANDING = frozenset({"waiting", "queued"})
"""Steps during which nothing is done for a job yet: its bar is empty."""


class Shelf(SidewaysList):
    """The items of a `JobQueue`; only those in view are drawn."""

    save_requested = Signal(object)
    reveal_requested = Signal(object)
    copy_requested = Signal(object)
    use_requested = Signal(object)
    remedy_wanted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        queue: JobQueue,
        viewing: Viewing,
        word: Word,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self.setObjectName("results_list")
        self.setAccessibleName(self.tr("Results"))
        self._theme = theme
        self._queue = queue
        self._viewing = viewing
        self._pressed: Spot | None = None
        self.motion = Motion(self)
        self._results = ResultsModel(queue, self)
        self._delegate = ItemDelegate(theme, self._results, viewing, self.motion, self)
        self.setItemDelegate(self._delegate)
        self.setModel(self._results)
        self._cards = Cards(theme, queue, self._results, word, self)
        self._cards.remedy_wanted.connect(self.remedy_wanted)
        self._listen()
        self._follow_queue()

    @property
    def items(self) -> Sequence[Item]:
        return self._results.items

    def content_rect(self, row: int) -> QRect:
        """Where the thumbnail or card of a row is, in the viewport."""
        return self._delegate.content_rect(row, self.visualRect(self._results.index(row)))

    def summary(self) -> str:
        """The job of the selected result in a line; empty without a selection."""
        selected = self._viewing.selected
        return "" if selected is None else job_summary(self._queue.entry(selected.job_id))

    def text_of(self, row: int) -> str:
        """What a screen reader says of a row."""
        return str(self._results.index(row).data(Qt.ItemDataRole.AccessibleTextRole))

    def cancel(self, job_id: str) -> None:
        """Stop a job that runs."""
        self._queue.cancel(job_id)

    def set_aside(self, job_id: str) -> None:
        """Watch a job no longer; its service goes on with it."""
        self._queue.set_aside(job_id)

    def go_to_card(self, job_id: str) -> None:
        """Bring the card of a job into view, with the keyboard on its first button."""
        row = self._results.row_of(job_id, CARD)
        card = None if row is None else self._cards.at(self._results.index(row))
        if card is not None:
            card.take_keys()

    def newest_value(self) -> int:
        """The end, or as far as the first item of the newest job, which tells its state."""
        end = super().newest_value()
        if not self.items:
            return end
        newest = self.items[-1].job_id
        first = next(row for row, item in enumerate(self.items) if item.job_id == newest)
        left = self.visualRect(self._results.index(first)).left() + self.horizontalOffset()
        return min(end, left)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if event.key() in _CLAIMED and not modifiers:
                event.accept()
                return True
        return super().event(event)

    def rowsAboutToBeRemoved(
        self, parent: QModelIndex | QPersistentModelIndex, first: int, last: int
    ) -> None:
        """Keep the keyboard when the card goes that has it: else it would be in the prompt."""
        cards = (self._cards.at(self._results.index(row)) for row in range(first, last + 1))
        if any(card is not None and card.has_keys() for card in cards):
            self.setFocus()
        super().rowsAboutToBeRemoved(parent, first, last)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        result = self.items[index.row()].result if index.isValid() else None
        match event.key():
            case Qt.Key.Key_Space if result is not None:
                self._viewing.toggle(result)
            case Qt.Key.Key_Space:
                self._viewing.back()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if result is not None:
                self.use_requested.emit(result)
            case Qt.Key.Key_Delete:
                pass
            case _:
                super().keyPressEvent(event)
                self._keep_showing()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = event.button() is Qt.MouseButton.LeftButton
        self._pressed = self._spot(event) if left else None
        if self._pressed is None:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._spot(event) is None:
            super().mouseDoubleClickEvent(event)
        else:
            self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            super().mouseMoveEvent(event)
            self._set_hot(self._spot(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            super().mouseReleaseEvent(event)
        elif self._spot(event) == pressed:
            self._act(pressed, event.globalPosition().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_hot(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if at_mouse else self.currentIndex()
        if index.isValid():
            self._open_menu(index, event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.window().width() < metrics.NARROW_WINDOW
        width = metrics.NARROW_THUMBNAIL_WIDTH if narrow else metrics.THUMBNAIL_WIDTH
        if width != self._delegate.thumbnail_width:
            self._delegate.thumbnail_width = width
            self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.motion.set_visible(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.motion.set_visible(False)

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().currentChanged(current, previous)
        self._viewing.select(self.items[current.row()].result if current.isValid() else None)

    def _listen(self) -> None:
        self.clicked.connect(self._toggle)
        self.doubleClicked.connect(self._use)
        for changed in (self._queue.job_added, self._queue.job_changed, self._queue.job_removed):
            changed.connect(self._follow_queue)
        self._viewing.selected_changed.connect(self._follow_selected)
        self._viewing.shown_changed.connect(self.viewport().update)
        self._theme.changed.connect(self.viewport().update)
        self.motion.ticked.connect(self._update_leaders)
        self.motion.moved.connect(self._update_leaders)

    def _toggle(self, index: QModelIndex) -> None:
        if (result := self.items[index.row()].result) is not None:
            self._viewing.toggle(result)

    def _use(self, index: QModelIndex) -> None:
        if (result := self.items[index.row()].result) is not None:
            self.use_requested.emit(result)

    def _keep_showing(self) -> None:
        """While a result is shown, the arrow keys leaf through the results on the canvas."""
        selected = self._viewing.selected
        if self._viewing.shown is not None and selected is not None:
            self._viewing.show(selected)

    def _spot(self, event: QMouseEvent) -> Spot | None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        if not index.isValid():
            return None
        return self._delegate.spot_at(index.row(), self.visualRect(index), at)

    def _set_hot(self, spot: Spot | None) -> None:
        if spot != self._delegate.hot:
            self._delegate.hot = spot
            self.viewport().update()

    def _act(self, spot: Spot, at: QPoint) -> None:
        index = self._results.index(spot.row)
        if spot.part == "cancel" and not has_choice(self.items[spot.row].entry):
            self.cancel(self.items[spot.row].job_id)
        else:
            self._open_menu(index, at)

    def _open_menu(self, index: QModelIndex, at: QPoint) -> None:
        if (card := self._cards.at(index)) is not None:
            card.menu().popup(at)
        else:
            open_menu(self, self.items[index.row()], at)

    def _follow_selected(self) -> None:
        """Bring the keyboard to a result that was selected elsewhere."""
        if (selected := self._viewing.selected) is not None:
            row = self._results.row_of(selected.job_id, selected.index)
            if row is not None and row != self.currentIndex().row():
                self.setCurrentIndex(self._results.index(row))
        self.viewport().update()

    def _follow_queue(self) -> None:
        running = (entry for entry in self._queue.entries if entry.is_running)
        self.motion.follow({entry.id: _bar_value(entry) for entry in running})

    def _update_leaders(self) -> None:
        for index in self._results.leaders():
            self.update(index)


def _bar_value(entry: Entry) -> float | None:
    """How full a job's bar is; None where it does something and nobody knows how far it is."""
    return 0.0 if entry.progress.step in _STANDING else entry.progress.fraction
