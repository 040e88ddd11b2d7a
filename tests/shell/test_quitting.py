"""The way out of the window: when it asks, and when it must not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from app.model.job import JobState
from app.model.services import PRESETS
from app.shell.quitting import QuitDialog, Quitting
from tests.support.jobs import HeldQueue, job


class Ends:
    """What was asked for, in order."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def quit(self) -> None:
        self.told.append("quit")

    def flush(self) -> None:
        self.told.append("flush")


@pytest.fixture
def ends():
    return Ends()


@pytest.fixture
def queue(qapp):
    return HeldQueue()


@pytest.fixture
def quitting(shown, theme, queue, ends):
    quitting = Quitting(shown, theme, queue, ends.flush, ends.quit)
    yield quitting
    quitting.deleteLater()


def asked(window) -> QuitDialog | None:
    return next((each for each in window.findChildren(QuitDialog) if each.isVisible()), None)


def press(dialog: QuitDialog, name: str) -> None:
    QTest.mouseClick(dialog.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def words(dialog: QuitDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def test_without_jobs_the_window_closes_at_once(shown, quitting, ends):
    shown.close()
    assert ends.told == ["quit"]
    assert asked(shown) is None


def test_jobs_at_a_service_hold_nobody_up(shown, quitting, queue, ends):
    queue.add(job(service=PRESETS[1]), state=JobState.SUBMITTED)
    shown.close()
    assert ends.told == ["quit"]


def test_jobs_on_this_computer_are_asked_about_once(shown, quitting, queue, ends):
    queue.add(job())
    queue.add(job())
    shown.close()
    shown.close()
    assert ends.told == []
    dialogs = shown.findChildren(QuitDialog)
    assert len(dialogs) == 1
    assert "2 jobs" in words(dialogs[0]) or "%n" in words(dialogs[0])
    assert "mask is kept" in words(dialogs[0])


def test_waiting_leaves_everything_as_it_is(shown, quitting, queue, ends):
    queue.add(job())
    shown.close()
    dialog = asked(shown)
    assert dialog is not None
    press(dialog, "quit_wait")
    assert ends.told == []
    assert asked(shown) is None
    shown.close()
    assert asked(shown) is not None


def test_quitting_anyway_quits(shown, quitting, queue, ends):
    queue.add(job())
    shown.close()
    dialog = asked(shown)
    assert dialog is not None
    press(dialog, "quit_anyway")
    assert ends.told == ["quit"]


def test_the_window_closes_by_itself_when_nothing_can_be_lost_any_more(
    shown, quitting, queue, ends
):
    first, second = job(), job()
    queue.add(first)
    queue.add(second)
    shown.close()
    queue.finish(first, JobState.DONE)
    assert ends.told == []
    assert asked(shown) is not None
    queue.finish(second, JobState.DONE)
    assert ends.told == ["quit"]
    assert asked(shown) is None


def test_the_end_of_a_session_has_all_on_disk_and_asks_nothing(shown, quitting, queue, ends):
    queue.add(job())
    quitting.end_session()
    assert ends.told == ["flush"]
    shown.close()
    assert ends.told == ["flush", "quit"]
    assert asked(shown) is None
