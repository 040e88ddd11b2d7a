"""A filled side panel in a window of its own, and the hands to use it with."""

from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.contract.kinds import ModelType
from app.contract.parameters import Parameters
from app.contract.responses import Model
from app.look.theme import Theme
from app.model.errors import AppError
from app.model.model_list import ModelList
from app.panels.parameters.rows import Row
from app.panels.parameters.side_panel import WIDTH, SidePanel
from app.session.catalogue import Catalogue
from app.session.parameters import ParameterState

Found = TypeVar("Found", bound=QWidget)


@dataclass(slots=True)
class Shop:
    """A service's lists, which arrive when the test says so."""

    lists: dict[tuple[ModelType, bool], Sequence[Model]] = field(default_factory=dict)
    old: dict[tuple[ModelType, bool], Sequence[Model]] = field(default_factory=dict)
    yesterday: datetime | None = None
    listed: datetime | None = None
    trouble: AppError | None = None
    waiting: list[Coroutine[Any, Any, None]] = field(default_factory=list)
    asked: list[tuple[ModelType, bool]] = field(default_factory=list)

    async def load(self, kind: ModelType, sdxl: bool) -> ModelList:
        self.asked.append((kind, sdxl))
        if self.trouble:
            raise self.trouble
        return ModelList(tuple(self.lists.get((kind, sdxl), ())), self.listed)

    async def cached(self, kind: ModelType, sdxl: bool) -> ModelList:
        return ModelList(tuple(self.old.get((kind, sdxl), ())), self.yesterday)

    def deliver(self) -> None:
        """Run what was asked; nothing in it really waits."""
        while self.waiting:
            with pytest.raises(StopIteration):
                self.waiting.pop(0).send(None)


@dataclass(frozen=True, slots=True)
class Hands:
    """The panel and everything around it, with what an artist does to it."""

    panel: SidePanel
    state: ParameterState
    shop: Shop
    catalogue: Catalogue
    theme: Theme
    qtbot: QtBot

    @property
    def value(self) -> Parameters:
        return self.state.value

    def find(self, kind: type[Found], name: str) -> Found:
        """The one widget of that name."""
        found = self.panel.findChildren(kind, name)
        assert len(found) == 1, f"{len(found)} × {name}"
        return found[0]

    def row(self, name: str) -> Row:
        assert self.panel.form is not None
        return self.panel.form.rows[name]

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(QWidget, name), Qt.MouseButton.LeftButton)

    def type_over(self, name: str, text: str) -> QWidget:
        """Go into the field, replace what is there, stay."""
        editor = self.find(QWidget, name)
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        self.qtbot.waitUntil(lambda: self.has_focus(editor))
        self.qtbot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.keyClicks(editor, text)
        return editor

    def has_focus(self, editor: QWidget) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and (focus is editor or editor.isAncestorOf(focus))

    def leave(self, editor: QWidget) -> None:
        self.qtbot.keyClick(editor, Qt.Key.Key_Tab)
        self.qtbot.waitUntil(lambda: not self.has_focus(editor))

    def wheel(self, widget: QWidget) -> None:
        """Turn the wheel one notch over `widget`, away from the artist."""
        window = self.panel.windowHandle()
        at = widget.mapTo(self.panel, widget.rect().center())
        QTest.wheelEvent(window, at, QPoint(0, 120))


@pytest.fixture
def hands(qtbot: QtBot, theme: Theme) -> Iterator[Hands]:
    panel = SidePanel(theme)
    panel.resize(WIDTH, 700)
    panel.show()
    panel.activateWindow()
    shop = Shop()
    state = ParameterState()
    catalogue = Catalogue(shop.load, shop.cached, shop.waiting.append)
    panel.fill(state, catalogue)
    yield Hands(panel, state, shop, catalogue, theme, qtbot)
    for coroutine in shop.waiting:
        coroutine.close()
    panel.close()
    panel.deleteLater()
    # At once: the next test's theme would dress hundreds of dead widgets.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
