"""A combo box that one may type into; its list narrows to what contains the words."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPalette
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from app.look.combo import Combo, choices_view
from app.look.theme import Theme


class SearchCombo(Combo):
    """Typing is free: what the list lacks can be entered too. `line` is the editor within.

    `opening` tells that the list is wanted: it is about to drop down, or typing began. When it
    comes late, `show_late_list` makes up for it.
    """

    opening = Signal()
    pointed = Signal(str)
    """The text in a list that the pointer came to."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.line = QLineEdit()
        self._completer = QCompleter()
        self._is_early = False  # asked to drop down when there was nothing to show
        self._is_searching = False  # something was typed since the box has the focus
        super().__init__(theme, parent)
        self.line.setFrame(False)
        self.line.setTextMargins(6, 0, 6, 0)
        self.line.setFont(theme.font())
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._completer.setParent(self)
        self._completer.setModel(self.model())
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setMaxVisibleItems(10)
        narrowed = choices_view(theme)
        self._completer.setPopup(narrowed)
        for view in (self.view(), narrowed):
            view.setMouseTracking(True)
            view.entered.connect(self._point)
        self.setCompleter(self._completer)
        self.line.textEdited.connect(self._begin_search)
        self.activated.connect(lambda: self.line.home(False))
        # On the box and not on its line, which takes on the palette of the box when shown.
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(palette)

    def showPopup(self) -> None:
        self._is_early = self.count() == 0
        self.opening.emit()
        super().showPopup()

    def show_late_list(self) -> None:
        """Show the list anew, or for the first time, if it is open or waited for."""
        if self.count() == 0:
            return
        if self.view().isVisible():
            self.hidePopup()
            super().showPopup()
        elif self.hasFocus() and self._is_early:
            super().showPopup()
        elif self.hasFocus() and self._is_searching:
            self._completer.setCompletionPrefix(self.line.text())
            self._completer.complete()
        self._is_early = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._is_early = self._is_searching = False

    def set_strong(self, strong: bool) -> None:
        self.line.setFont(self.theme.font(13, 600 if strong else 400))

    def _point(self, index: QModelIndex) -> None:
        self.pointed.emit(index.data())

    def _begin_search(self) -> None:
        if not self._is_searching:
            self._is_searching = True
            self.opening.emit()
