"""A window that lists kept masks, with what can be done with one and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListView, QVBoxLayout

from app.look.buttons import IconButton, PlainButton
from app.look.scroll import ThinScroll
from app.look.text import Label
from app.shell.form import Note, side_by_side
from app.shell.kept.delegate import PicturedDelegate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QLayout, QWidget

    from app.look.buttons import Button
    from app.look.theme import Theme
    from app.shell.kept.rows import Look, Row, Rows

T = TypeVar("T")


class KeptDialog(QDialog, Generic[T]):
    """The list, deleting and what was done; a window of its own adds its acts to these."""

    delete_wanted = Signal(object)

    def __init__(self, theme: Theme, name: str, rows: Rows[T], parent: QWidget) -> None:
        """The parts are named after it: `name`_list, `name`_delete, `name`_note, `name`_undo."""
        super().__init__(parent)
        self._prefix = name
        self._take_back: Callable[[], object] | None = None
        self._rows = rows
        self._list = _make_list(theme, f"{name}_list")
        self._list.setModel(rows)
        self._list.setItemDelegate(PicturedDelegate(theme, self._list))
        self._empty = Label(theme, "", "hint")
        self._delete = IconButton(theme, "trash", self.tr("Delete"), self.tr("Del"))
        self._note = Note(theme, f"{name}_note")
        self._undo = PlainButton(theme, self.tr("Undo"))
        self._undo.hide()

    @property
    def current(self) -> Row[T] | None:
        """The row that is selected."""
        return self._rows.row(self._list.currentIndex())

    @property
    def unseen(self) -> Sequence[T]:
        """What is listed and nobody looked at yet."""
        return self._rows.unseen()

    def show_kept(self, kept: Sequence[T], selected: T | None = None) -> None:
        """List these and select `selected`, or what was selected, or what took its place."""
        row, before = self.current, self._list.currentIndex().row()
        wanted = selected or (row.kept if row else None)
        self._rows.show_kept(kept)
        self._empty.setVisible(not kept)
        at = None if wanted is None else self._rows.row_of(wanted)
        if at is None:
            at = min(max(before, 0), len(kept) - 1)
        self._list.setCurrentIndex(self._rows.index(at))
        self._switch()

    def show_look(self, kept: T, look: Look | None) -> None:
        """Show how one looks, or that it cannot be read."""
        self._rows.show_look(kept, look)
        self._switch()

    def tell(self, text: str, token: str = "sub", undo: Callable[[], object] | None = None) -> None:
        """Say what was done, and perhaps offer to take it back."""
        self._note.tell(text, token)
        self._take_back = undo
        self._undo.setVisible(undo is not None)

    def _arrange(
        self, head: QLayout, uses: Sequence[QWidget], cares: Sequence[QWidget] = ()
    ) -> None:
        """Lay out from top to bottom: `head`, the list, the acts, what was done."""
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._list, 1)
        middle = QVBoxLayout(self._list.viewport())
        middle.addWidget(self._empty, 0, Qt.AlignmentFlag.AlignCenter)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for button in uses:
            acts.addWidget(button)
        acts.addStretch(1)
        for button in (*cares, self._delete):
            acts.addWidget(button)
        column.addLayout(acts)
        column.addLayout(side_by_side(self._note, self._undo))

    def _link(self, use: Button, acts: Mapping[str, tuple[Button, Callable[[], object]]]) -> None:
        """Let the buttons act, and `use` also answer to what opens a row."""
        delete = (self._delete, lambda: self._ask(self.delete_wanted))
        undo = (self._undo, self._do_take_back)
        for name, (button, act) in {**acts, "delete": delete, "undo": undo}.items():
            button.setObjectName(f"{self._prefix}_{name}")
            button.setAutoDefault(False)
            button.clicked.connect(act)
        self._list.doubleClicked.connect(use.click)
        self._list.selectionModel().currentChanged.connect(self._switch)
        for key, button in (
            (Qt.Key.Key_Delete, self._delete),
            (Qt.Key.Key_Return, use),
            (Qt.Key.Key_Enter, use),
        ):
            shortcut = QShortcut(QKeySequence(key), self._list, button.click)
            # Elsewhere in the window these keys are another's, such as a name's.
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)

    def _ask(self, wanted: SignalInstance) -> None:
        """Ask for what is wanted of the row that is selected."""
        row = self.current
        if row is not None:
            wanted.emit(row.kept)

    def _do_take_back(self) -> None:
        take_back = self._take_back
        self.tell("")
        if take_back is not None:
            take_back()

    def _switch(self) -> None:
        """Let only be pressed what makes sense for the row that is selected."""
        raise NotImplementedError


def _make_list(theme: Theme, name: str) -> QListView:
    view = QListView()
    view.setObjectName(name)
    view.setFrameShape(QListView.Shape.NoFrame)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setMouseTracking(True)
    view.setUniformItemSizes(True)
    ThinScroll(theme, view)
    return view
