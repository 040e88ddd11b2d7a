"""Ties document, tools and canvas to the window's actions, bars and status line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.shell.actions import Fact
from app.shell.afterwards import afterwards
from app.shell.keys.brush import BrushKeys
from app.shell.keys.tools import ToolKeys
from app.shell.linking import link_by_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.session.document import Document
    from app.session.tools import Tools
    from app.session.work import MaskWork
    from app.shell.main_window import MainWindow


class Editing(QObject):
    """What the artist does to the open picture's mask, by menu, key and bar."""

    def __init__(
        self, window: MainWindow, document: Document, tools: Tools, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._document = document
        self._tools = tools
        window.rail.attach(tools)
        window.options.attach(tools)
        assert window.options.options is not None
        for name, button in window.options.options.moving.buttons.items():
            link_by_name(button, window.actions_table, name)
        ToolKeys(window, tools, parent=self)
        BrushKeys(window.actions_table, tools, parent=self)
        self._answer()
        self._follow()
        self._show_picture()

    def _answer(self) -> None:
        actions, document = self._window.actions_table, self._document
        actions.on("undo", document.undo)
        actions.on("redo", document.redo)

    def _follow(self) -> None:
        self._document.picture_changed.connect(self._show_picture)
        document, show_edit = self._document, afterwards(self._show_edit, self)
        edited = (document.mask_edited, document.undo_stack.indexChanged)
        for signal in (*edited, document.trial_begun, document.trial_ended):
            signal.connect(self._allow)
            signal.connect(show_edit)
        self._tools.tool_changed.connect(self._show_keys)
        self._tools.mode_changed.connect(self._show_keys)

    def _show_picture(self) -> None:
        picture = self._document.picture
        self._window.set_open(picture is not None)
        has_alpha = picture is not None and picture.alpha is not None
        self._window.actions_table.state(Fact.ALPHA, has_alpha)
        self._window.status.show_size(picture.size if picture else None)
        self._show_keys()
        self._show_edit()

    def _show_keys(self) -> None:
        tool = self._tools.tool if self._document.picture else None
        self._window.status.show_tool(tool, self._tools.erases)

    def _allow(self) -> None:
        """Let act what can act now, at once: a key that waits already would find it off."""
        for fact, is_true in self._facts():
            if is_true:
                self._window.actions_table.state(fact, True)

    def _show_edit(self) -> None:
        document, actions = self._document, self._window.actions_table
        undo, redo = self.tr("&Undo {step}"), self.tr("&Redo {step}")
        actions["undo"].setText(undo.format(step=document.undo_text).rstrip())
        actions["redo"].setText(redo.format(step=document.redo_text).rstrip())
        for fact, is_true in self._facts():
            actions.state(fact, is_true)

    def _facts(self) -> Iterator[tuple[Fact, bool]]:
        document = self._document
        yield Fact.UNDO, document.can_undo
        yield Fact.REDO, document.can_redo
        yield Fact.MASK, document.picture is not None and not document.mask_is_empty


def show_work(window: MainWindow, work: MaskWork) -> None:
    """Tell of changes that take their time in the status line, where they can be stopped."""
    busy = window.status.busy
    work.busy_changed.connect(busy.show_busy)
    work.progressed.connect(busy.show_progress)
    busy.cancelled.connect(work.drop)
