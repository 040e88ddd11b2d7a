"""A disk that stops answering for good: the window still closes, and says what that costs."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.session.preferences import Preferences
from app.shell.quit_dialog import QuitDialog
from tests.support.studio import Studio, in_studio, photo


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
