"""A combo box that one may type into; its list narrows to what contains the words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from app.look.choices import Combo, choices_view
from app.look.theme import Theme


class SearchCombo(Combo):
    """Typing is free: what the list lacks can be entered too. `line` is the editor within.

    `opening` tells that the list is about to drop down.
    """

    opening = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.line = QLineEdit()
        self._completer = QCompleter()
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
        self._completer.setPopup(choices_view(theme))
        self.setCompleter(self._completer)
        # On the box and not on its line, which takes on the palette of the box when shown.
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(palette)

    def showPopup(self) -> None:
        self.opening.emit()
        super().showPopup()

    def set_strong(self, strong: bool) -> None:
        self.line.setFont(self.theme.font(13, 600 if strong else 400))
