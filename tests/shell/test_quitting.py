"""The way out of the window: when it asks, and when it must not."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from app.model.job import JobState
from app.model.services import PRESETS
from app.session.saving import Saving
from app.shell.quit_dialog import QuitDialog, Unkept
from app.shell.quitting import Quitting
from tests.support.jobs import HeldQueue, job
from tests.support.projects import store


class Ends:
    """What was asked for, in order, on a disk that keeps all but what is `unkept`."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.unkept = Unkept(0)

    def quit(self) -> None:
        self.told.append("quit")

    def flush(self) -> Unkept:
        self.told.append("flush")
        return self.unkept


class Slow:
    """A disk that keeps everyone waiting until it is `free`."""

    def __init__(self) -> None:
        self.free = asyncio.Event()

    async def beside(self, work, *arguments):
        await self.free.wait()
        return work(*arguments)


@pytest.fixture
def ends():
    return Ends()


@pytest.fixture
def queue(qapp):
    return HeldQueue()


@pytest.fixture
def disk():
    return Slow()


@pytest.fixture
def saving(opened, disk, tasks):
    return Saving(opened, lambda: store, disk.beside, tasks.spawn)


@pytest.fixture
def under_way(saving, opened, picture, tmp_path, disk, tasks):
    """A project that is on its way to the disk."""
    opened.open(picture)
    saving.save_as(tmp_path / "boat.ora")
    yield saving
    disk.free.set()
    tasks.loop.run_until_complete(saving.finish())


@pytest.fixture
def quitting(shown, theme, queue, saving, ends):
    quitting = Quitting(shown, theme, queue, saving, ends.flush, ends.quit)
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
    assert ends.told == ["flush", "quit"]
    assert asked(shown) is None


def test_jobs_at_a_service_hold_nobody_up(shown, quitting, queue, ends):
    queue.add(job(service=PRESETS[1]), state=JobState.SUBMITTED)
    shown.close()
    assert ends.told == ["flush", "quit"]


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
    assert ends.told == ["flush", "quit"]


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
    assert ends.told == ["flush", "quit"]
    assert asked(shown) is None


def test_the_end_of_a_session_has_all_on_disk_and_asks_nothing(shown, quitting, queue, ends):
    queue.add(job())
    quitting.end_session()
    assert ends.told == ["flush"]
    shown.close()
    assert ends.told == ["flush", "quit"]
    assert asked(shown) is None


def test_a_project_on_its_way_to_the_disk_is_waited_for_and_that_is_said(
    shown, quitting, under_way, disk, tasks, ends, tmp_path
):
    shown.close()
    dialog = asked(shown)
    assert "still being saved" in words(dialog)
    assert ends.told == []
    disk.free.set()
    tasks.run()
    assert ends.told == ["flush", "quit"]
    assert asked(shown) is None
    assert (tmp_path / "boat.ora").exists()


def test_from_there_the_artist_can_go_back_to_work(shown, quitting, under_way, disk, tasks, ends):
    shown.close()
    press(asked(shown), "quit_wait")
    disk.free.set()
    tasks.run()
    assert ends.told == []
    assert not under_way.is_saving


def test_or_leave_without_waiting_any_longer(shown, quitting, under_way, tasks, ends):
    shown.close()
    tasks.loop.run_until_complete(asyncio.sleep(0))
    press(asked(shown), "quit_anyway")
    assert ends.told == ["flush", "quit"]
    tasks.loop.run_until_complete(under_way.finish())


def test_a_disk_that_takes_too_long_is_called_so(shown, quitting, under_way, ends, qtbot):
    quitting._late.setInterval(0)
    shown.close()
    qtbot.waitUntil(lambda: "does not answer" in words(asked(shown)))
    assert ends.told == []


def test_what_could_not_be_saved_is_told_in_the_window_that_stays(
    shown, quitting, under_way, disk, tasks, ends, tmp_path
):
    (tmp_path / "boat.ora").mkdir()
    told = []
    under_way.failed.connect(told.append)
    shown.close()
    disk.free.set()
    tasks.run()
    assert len(told) == 1
    assert asked(shown) is None
    assert ends.told == []


@pytest.mark.parametrize(
    ("unkept", "told"),
    [
        (Unkept.MASK, "What you painted last"),
        (Unkept.SETTINGS, "Your settings"),
        (Unkept.MASK | Unkept.SETTINGS, "What you painted last"),
    ],
)
def test_what_is_on_no_disk_is_said_before_it_is_lost(shown, quitting, ends, unkept, told):
    ends.unkept = unkept
    shown.close()
    assert told in words(asked(shown))
    press(asked(shown), "quit_wait")
    assert ends.told == ["flush"]
    shown.close()
    press(asked(shown), "quit_anyway")
    assert ends.told == ["flush", "flush", "quit"]


def test_what_went_under_way_is_not_forgotten_over_what_is_on_no_disk(shown, quitting, queue, ends):
    ends.unkept = Unkept.MASK
    one = job()
    queue.add(one)
    shown.close()
    queue.finish(one, JobState.DONE)
    assert "What you painted last" in words(asked(shown))
    assert ends.told == ["flush"]


def test_the_end_of_a_session_asks_nothing_of_a_disk_that_hangs(shown, quitting, ends):
    ends.unkept = Unkept.MASK | Unkept.SETTINGS
    quitting.end_session()
    shown.close()
    assert ends.told == ["flush", "quit"]
    assert asked(shown) is None
