"""A real window with real parts; only the disk and the services are stood in for."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.access import Access
from app.model.errors import InvalidInput, Unauthorized
from app.model.picture import Picture
from app.model.services import BUILTIN
from app.panels.parameters.side_panel import SidePanel
from app.panels.results.strip import ResultsStrip
from app.parts import Parts
from app.session.open_project import OpenProject
from app.session.parameters import ParameterState
from app.session.pen import Pen
from app.session.preferences import Preferences, PreferencesRecord
from app.session.upkeep import Upkeep
from app.shell.dialogs import Dialogs
from app.shell.main_window import MainWindow
from app.shell.naming import Naming
from app.storage import names
from app.storage.folders import Folders


@pytest.fixture
def window(qtbot, theme):
    window = MainWindow(theme, ResultsStrip(theme), SidePanel(theme))
    qtbot.addWidget(window, before_close_func=lambda one: setattr(one, "_may_close", True))
    return window


@pytest.fixture
def shown(qtbot, window):
    """The window on the screen and active, as keys go to the active window only."""
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def parameters(qapp):
    return ParameterState()


@pytest.fixture
def opened(document, parameters):
    return OpenProject(document, parameters)


@pytest.fixture
def preferences(qapp):
    return Preferences(PreferencesRecord(), lambda _: None)


@pytest.fixture
def picture() -> Picture:
    return make_picture("lake.png")


@pytest.fixture(name="beside")
def beside_fixture():
    return beside


@pytest.fixture
def tasks():
    tasks = Tasks()
    yield tasks
    tasks.loop.close()


@pytest.fixture
def keychain():
    return Keychain()


@pytest.fixture
def dialogs(shown, theme, preferences, keychain, tasks, beside, tmp_path):
    folders = Folders.under(tmp_path)
    upkeep = Upkeep(Access(Parts(folders), folders, lambda: BUILTIN, None), beside, tasks.spawn)
    naming = Naming(
        example=names.example,
        default_template=names.DEFAULT_TEMPLATE,
        placeholders=names.PLACEHOLDERS,
        default_folder="/home/artist/Pictures/Maskwright",
    )
    return Dialogs(shown, theme, preferences, naming, keychain, tasks.spawn, Pen(), upkeep)


def make_picture(name: str, width: int = 60, height: int = 40) -> Picture:
    pixels = np.full((height, width, 4), 255, np.uint8)
    pixels[:, :, :3] = 90
    return Picture(pixels=pixels, name=name, path=Path("/pictures") / name)


async def beside(work, *arguments):
    """Calls what would block: a test waits for it anyway."""
    return work(*arguments)


class Tasks:
    """Starts coroutines; they go on while `run` runs."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._tasks: list[asyncio.Task[None]] = []

    def spawn(self, coroutine: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = self.loop.create_task(coroutine)
        self._tasks.append(task)
        return task

    def run(self, *, until: Callable[[], bool] | None = None) -> None:
        """Let everything end, or go on until `until` holds."""

        async def wait() -> None:
            while any(not task.done() for task in self._tasks):
                if until is not None and until():
                    return
                await asyncio.sleep(0)

        self.loop.run_until_complete(wait())
        for task in self._tasks:
            if task.done():
                task.result()


class Keychain:
    """Keys by service; `place` is where they are kept."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.at = "keyring"
        self.balance: float | None = 12.4
        self.refusal = "invalid key"

    async def place(self, service):
        return self.at if service.id in self.kept else None

    async def keep(self, service, typed):
        if " " in typed:
            raise InvalidInput("api_key", "spaces")
        self.kept[service.id] = typed
        return self.at

    async def forget(self, service):
        self.kept.pop(service.id, None)

    async def check(self, service):
        if self.kept.get(service.id) != "sk-good":
            raise Unauthorized(self.refusal)
        return self.balance
