"""What is kept is told in Preferences, and goes only after a question that says what it is."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QDoubleSpinBox, QLabel

from app.access import Access
from app.model.job import JobState
from app.model.services import BUILTIN
from app.parts import Parts
from app.session import upkeep as session_upkeep
from app.session.upkeep import Upkeep
from app.shell import reminding
from app.shell.preferences.storage import StoragePart
from app.shell.reminding import Reminding
from app.storage.folders import Folders
from tests.support import jobs
from tests.support.journaling import UPLOAD, result_at, submitted, the_record, written

SIZE = 3_000_000


@pytest.fixture
def parts(tmp_path):
    made = Parts(Folders.under(tmp_path))
    yield made
    asyncio.run(made.aclose())


@pytest.fixture
def upkeep(parts, beside, tasks):
    return Upkeep(Access(parts, parts.folders, lambda: BUILTIN, None), beside, tasks.spawn)


@pytest.fixture
def page(qtbot, theme, preferences, upkeep, tasks):
    page = StoragePart(theme, preferences, upkeep)
    qtbot.addWidget(page)
    page.show()
    tasks.run()
    return page


@pytest.fixture
def job(parts):
    """A job that is done, with a result in the artist's folder."""
    job = jobs.job()
    submitted(parts.journal, job)
    parts.journal.note(job.id, JobState.SAVING)
    raw = written(the_record(parts.journal, job).folder / "raw-0.png", bytes(SIZE))
    parts.folders.results.mkdir(parents=True)
    parts.journal.add_result(job.id, result_at(0, written(parts.folders.results / "a.png"), raw, 7))
    parts.journal.note(job.id, JobState.DONE)
    return job


@pytest.fixture
def later(monkeypatch):
    """The same page, 31 days on."""
    ago = session_upkeep.before
    monkeypatch.setattr(session_upkeep, "before", lambda days: ago(days - 31))


def text(page, name):
    return page.findChild(QLabel, name).text()


def click(parent, name):
    QTest.mouseClick(parent.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)


def asked(page, tasks):
    """The question that comes when a clean-up is asked for; None if there is none."""
    click(page, "clean_up")
    tasks.run()
    return question(page)


def question(page):
    shown = (each for each in page.findChildren(QDialog, "clean_up_dialog") if each.isVisible())
    return next(shown, None)


def words(dialog):
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def trash() -> Path:
    place = QStandardPaths.StandardLocation.GenericDataLocation
    return Path(QStandardPaths.writableLocation(place)) / "Trash" / "files"


def test_each_kind_tells_its_size_once_it_is_counted(parts, job, page):
    assert text(page, "size_jobs") == "3.0 MB"
    assert text(page, "size_pictures") == "0 bytes"
    assert page.findChild(QAbstractButton, "show_jobs").isEnabled()
    assert not page.findChild(QAbstractButton, "show_pictures").isEnabled()


def test_what_is_younger_than_that_is_not_asked_about(job, page, tasks):
    assert asked(page, tasks) is None
    assert text(page, "storage_note") == "Nothing of jobs that are over is as old as that."


def test_nothing_goes_until_it_is_agreed_to(parts, job, page, tasks, later):
    dialog = asked(page, tasks)
    assert words(dialog).startswith("Move the files of one job to the trash? It is 3.0 MB:")
    assert "last copy here" not in words(dialog)
    click(dialog, "clean_up_keep")
    tasks.run()
    assert parts.journal.upload(the_record(parts.journal, job)) == UPLOAD


def test_it_is_told_when_an_answer_is_the_last_copy(parts, job, page, tasks, later):
    (parts.folders.results / "a.png").unlink()
    assert "what the service sent is the last copy here" in words(asked(page, tasks))


def test_what_is_agreed_to_goes_to_the_systems_trash(parts, job, page, tasks, later):
    click(asked(page, tasks), "clean_up_agree")
    tasks.run()
    record = the_record(parts.journal, job)
    assert (record.state, record.folder.exists()) == (JobState.DONE, False)
    assert (trash() / job.id / "raw-0.png").read_bytes() == bytes(SIZE)
    assert [path.name for path in parts.folders.results.iterdir()] == ["a.png"]
    assert text(page, "storage_note") == "3.0 MB were cleaned up."
    assert text(page, "size_jobs") == "0 bytes"
    assert question(page) is None


def test_what_the_trash_refuses_goes_only_after_a_second_question(
    parts, job, page, tasks, later, monkeypatch
):
    monkeypatch.setattr(session_upkeep, "to_trash", lambda path: False)
    click(asked(page, tasks), "clean_up_agree")
    tasks.run()
    folder = the_record(parts.journal, job).folder
    assert folder.is_dir()
    dialog = question(page)
    assert words(dialog).startswith("Delete the files of one job for good? The system's trash")
    click(dialog, "clean_up_agree")
    tasks.run()
    assert not folder.exists()
    assert text(page, "storage_note") == "3.0 MB were cleaned up."


def test_the_days_are_remembered_and_asked_for(job, page, preferences, tasks, monkeypatch):
    days = []

    def before(given):
        days.append(given)
        return datetime.now(UTC)

    monkeypatch.setattr(session_upkeep, "before", before)
    spin = page.findChild(QDoubleSpinBox, "kept_days")
    assert spin.value() == 30
    spin.lineEdit().selectAll()
    QTest.keyClicks(spin, "999")  # more than there may be, and not left yet
    asked(page, tasks)
    assert (days, preferences.value.kept_days) == ([365], 365)


def test_a_record_that_cannot_be_read_is_told(parts, job, page, tasks):
    with closing(sqlite3.connect(parts.folders.data / "journal.sqlite")) as other:
        other.execute("DROP TABLE result")
    assert asked(page, tasks) is None
    assert page.findChild(QAbstractButton, "clean_up").isEnabled()
    assert text(page, "storage_note").startswith("“journal.sqlite” could not be written or read.")


# ---- a word at the start ----


@pytest.fixture
def remind(shown, preferences, upkeep, tasks, monkeypatch):
    monkeypatch.setattr(reminding, "MUCH", SIZE)
    led = []
    made = Reminding(shown.stage, preferences, upkeep, lambda: led.append(True))

    def remind() -> list[bool]:
        tasks.spawn(made.remind())
        tasks.run()
        return led

    return remind


def test_old_jobs_that_take_much_room_are_told_of_once_a_month(
    shown, job, remind, preferences, later
):
    led = remind()
    notice = shown.stage.notice
    assert notice.message.title == "Old jobs take 3.0 MB"
    click(notice, "notice_action")
    assert led == [True]
    remind()
    assert not notice.isVisible()
    preferences.edit(room_told=(date.today() - timedelta(days=30)).isoformat())
    remind()
    assert notice.isVisible()


@pytest.mark.parametrize("much", [SIZE * 2, SIZE])
def test_nothing_is_said_of_little_or_of_what_is_young(
    shown, job, remind, preferences, request, monkeypatch, much
):
    if much > SIZE:
        request.getfixturevalue("later")
        monkeypatch.setattr(reminding, "MUCH", much)
    remind()
    assert not shown.stage.notice.isVisible()
    assert preferences.value.room_told == ""
