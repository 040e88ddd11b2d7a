"""The running program: it brings the window to life, and ends all that lives in it."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from app.failures import Failures
from app.furnishing import Furnishing
from app.model.errors import AppError
from app.session.tasks import Tasks
from app.shell.handed_over import HandedOver
from app.shell.messages import message_for
from app.shell.reporting import Reporting
from app.state import make_state
from app.storage.logs import Logs
from app.warming import import_equipment, import_seldom_seen, make_ready

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.look.theme import Theme
    from app.session.preferences import Preferences
    from app.shell.main_window import MainWindow
    from app.shell.opening import Opening
    from app.shell.recovery.offering import Offering
    from app.shell.reminding import Reminding
    from app.shell.resuming import Resuming
    from app.storage.folders import Folders
    from app.storage.instance import Instance
    from app.storage.pictures.early import EarlyReading

_END_S = 2.0
"""How long the program's end may take."""

_SAVING_S = 20.0
"""How much longer while a file is being saved, which was asked for: a disk may be slow, or gone.
All of it is kept elsewhere too."""

_LEAST_S = 0.2


class _Starting(NamedTuple):
    """What has something to do as soon as the window is there."""

    opening: Opening
    resuming: Resuming
    offering: Offering
    reminding: Reminding
    equip: Callable[[], None]


class Program:
    """The parts of the running program, which it holds on to, and its end."""

    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        preferences: Preferences,
        folders: Folders,
        early: EarlyReading | None = None,
        failures: Failures | None = None,
    ) -> None:
        self._window = window
        self._theme = theme
        self._failures = failures or Failures(Logs(folders.log))
        self._tasks = Tasks(self._failures.report)
        self._reporting = Reporting(window, theme, self._report, self._tasks.spawn, window)
        self._quit = asyncio.Event()
        self._state = make_state(window, preferences, folders, self._tasks, early)

    async def run(
        self,
        file: Path | None,
        notice: AppError | None,
        ready: Callable[[], None],
        instance: Instance | None = None,
    ) -> int:
        """Fill the window, live until it is closed, and leave nothing behind.

        `notice` is told at once: something that went wrong before anyone could see it. Files that
        other programs leave to `instance` are opened.
        """
        loop = asyncio.get_running_loop()
        with self._failures.watched_window(loop, self._reporting.tell, self._quit.set):
            self._obey_signals(loop)
            await self._live(file, notice, ready, instance)
        self._window.close_now()
        return 0

    async def _live(
        self,
        file: Path | None,
        notice: AppError | None,
        ready: Callable[[], None],
        instance: Instance | None,
    ) -> None:
        self._state.work.failed.connect(self._tell_failure)
        try:
            parts = self._furnish()
            for trouble in (notice, self._state.misnamed):
                if trouble is not None:
                    self._tell(trouble)
            if file is not None:
                parts.opening.open(file)
            ready()
            if instance is not None and instance.inbox.is_dir():
                HandedOver(self._window, instance, parts.opening.open)
            self._tasks.spawn(self._warm_up(parts))
            await self._quit.wait()
        finally:
            await self._end()

    async def _end(self) -> None:
        """Have all on disk first; what then still talks to others is not waited for for long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_SAVING_S):
                await self._state.saving.finish()
        state, end = self._state, time.monotonic() + _END_S
        self._window.setEnabled(False)  # what is painted from here on would not be kept
        state.work.drop()
        state.autosave.close()
        state.keeping.keep_all()
        state.work.close()
        await self._tasks.aclose(_left(end))
        with suppress(TimeoutError):
            async with asyncio.timeout(_left(end)):
                await state.parts.aclose()

    def _furnish(self) -> _Starting:
        """Fill the window with all that works on the state."""
        furnishing = Furnishing(self._window, self._theme, self._state)
        furnishing.fill_panel()
        viewing = furnishing.show_jobs()
        opening = furnishing.offer_pictures()
        equip = furnishing.offer_equipment(viewing, opening)
        reminding = furnishing.offer_dialogs(opening)
        furnishing.offer_end(self._quit.set, self._failures.logs.expect_end)
        resuming, offering = furnishing.offer_resuming(), furnishing.offer_recovery()
        return _Starting(opening, resuming, offering, reminding, equip)

    async def _warm_up(self, parts: _Starting) -> None:
        """Make ready what the first stroke and the first job would else wait for."""
        await import_equipment()
        parts.equip()
        opening = parts.opening
        if opening.is_reading:  # Python, and a processor, should be left to that
            is_over = asyncio.Event()
            opening.ended.connect(is_over.set)
            await is_over.wait()
        try:
            await make_ready(self._state.parts, self._state.services.current)
        except AppError as error:
            self._tell(error)
        else:
            await parts.resuming.resume()
        await parts.offering.offer()
        if self._failures.logs.has_found_crash:
            self._reporting.tell_ended()
        await import_seldom_seen()
        parts.resuming.watch_network()
        await parts.reminding.remind()

    def _obey_signals(self, loop: asyncio.AbstractEventLoop) -> None:
        """Let a terminal's Ctrl+C, and the end of a session, close the window in good order."""
        if sys.platform != "win32":
            for name in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(name, self._quit.set)

    async def _report(self) -> str:
        # What it asks for takes long to import, and few ever want it.
        from app.report import report

        return await report(self._state.preferences.value, self._failures.logs)

    def _tell_failure(self, error: Exception) -> None:
        if isinstance(error, AppError):
            self._tell(error)
        else:
            self._failures.report(error)

    def _tell(self, error: AppError) -> None:
        self._window.stage.notice.tell(message_for(error))


def _left(end: float) -> float:
    return max(_LEAST_S, end - time.monotonic())
