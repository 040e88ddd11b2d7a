"""What the window says about jobs of earlier runs, and when jobs look around."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.model.errors import StorageError, Unauthorized
from app.model.record import Recovery
from app.model.services import PRESETS
from app.shell.resuming import Resuming
from app.shell.services import Services
from tests.shell.test_services import Standing
from tests.support.jobs import HeldQueue

REMOTE = PRESETS[1]


class Queue(HeldQueue):
    """Notes what it is asked for."""

    def restore(self, archive) -> None:
        self.asked.append(("restore", archive()))

    def resume(self, service, *, by_hand: bool = False) -> None:
        self.asked.append(("resume", service.id, by_hand))


@pytest.fixture
def queue(qapp):
    return Queue()


@pytest.fixture
def services(window, preferences, parameters, tasks):
    return Services(
        window.menu_row.service, preferences, parameters, Standing(), tasks.spawn, window
    )


@pytest.fixture
def found():
    return [Recovery()]


@pytest.fixture
def resuming(window, queue, services, found):
    async def beside(call):
        return call()

    def recover():
        if isinstance(found[0], Exception):
            raise found[0]
        return found[0]

    return Resuming(window, queue, services, recover, lambda: "archive", beside, window)


def resume(resuming) -> None:
    """Do what never really waits."""
    with pytest.raises(StopIteration):
        resuming.resume().send(None)


def told(window) -> str:
    notice = window.stage.notice
    return f"{notice.message.title} {notice.message.text}" if notice.message else ""


def test_after_a_clean_end_jobs_go_on_without_a_word(window, resuming, queue):
    resume(resuming)
    assert queue.asked == [("restore", "archive")]
    assert told(window) == ""


def test_beside_a_command_that_is_at_work_nothing_is_taken_over(resuming, queue, found):
    found[0] = Recovery(is_alone=False)
    resume(resuming)
    assert queue.asked == []


def test_where_nothing_can_be_recorded_nothing_is_sent(window, resuming, queue, found):
    found[0] = Recovery(refusal=StorageError("newer", Path("/d/journal.sqlite")))
    resume(resuming)
    assert queue.asked == []
    assert "newer" in told(window).lower()


def test_a_journal_that_cannot_be_opened_is_told(window, resuming, queue, found):
    found[0] = StorageError("full", Path("/d/journal.sqlite"))
    resume(resuming)
    assert queue.asked == []
    assert "disk is full" in told(window)


@pytest.mark.parametrize(
    ("is_restored", "source"), [(True, "from a copy"), (False, "from the jobs")]
)
def test_a_damaged_record_is_told_with_where_it_is_kept(
    window, resuming, queue, found, is_restored, source
):
    found[0] = Recovery(damaged=Path("/d/journal.damaged.sqlite"), is_restored=is_restored)
    resume(resuming)
    assert queue.asked == [("restore", "archive")]
    assert source in told(window)
    assert "journal.damaged.sqlite" in told(window)


def test_of_all_that_was_found_nothing_goes_untold(qtbot, shown, resuming, found):
    found[0] = Recovery(
        damaged=Path("/d/journal.damaged.sqlite"), set_aside=(Path("/d/aside/abc"),)
    )
    resume(resuming)
    assert "journal.damaged.sqlite" in told(shown)
    qtbot.mouseClick(shown.findChild(QWidget, "notice_close"), Qt.MouseButton.LeftButton)
    assert "/d/aside" in told(shown)


def test_folders_that_hold_no_whole_job_are_told(window, resuming, found):
    found[0] = Recovery(set_aside=(Path("/d/aside/abc"),))
    resume(resuming)
    assert "/d/aside" in told(window)


def test_a_refused_key_leads_to_where_it_is_entered(window, resuming, queue, services):
    wanted = []
    services.key_wanted.connect(wanted.append)
    queue.paused.emit(REMOTE, Unauthorized())
    assert REMOTE.title in told(window)
    assert "none was lost" in told(window)
    window.stage.notice._do()
    assert wanted == [REMOTE]


def test_another_key_lets_the_jobs_go_on_and_takes_the_notice_back(
    qtbot, shown, resuming, queue, services, monkeypatch
):
    queue.paused.emit(REMOTE, Unauthorized())
    monkeypatch.setattr(queue.traffic.gate, "is_closed", lambda service: True)
    services.changed.emit(services.current)
    assert queue.asked == [("resume", services.current.id, False)]
    assert not shown.stage.notice.isVisible()


def test_the_same_key_lets_the_jobs_go_on_once_it_is_confirmed(shown, resuming, queue, services):
    queue.paused.emit(REMOTE, Unauthorized())
    services.key_confirmed.emit(REMOTE)
    assert queue.asked == [("resume", REMOTE.id, True)]
    assert not shown.stage.notice.isVisible()


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (2.0, 1.5, "may have been charged"),
        (2.0, 2.0, "probably not charged"),
        (None, 2.0, "not known"),
        (2.0, None, "does not tell"),
    ],
)
def test_a_balance_is_told_as_the_hint_that_it_is(window, resuming, queue, before, now, words):
    queue.balance_told.emit(REMOTE, before, now)
    assert words in told(window)


def test_jobs_look_around_when_the_window_has_the_focus_again(qapp, resuming, queue, monkeypatch):
    woken = []
    monkeypatch.setattr(queue.traffic, "wake", lambda: woken.append(True))
    for state in (Qt.ApplicationState.ApplicationInactive, Qt.ApplicationState.ApplicationActive):
        QGuiApplication.instance().applicationStateChanged.emit(state)
    assert woken == [True]
