"""All that works behind the window, put together: who gets what."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.canvas.canvas import Canvas
from app.engine.abilities import IGNORED_FIELDS, REFUSED_FIELDS
from app.model.errors import AppError, InvalidInput, StorageError
from app.model.services import CUSTOM_ID
from app.parts import Parts
from app.session.catalogue import Catalogue
from app.session.display import Display
from app.session.document import Document
from app.session.operations import Operations
from app.session.parameters import ParameterState
from app.session.pen import Pen
from app.session.queue import JobQueue
from app.session.tasks import Tasks
from app.session.tools import Tools
from app.session.viewing import Viewing
from app.session.work import MaskWork
from app.shell.application import follow_pen
from app.shell.carrying import Carrying
from app.shell.dialogs import Dialogs
from app.shell.editing import Editing, show_work
from app.shell.generating import Generating
from app.shell.importing import Importing
from app.shell.keeping import (
    Keeping,
    follow_theme,
    follow_wheel,
    keep_display,
    keep_operations,
    keep_pen,
)
from app.shell.library.library import Library
from app.shell.masks_in_out import MasksInOut
from app.shell.messages import message_for, unexpected
from app.shell.naming import Naming
from app.shell.opening import Opening
from app.shell.operating import Operating
from app.shell.progress import JobProgress
from app.shell.results import ResultActions
from app.shell.services import Services
from app.shell.viewing import Looking
from app.storage.names import DEFAULT_TEMPLATE, PLACEHOLDERS, example

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.contract.kinds import ModelType
    from app.contract.responses import Model
    from app.look.theme import Theme
    from app.model.draft import Watch
    from app.model.picture import Picture, Plane
    from app.model.services import Service
    from app.session.preferences import Preferences
    from app.shell.main_window import MainWindow
    from app.storage.early import EarlyReading
    from app.storage.folders import Folders
    from app.storage.masks import MaskLibrary

_IDLE_S = 0.05

log = logging.getLogger(__name__)


class Program:
    """The parts of the running program, which it holds on to, and its end."""

    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        preferences: Preferences,
        folders: Folders,
        early: EarlyReading | None = None,
    ) -> None:
        self._window = window
        self._theme = theme
        self._preferences = preferences
        self._folders = folders
        self._early = early
        self._tasks = Tasks(self._report)
        self._parts = Parts(folders, results=self._results_folder, template=self._template)
        self._quit = asyncio.Event()
        self._document = Document(window)
        self._tools = Tools(window)
        self._work = MaskWork(self._document, window)
        self._pen = Pen(window)
        self._parameters = ParameterState(window)
        self._queue = JobQueue(self._parts.ports, self._tasks.spawn, window)
        self._keeping = Keeping(window, preferences, self._parameters, self._tools, window)
        self._misnamed = self._take_environment()
        self._services = Services(
            window.menu_row.service,
            preferences,
            self._parameters,
            self._parts.accounts,
            self._tasks.spawn,
            window,
        )
        self._catalogue = Catalogue(self._models, self._cached_models, self._tasks.spawn, window)

    async def run(
        self, file: Path | None, notice: AppError | None, ready: Callable[[], None]
    ) -> int:
        """Fill the window, live until it is closed, and leave nothing behind.

        `notice` is told at once: something that went wrong before anyone could see it.
        """
        before = sys.excepthook
        self._catch_failures()
        self._window.quit_requested.connect(self._quit.set)
        self._work.failed.connect(self._tell_failure)
        try:
            self._fill_panel()
            canvas = self._show_canvas()
            self._show_jobs(canvas)
            opening = self._offer_pictures()
            self._offer_masks(opening)
            self._offer_dialogs(opening)
            for trouble in (notice, self._misnamed):
                if trouble is not None:
                    self._tell(trouble)
            if file is not None:
                opening.open(file)
            ready()
            self._tasks.spawn(self._warm_up(opening))
            await self._quit.wait()
        finally:
            sys.excepthook = before
            self._keeping.keep_all()
            self._work.close()
            await self._tasks.aclose()
            await self._parts.aclose()
        self._window.close_now()
        return 0

    def _take_environment(self) -> InvalidInput | None:
        """Choose the service that the environment names, as the commands do."""
        if not self._parts.given_url:
            return None
        try:
            service = self._parts.service()
        except InvalidInput as error:
            return error
        if service.id == CUSTOM_ID:
            self._preferences.edit(custom_url=service.base_url)
        self._preferences.edit(service=service.id)
        return None

    def _fill_panel(self) -> None:
        self._window.panel.fill(self._parameters, self._catalogue, self._preferences.value.folded)
        self._services.changed.connect(self._follow_service)
        self._show_service(self._services.current)

    def _show_canvas(self) -> Canvas:
        display = Display(self._window)
        keep_display(self._preferences, display)
        canvas = Canvas(
            self._document, self._tools, self._theme, display, pen=self._pen, work=self._work
        )
        keep_pen(self._preferences, self._pen)
        follow_pen(self._pen)
        Looking(self._window, canvas, display, self._window)
        show_work(self._window, self._work)
        follow_wheel(self._preferences, canvas.wheel)
        Editing(self._window, self._document, self._tools, self._window)
        operations = Operations(self._document, self._work, self._window)
        keep_operations(self._preferences, operations)
        self._operating = Operating(
            self._window, self._theme, self._document, operations, self._window
        )
        return canvas

    def _show_jobs(self, canvas: Canvas) -> None:
        window, spawn = self._window, self._tasks.spawn
        viewing = Viewing(self._document, self._load, spawn, parent=window)
        viewing.shown_changed.connect(lambda: canvas.show_result(viewing.picture))
        canvas.result_dismissed.connect(viewing.back)
        self._operating.offer_results(self._queue, viewing, spawn)
        window.strip.attach(self._queue, viewing, message_for)
        window.strip.set_reduced_motion(self._theme.reduced_motion)
        acts = ResultActions(window, self._document, viewing, self._copy_file, spawn, window)
        window.strip.save_requested.connect(acts.save_as)
        window.strip.reveal_requested.connect(acts.reveal)
        window.strip.copy_requested.connect(acts.copy)
        window.strip.use_requested.connect(acts.use)
        self._queue.result_added.connect(lambda result: self._parameters.note_seed(result.seed))
        JobProgress(window.panel.dock, self._queue, window)
        self._show_folder()
        self._preferences.changed.connect(self._show_folder)

    def _offer_pictures(self) -> Opening:
        return Opening(
            self._window,
            self._theme,
            self._document,
            self._preferences,
            self._load,
            asyncio.to_thread,
            self._tasks.spawn,
            self._window,
        )

    def _offer_masks(self, opening: Opening) -> None:
        window, document = self._window, self._document
        importing = Importing(window, self._theme, document, self._work, self._preferences, window)
        MasksInOut(
            window,
            document,
            importing,
            opening.dropping,
            self._load,
            self._export_mask,
            asyncio.to_thread,
            self._tasks.spawn,
            window,
        )
        Carrying(window, document, self._work, window)
        Library(
            window,
            self._theme,
            document,
            self._work,
            self._mask_store,
            asyncio.to_thread,
            self._tasks.spawn,
            window,
        )

    def _offer_dialogs(self, opening: Opening) -> None:
        window = self._window
        naming = Naming(
            example=example,
            default_template=DEFAULT_TEMPLATE,
            placeholders=PLACEHOLDERS,
            default_folder=str(self._folders.results),
        )
        dialogs = Dialogs(
            window,
            self._theme,
            self._preferences,
            naming,
            self._parts.accounts,
            self._tasks.spawn,
            self._pen,
            window,
        )
        dialogs.keys_changed.connect(self._services.refresh)
        generating = Generating(
            window, self._document, self._parameters, self._services, self._queue, window
        )
        self._work.busy_changed.connect(generating.wait_for_mask)
        generating.key_wanted.connect(dialogs.open_key)
        opening.draft_shown.connect(generating.hold)
        self._services.key_wanted.connect(dialogs.open_key)
        follow_theme(self._preferences, self._theme)

    def _follow_service(self, service: Service) -> None:
        self._catalogue.forget()
        self._show_service(service)

    def _show_service(self, service: Service) -> None:
        unused = IGNORED_FIELDS | REFUSED_FIELDS if service.is_builtin else frozenset()
        self._window.panel.set_service(service, unused)

    def _show_folder(self) -> None:
        self._window.strip.set_folder(str(self._results_folder()))

    async def _load(self, path: Path, watch: Watch | None = None) -> Picture:
        early = self._early
        if early is not None and early.path == path:
            self._early = None  # later on the file may be another
            return await asyncio.to_thread(early.load, watch)
        return await asyncio.to_thread(self._parts.load, path, watch)

    async def _models(self, kind: ModelType, sdxl: bool) -> Sequence[Model]:
        return await self._parts.models(self._services.current, kind, sdxl)

    def _cached_models(self, kind: ModelType, sdxl: bool) -> Sequence[Model]:
        return self._parts.cached_models(self._services.current, kind, sdxl)

    async def _copy_file(self, source: Path, to: Path) -> None:
        # With it come numpy and Pillow, which nobody should wait for at the start.
        from app.storage.copies import save_copy

        await asyncio.to_thread(save_copy, source, to)

    def _mask_store(self) -> MaskLibrary:
        from app.storage.masks import MaskLibrary

        return MaskLibrary(self._folders.masks)

    async def _export_mask(self, to: Path, plane: Plane) -> None:
        from app.storage.masks import export_mask

        await asyncio.to_thread(export_mask, to, plane)

    def _results_folder(self) -> Path:
        chosen = self._preferences.value.results_folder
        return Path(chosen) if chosen else self._folders.results

    def _template(self) -> str:
        return self._preferences.value.name_template or DEFAULT_TEMPLATE

    async def _warm_up(self, opening: Opening) -> None:
        """Make ready what the first stroke and the first job would else wait for."""
        if opening.is_reading:  # Python, and a processor, should be left to that
            is_over = asyncio.Event()
            opening.ended.connect(is_over.set)
            await is_over.wait()
            await asyncio.sleep(_IDLE_S)  # until it is painted
        try:
            await asyncio.to_thread(self._make_ready)
        except AppError as error:
            self._tell(error)
            return
        if (damaged := self._parts.journal.damaged) is not None:
            self._tell(StorageError("damaged", damaged))
        await self._import_seldom_seen()

    @staticmethod
    async def _import_seldom_seen() -> None:
        """Import what is seldom opened, so that it opens at once; a little at a time."""
        import app.panels.options.aids
        import app.panels.options.opacity
        import app.panels.options.selecting

        await asyncio.sleep(_IDLE_S)
        import app.panels.history_panel
        import app.panels.operations.bar

        await asyncio.sleep(_IDLE_S)
        import app.shell.import_bar
        import app.shell.library.dialog

        await asyncio.sleep(_IDLE_S)
        import app.shell.key_list
        import app.shell.keys_sheet

        await asyncio.sleep(_IDLE_S)
        import app.shell.preferences_dialog  # noqa: F401 - to be there when it is opened

    def _make_ready(self) -> None:
        import app.canvas.scene
        import app.jobs.runner
        import app.model.bucket
        import app.model.change
        import app.model.edits
        import app.model.operations.computing
        import app.model.outline.snap
        import app.model.selection.area
        import app.model.selection.shapes
        import app.model.stroke
        import app.model.wand
        import app.storage.pictures  # noqa: F401 - to be there when the first picture is opened

        self._parts.client(self._services.current).warm()
        _ = self._parts.journal

    def _catch_failures(self) -> None:
        """Let the window outlive a bug, and a terminal's Ctrl+C close it in good order."""

        def outlive(kind: type[BaseException], error: BaseException, _: object) -> None:
            if issubclass(kind, KeyboardInterrupt):
                self._quit.set()
            else:
                self._report(error)

        sys.excepthook = outlive
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(
            lambda _, context: self._report(context.get("exception"), context["message"])
        )
        if sys.platform != "win32":
            for name in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(name, self._quit.set)

    def _report(self, error: BaseException | None, what: str = "unexpected") -> None:
        """Log what should not have happened, and say so without alarm."""
        log.error("%s", what, exc_info=error)
        self._window.stage.notice.tell(unexpected())

    def _tell_failure(self, error: Exception) -> None:
        if isinstance(error, AppError):
            self._tell(error)
        else:
            self._report(error)

    def _tell(self, error: AppError) -> None:
        self._window.stage.notice.tell(message_for(error))
