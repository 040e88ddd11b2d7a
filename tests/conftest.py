"""What every test stands on: no screen needed, nothing of the person who runs them touched."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.support.canary import KEY, files_with_key

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from PySide6.QtGui import QClipboard
    from PySide6.QtWidgets import QApplication

    from app.look.theme import Theme
    from app.session.display import Display
    from app.session.document import Document
    from app.session.operations import Operations
    from app.session.tools import Tools
    from app.session.work import MaskWork

HOME = pytest.StashKey[Path]()
FOLDERS = {
    "XDG_CONFIG_HOME": ".config",
    "XDG_CACHE_HOME": ".cache",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_RUNTIME_DIR": "run",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
}
# Each would lead a test to the person's account, folders, session or screen settings.
UNWANTED = (
    "MASKWRIGHT_API_KEY",
    "MASKWRIGHT_BASE_URL",
    "XDG_PICTURES_DIR",
    "DBUS_SESSION_BUS_ADDRESS",
    "QT_SCALE_FACTOR",
    "QT_STYLE_OVERRIDE",
    "QT_QPA_PLATFORMTHEME",
)


def pytest_configure(config: pytest.Config) -> None:
    """Give this process, and all that it starts, an empty home before any test is read."""
    home = Path(tempfile.mkdtemp(prefix="maskwright-"))
    config.stash[HOME] = home
    for name in UNWANTED:
        os.environ.pop(name, None)
    for name, folder in FOLDERS.items():
        (home / folder).mkdir(parents=True, mode=0o700)
        os.environ[name] = str(home / folder)
    os.environ["HOME"] = os.environ["USERPROFILE"] = str(home)
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    if home := config.stash.get(HOME, None):
        shutil.rmtree(home, ignore_errors=True)


def pytest_collection_finish() -> None:
    """Collect garbage after tests alone, in their own thread: some of it belongs to Qt."""
    gc.collect()
    gc.freeze()  # what is there now stays, and looking at it each time takes long
    gc.disable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None]:
    yield
    gc.collect()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that lets the key be printed or logged."""
    report = yield
    told = [
        name for name, text in report.sections if name.endswith(report.when or "") and KEY in text
    ]
    if report.passed and told:
        report.outcome = "failed"
        report.longrepr = f"the key is in: {', '.join(told)}"
    return report


@pytest.fixture(scope="session", autouse=True)
def no_file_holds_the_key(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Look through all that this process and its children have left, at the very end."""
    yield
    places = (request.config.stash[HOME], tmp_path_factory.getbasetemp())
    left = files_with_key(*places)
    assert not left, f"the key is in: {left}"


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The arguments of the tests' `QApplication`: it wears the program's style."""
    from app.look.theme import FUSION

    return ["maskwright", *FUSION]


# What many tests work on. Imported here, as some of the rooms are tested where there is no Qt.


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The dark one."""
    from app.look.theme import Theme

    theme = Theme()
    theme.apply("dark")
    return theme


@pytest.fixture
def document(qapp: QApplication) -> Document:
    """Nothing is open yet."""
    from app.session.document import Document

    return Document()


@pytest.fixture
def tools(qapp: QApplication) -> Tools:
    from app.session.tools import Tools

    return Tools()


@pytest.fixture
def display(qapp: QApplication) -> Display:
    from app.session.display import Display

    return Display()


@pytest.fixture
def work(document: Document) -> Iterator[MaskWork]:
    from app.session.work import MaskWork

    work = MaskWork(document)
    yield work
    work.close()


@pytest.fixture
def operations(document: Document, work: MaskWork) -> Operations:
    from app.session.operations import Operations

    return Operations(document, work)


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    """Left empty, as the offscreen one crashes at the end with data that Python has made."""
    yield qapp.clipboard()
    qapp.clipboard().clear()


# A slow machine is no failure, and a judgement must come out the same twice.
settings.register_profile("maskwright", deadline=None, max_examples=60)
settings.register_profile(
    "judgement", settings.get_profile("maskwright"), derandomize=True, database=None
)
# For those who have minutes: `pytest --hypothesis-profile=deep`.
settings.register_profile("deep", settings.get_profile("maskwright"), max_examples=2000)
settings.load_profile("judgement" if os.environ.get("CI") else "maskwright")
