"""A model's name: from the service's list, or typed."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal

from app.look.buttons import IconButton
from app.look.search import SearchCombo
from app.panels.parameters.rows import Row
from app.panels.parameters.wording import list_words, off_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from app.contract.fields import Field
    from app.contract.kinds import ModelType
    from app.contract.responses import Model
    from app.look.theme import Theme
    from app.session.catalogue import Catalogue


class ModelPicker(SearchCombo):
    """The editor itself: names to send, with the service's own words as tooltips.

    `picked` tells the name; `off` stands for the empty one.
    """

    picked = Signal(str)

    def __init__(self, theme: Theme, off: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._off = off
        self._models: Sequence[Model] | None = None
        self.line.setPlaceholderText(off)
        self.editTextChanged.connect(self._tell)
        self.pointed.connect(self._explain)

    def show_name(self, name: str) -> None:
        """Show `name` without telling."""
        if self._name() != name or not self.line.hasFocus():
            with QSignalBlocker(self), QSignalBlocker(self.line):
                self.setEditText(name or self._off)
                self.line.setCursorPosition(0)
            self.line.update()

    def offer(self, models: Sequence[Model]) -> None:
        """Fill the list, unless it holds just these; the shown name stays."""
        if models is self._models:
            return
        self._models = models
        text, at = self.line.text(), self.line.cursorPosition()
        with QSignalBlocker(self), QSignalBlocker(self.line):
            self.clear()
            if self._off:
                self.addItem(self._off, "")
            self.addItems([model.model_name for model in models])
            self.setCurrentIndex(-1)
            self.setEditText(text)
            self.line.setCursorPosition(at)
        self.show_late_list()

    def _explain(self, name: str) -> None:
        """Give a model its tooltip; thousands of them would take longer than filling the list."""
        models = self._models or ()
        row = self.findText(name, Qt.MatchFlag.MatchExactly)
        at = row - self.count() + len(models)  # what is off stands before them
        if at >= 0:
            self.setItemData(row, _words(models[at]), Qt.ItemDataRole.ToolTipRole)

    def _name(self) -> str:
        text = self.line.text().strip()
        return "" if text == self._off else text

    def _tell(self) -> None:
        self.picked.emit(self._name())


class ModelRow(Row):
    """A picker with a button that asks the service anew."""

    def __init__(
        self,
        theme: Theme,
        field: Field,
        kind: ModelType,
        catalogue: Catalogue,
        parent: QWidget | None = None,
    ) -> None:
        self.kind = kind
        self._catalogue = catalogue
        super().__init__(theme, field, parent)
        self.show_list(kind.value)

    def build(self) -> None:
        super().build()
        self.has_dot = bool(self.field.hint.off)
        self.picker = ModelPicker(self.theme, off_of(self.field))
        if not off_of(self.field):
            self.picker.line.setPlaceholderText(self.tr("Choose or type"))
        self.name_editor(self.picker)
        self.refresh = IconButton(self.theme, "refresh", self.tr("Load the list again"))
        self.refresh.setObjectName(f"{self.field.name}_refresh")
        self.content.setSpacing(4)
        self.content.addWidget(self.picker, 1)
        self.content.addWidget(self.refresh)
        self.picker.picked.connect(self.ask)
        self.picker.opening.connect(self._load_once)
        self.refresh.clicked.connect(self._load)
        self._catalogue.changed.connect(self.show_list)

    def editors(self) -> list[QWidget]:
        return [self.picker, self.refresh]

    def show_value(self, value: object) -> None:
        self.picker.show_name(str(value))

    def set_strong(self, strong: bool) -> None:
        self.picker.set_strong(strong)

    def show_list(self, kind: str) -> None:
        """Show what the catalogue has; `kind` says which list is another."""
        if kind == self.kind.value:
            self.picker.offer(self._catalogue.models(self.kind))
            self.refresh.setEnabled(not self._catalogue.is_loading(self.kind))
            text, icon, token = list_words(self._catalogue, self.kind)
            self.show_message(text, icon, token)

    def _load_once(self) -> None:
        if not self._catalogue.is_fresh(self.kind):
            self._load()

    def _load(self) -> None:
        self._catalogue.refresh(self.kind)


def _words(model: Model) -> str:
    """A tooltip of our own making: the service's words must not be taken for markup."""
    lines = filter(None, (model.name, model.base_model, model.description))
    return f"<qt>{'<br>'.join(map(escape, lines))}</qt>"
