"""LoRAs and embeddings: a short list that one adds to and takes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.contract.fields import Field, fields_of
from app.look.buttons import PlainButton
from app.look.lines import column_in
from app.look.text import Label
from app.panels.parameters.addon import Addon
from app.panels.parameters.rows import GUTTER, HEIGHT, Row
from app.panels.parameters.wording import add_words, list_words

if TYPE_CHECKING:
    from app.contract.kinds import ModelType
    from app.look.theme import Theme
    from app.session.catalogue import Catalogue

NEW_WEIGHT = 0.7
"""Of an add-on that was just added: strong enough to show, with room both ways."""


class AddonList(Row):
    """As many entries as the contract allows; one without a name is a draft."""

    has_dot = False

    def __init__(
        self,
        theme: Theme,
        field: Field,
        kind: ModelType,
        catalogue: Catalogue,
        parent: QWidget | None = None,
    ) -> None:
        assert field.item is not None, f"{field.name} is no list"
        self.kind = kind
        self._item = field.item
        self._catalogue = catalogue
        self._items: tuple[Any, ...] = ()
        self._addons: list[Addon] = []
        self._sdxl = False
        super().__init__(theme, field, parent)
        catalogue.changed.connect(self.show_list)

    def build(self) -> None:
        self.counter = Label(self.theme, "", "hint", 12)
        self.counter.setObjectName(f"{self.field.name}_counter")
        head = QHBoxLayout()
        head.addWidget(self.label, 1)
        head.addWidget(self.counter)
        self.list = QWidget(self)
        self.name_editor(self.list)
        self._column = column_in(self.list, spacing=4)
        words, self._full_words = add_words(self.kind)
        self.add = PlainButton(self.theme, words, "plus")
        self.add.setFlat(True)
        self.add.padding = 4
        self.add.setObjectName(f"{self.field.name}_add")
        self.add.setAccessibleName(words)
        self.add.clicked.connect(self._add)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        self.label.setMaximumWidth(10_000)
        self.grid.setContentsMargins(GUTTER, 0, GUTTER, 0)
        self.grid.addLayout(head, 0, 2)
        self.grid.setRowMinimumHeight(0, HEIGHT)
        self.grid.addWidget(self.list, 1, 2)
        self.grid.addLayout(foot, 3, 2)
        self.grid.setRowMinimumHeight(3, HEIGHT)

    def editors(self) -> list[QWidget]:
        return [self.list, self.add]

    def set_sdxl(self, sdxl: bool) -> None:
        """Offer what fits an SDXL checkpoint, or what fits the others."""
        if sdxl != self._sdxl:
            self._sdxl = sdxl
            self.show_list(self.kind.value)

    def show_value(self, value: object) -> None:
        items = value if isinstance(value, tuple) else ()
        self._items = items
        while len(self._addons) > len(items):
            self._drop(self._addons.pop())
        while len(self._addons) < len(items):
            self._addons.append(self._new_addon(len(self._addons)))
        for addon, item in zip(self._addons, items, strict=True):
            addon.show_item(item)
        self._count(len(items))

    def set_strong(self, strong: bool) -> None:
        """Each entry says what it is; nothing is bold here."""

    def show_list(self, kind: str) -> None:
        """Show what the catalogue has; `kind` says which list is another."""
        if kind == self.kind.value:
            models = self._catalogue.models(self.kind, self._sdxl)
            for addon in self._addons:
                addon.picker.offer(models)
            self.show_message(*list_words(self._catalogue, self.kind, self._sdxl))

    def _count(self, count: int) -> None:
        limit = self.field.max_length
        full = limit is not None and count >= limit
        self.counter.setText(f"{count} / {limit}")
        self.add.setEnabled(not full)
        words = self._full_words.format(limit=limit) if full else ""
        self.add.setToolTip(words)
        self.add.setAccessibleDescription(words)

    def _new_addon(self, index: int) -> Addon:
        addon = Addon(self.theme, self.field, index)
        addon.picker.offer(self._catalogue.models(self.kind, self._sdxl))
        addon.changed.connect(self._change)
        addon.removed.connect(self._remove)
        addon.picker.opening.connect(self._load_once)
        self._column.addWidget(addon)
        return addon

    def _drop(self, addon: Addon) -> None:
        self._column.removeWidget(addon)
        addon.hide()
        addon.deleteLater()

    def _load_once(self) -> None:
        if not self._catalogue.is_fresh(self.kind, self._sdxl):
            self._catalogue.refresh(self.kind, self._sdxl)

    def _add(self) -> None:
        values: dict[str, Any] = {
            name: NEW_WEIGHT if field.kind == "real" else ""
            for name, field in fields_of(self._item).items()
        }
        self._load_once()
        self.ask((*self._items, self._item.made(**values)))
        self._addons[-1].picker.setFocus()

    def _change(self, index: int, name: str, value: object) -> None:
        items = list(self._items)
        items[index] = items[index].edited(**{name: value})
        self.ask(tuple(items))

    def _remove(self, index: int) -> None:
        self.ask((*self._items[:index], *self._items[index + 1 :]))
