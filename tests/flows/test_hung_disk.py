"""A disk that stops answering for good: the window still closes, and says what that costs."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.session.preferences import Preferences
from app.shell.quit_dialog import QuitDialog
from tests.support.homes import at_home
from tests.support.studio import Studio, in_studio, photo

ROOT = Path(__file__).parents[2]


@contextmanager
def hung() -> Iterator[None]:
    """Nothing that is written reaches the disk until the block ends."""
    is_back, sync = threading.Event(), os.fsync

    def wait(descriptor: int) -> None:
        is_back.wait()
        sync(descriptor)

    os.fsync = wait
    try:
        yield
    finally:
        os.fsync = sync
        is_back.set()


def asked(studio: Studio) -> QuitDialog | None:
    dialogs = studio.window.findChildren(QuitDialog)
    return next((one for one in dialogs if one.isVisible()), None)


def words(studio: Studio) -> str:
    dialog = asked(studio)
    assert dialog is not None
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def paint(studio: Studio) -> None:
    studio.drag_across_middle()


def choose(studio: Studio) -> None:
    preferences = studio.window.findChild(Preferences)
    preferences.edit(theme="light")


@pytest.mark.parametrize(
    ("act", "told"), [(paint, "What you painted last"), (choose, "Your settings")]
)
def test_it_is_told_what_would_be_lost_and_then_the_window_closes(
    tmp_path: Path, qapp: QApplication, act: Callable[[Studio], None], told: str
) -> None:
    async def story(studio: Studio) -> None:
        photo(tmp_path / "boat.png")
        await studio.open(tmp_path / "boat.png")
        act(studio)
        studio.window.close()
        await studio.until(lambda: asked(studio) is not None)
        assert told in words(studio)
        studio.click("quit_anyway")
        await studio.until(studio.window.isHidden)

    QApplication.setQuitOnLastWindowClosed(False)
    try:
        with hung():
            in_studio(story, tmp_path, qapp)
    finally:
        QApplication.setQuitOnLastWindowClosed(True)


RUN = """
import os, signal, sys, threading
from app.bootstrap import run_window
from app.leaving import leave
from app.session.preferences import Preferences
from app.storage.folders import Folders

never = threading.Event()

def stage(name, window):
    if name == "ready":
        for call in ("fsync", "ftruncate"):
            setattr(os, call, lambda *of: never.wait())
        window.findChild(Preferences).edit(theme="light")
        os.kill(os.getpid(), signal.SIGTERM)

sys.exit(leave(run_window(None, Folders.standard(), stage=stage)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_at_the_end_of_a_session_nobody_is_asked_and_the_process_is_gone(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        env=at_home(tmp_path, QT_QPA_PLATFORM="offscreen"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
