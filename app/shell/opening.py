"""Pictures and projects in: by dialog, by drop, from the clipboard, from the recent files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QImage

from app import resources
from app.contract.text import one_line
from app.model.errors import AppError
from app.model.picture import Picture
from app.shell.draft_view import DraftView
from app.shell.dropping import Dropping
from app.shell.files import ask, opening_dialog, recent_folder
from app.shell.incoming import dropped, pasted
from app.shell.messages import message_for
from app.shell.opened import change_of, is_grave
from app.shell.pixels import picture_of

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.model.draft import Draft, Watch
    from app.model.project import OpenedProject
    from app.session.open_project import OpenProject
    from app.session.preferences import Preferences
    from app.session.tasks import Beside, Running, Spawn
    from app.shell.incoming import Found
    from app.shell.main_window import MainWindow
    from app.shell.messages import Message

Load = Callable[["Path | bytes", "Watch"], Awaitable["Picture | OpenedProject"]]
"""Reads a file beside the window, and stops when it is cancelled; the watch is told in whatever
thread does it."""


class Opening(QObject):
    """Loads beside the window; what is open stays until the new picture is there, or for good.

    When several are asked for in a row, only the last one is opened: the reading of what is not
    wanted any more ends at once. Large ones are seen while they are read.
    """

    draft_shown = Signal(bool)
    """Whether another picture than the open one is to be seen."""
    ended = Signal()
    """What was asked for is open, or will not come."""
    _drafted = Signal(object, object)
    """A path, and what can be seen of its picture."""

    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        opened: OpenProject,
        preferences: Preferences,
        load: Load,
        beside: Beside,
        spawn: Spawn,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._opened = opened
        self._preferences = preferences
        self._load = load
        self._beside = beside
        self._spawn = spawn
        self._wanted: Path | None = None
        self._told: list[Message] = []
        self._reading: Running | None = None
        self._draft = DraftView(theme, window.stage)
        self._draft.shown_changed.connect(self.draft_shown)
        self._drafted.connect(self._show_draft)
        window.actions_table.on("open", self.choose)
        window.actions_table.on("paste", self.paste)
        window.stage.empty.sample_wanted.connect(self.open_sample)
        self.dropping = Dropping(window, self)
        self.dropping.dropped.connect(self.take)
        window.recent.chosen.connect(lambda path: self.open(Path(path)))
        preferences.changed.connect(self._show_recent)
        self._show_recent()

    @property
    def is_reading(self) -> bool:
        """Whether a file is on its way."""
        return self._wanted is not None

    def choose(self) -> None:
        """Ask for a file."""
        place = recent_folder(self._preferences)
        dialog = opening_dialog(self._window, self.tr("Open"), place, projects=True)
        ask(dialog, "open_dialog", self.open)

    def open(self, path: Path) -> None:
        """Open the file at `path` and remember it."""
        self._begin(self._open(path, remember=True), path)

    def open_sample(self) -> None:
        """Open the picture that comes with the program."""
        path = resources.path("sample", "lake.jpg")
        self._begin(self._open(path, remember=False), path)

    def paste(self) -> None:
        """Open what the clipboard holds."""
        self._take(pasted(self._window.status))

    def take(self, data: QMimeData) -> None:
        """Open what was dropped."""
        self._take(dropped(data, self._window.status))

    def _take(self, found: Found | None) -> None:
        if isinstance(found, Path):
            self.open(found)
        elif found is not None:
            self._begin(self._open_pixels(found), None)

    def _begin(self, opening: Coroutine[Any, Any, None], path: Path | None) -> None:
        """Open something else than what is being read."""
        if self._reading is not None:
            self._reading.cancel()
        self._wanted = path
        self._reading = self._spawn(opening)

    async def _open_pixels(self, found: bytes | QImage) -> None:
        name = self.tr("Pasted picture")
        try:
            if isinstance(found, QImage):
                picture = await self._beside(picture_of, found, name)
            else:
                read = await self._load(found, lambda draft: None)
                assert isinstance(read, Picture)
                picture = replace(read, name=name)
        except AppError as error:
            self._tell(error)
        else:
            self._show(picture)

    async def _open(self, path: Path, *, remember: bool) -> None:
        told = self.tr("Opening {name}…").format(name=one_line(path.name))
        self._window.status.show_message(told)

        def watch(draft: Draft) -> None:
            self._drafted.emit(path, draft)

        try:
            found = await self._load(path, watch)
        except AppError as error:
            self._tell(error)
            return
        self._withdraw_told()
        self._show(found)
        if remember:
            self._preferences.add_recent(str(path))
        self._tell_changes(found)

    def _tell(self, error: AppError) -> None:
        self._wanted = None
        self._end()
        told = message_for(error)
        self._told.append(told)
        self._window.stage.notice.tell(told, action=(self.tr("Open…"), self.choose))

    def _withdraw_told(self) -> None:
        """Another picture is there: what was told of those before is true no more."""
        notice = self._window.stage.notice
        for told in self._told:
            notice.withdraw(told)
        notice.make_way()
        self._told.clear()

    def _show(self, found: Picture | OpenedProject) -> None:
        self._wanted = None
        try:
            self._opened.open(found)
        finally:
            self._end()

    def _end(self) -> None:
        self._window.status.show_message("")
        self._draft.end()
        self.ended.emit()

    def _show_draft(self, path: Path, draft: Draft) -> None:
        if path != self._wanted:
            return
        self._draft.show_draft(draft)
        told = self.tr("Opening {name}, {width} × {height}…")
        width, height = draft.size
        told = told.format(name=one_line(path.name), width=width, height=height)
        self._window.status.show_message(told)

    def _tell_changes(self, found: Picture | OpenedProject) -> None:
        """Say what is not as in the file; a mask may be offered already where that is told."""
        told = change_of(found)
        if told is None:
            return
        if self._window.stage.notice.isVisible():
            self._window.status.show_message(told.text)
        else:
            self._told.append(told)
            self._window.stage.notice.tell(told, "warn" if is_grave(found) else "info")

    def _show_recent(self) -> None:
        self._window.recent.show_files(self._preferences.value.recent_files)
