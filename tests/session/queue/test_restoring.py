"""Jobs of earlier runs, as the journal remembers them."""

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.jobs.prepare import new_job
from app.model.errors import AnswerLost, StorageError
from app.model.job import Attempt, Job, JobState, Upload
from app.model.picture import Picture
from app.model.record import JobRecord, ResultRecord
from tests.session.queue.desk import MASK, PICTURE, READY, REMOTE, Desk, at_desk, succeeding
from tests.support.script import ScriptedBackend


def earlier(state: JobState, **facts: object) -> JobRecord:
    """What the journal holds of a job of an earlier run."""
    given = {"service_id": REMOTE.id, "base_url": REMOTE.base_url, "folder": Path("/nowhere")}
    when = datetime(2026, 3, 14, len(state)).astimezone()
    return JobRecord(
        **{"id": f"{state}-1", "created": when, "changed": when, "state": state, **given, **facts}
    )


class Remembered:
    """A journal that remembers jobs of earlier runs; `read` names those that were read back."""

    def __init__(self, *records: JobRecord) -> None:
        self.records = records
        self.read: list[str] = []

    def recent(self, limit: int) -> Sequence[JobRecord]:
        return self.records[::-1]

    def unfinished(self) -> Sequence[JobRecord]:
        return [one for one in self.records if not one.state.is_final]

    def asked_images(self, record: JobRecord) -> int:
        return 3

    def picture(self, result: ResultRecord) -> Picture:
        if "gone" in result.path.name:
            raise StorageError("missing", result.path)
        return PICTURE

    def load(self, record: JobRecord) -> Job:
        self.read.append(record.id)
        return replace(new_job(REMOTE, READY, PICTURE, MASK), id=record.id)

    def upload(self, record: JobRecord) -> Upload:
        return Upload(image=b"image", mask=b"mask")


def test_jobs_of_an_earlier_run_go_on_where_they_stood(tmp_path: Path) -> None:
    archive = Remembered(
        earlier(JobState.DONE, task_id="t-4"),
        earlier(JobState.PARTIAL, task_id="t-2"),
        earlier(JobState.UNKNOWN, error_kind="AnswerLost", error_text="cut: ReadError"),
        earlier(JobState.PREPARED),
        earlier(JobState.SUBMITTED, task_id="t-1"),
    )

    async def story(desk: Desk) -> None:
        desk.journal.states = {one.id: one.state for one in archive.records}
        desk.queue.restore(lambda: archive)
        await desk.until(desk.ended)

    desk = at_desk(succeeding(), tmp_path, story)
    assert [(entry.id, entry.state) for entry in desk.queue.entries] == [
        ("partial-1", JobState.DONE),
        ("unknown-1", JobState.UNKNOWN),
        ("prepared-1", JobState.DONE),
        ("submitted-1", JobState.DONE),
    ]
    assert desk.backend.calls.count("submit") == 1
    assert "unknown-1" not in archive.read
    error = desk.queue.entry("unknown-1").error
    assert isinstance(error, AnswerLost)
    assert error.kind == "cut"
    assert desk.queue.entry("unknown-1").way is None


def test_a_job_of_an_earlier_run_shows_what_it_had_saved(tmp_path: Path) -> None:
    saved = [
        ResultRecord(index=at, path=tmp_path / name, raw_path=tmp_path / f"{name}.raw", seed=at)
        for at, name in enumerate(("gone.png", "there.png"))
    ]
    archive = Remembered(earlier(JobState.LOST, task_id="t-1", results=tuple(saved)))
    asked: list[int] = []

    async def story(desk: Desk) -> None:
        desk.queue.job_added.connect(lambda _: asked.append(desk.only.image_num))
        desk.queue.restore(lambda: archive)
        await desk.until(lambda: bool(desk.queue.entries) and bool(desk.only.results))

    desk = at_desk(ScriptedBackend(), tmp_path, story)
    assert asked == [3]
    (shown,) = desk.only.results
    assert (shown.index, shown.path, shown.size) == (1, saved[1].path, PICTURE.size)
    assert (desk.only.saved, desk.only.job is not None) == (2, True)
    assert desk.results == []  # nothing has come: no seed is noted, no balance looked at


def test_a_job_that_is_taken_off_the_list_is_read_back_in_vain(tmp_path: Path) -> None:
    is_off, is_read, is_seen = threading.Event(), threading.Event(), threading.Event()

    class Slow(Remembered):
        def load(self, record: JobRecord) -> Job:
            is_read.set()
            is_off.wait(20)
            return super().load(record)

        def picture(self, result: ResultRecord) -> Picture:
            is_seen.set()
            return super().picture(result)

    result = ResultRecord(index=0, path=Path("a.png"), raw_path=Path("a.raw"), seed=5)
    archive = Slow(earlier(JobState.LOST, task_id="t-1", results=(result,)))

    async def story(desk: Desk) -> None:
        desk.queue.restore(lambda: archive)
        await asyncio.to_thread(is_read.wait, 20)
        desk.queue.remove(desk.only.id)
        is_off.set()
        await asyncio.to_thread(is_seen.wait, 20)

    assert at_desk(ScriptedBackend(), tmp_path, story).queue.entries == ()


def test_an_unknown_job_of_an_earlier_run_can_be_sent_again(tmp_path: Path) -> None:
    attempt = Attempt(number=1, body_sha256="", key_fingerprint="", balance=2.0)
    archive = Remembered(earlier(JobState.UNKNOWN, attempt=attempt))

    async def story(desk: Desk) -> None:
        desk.journal.states = {"unknown-1": JobState.UNKNOWN}
        desk.queue.restore(lambda: archive)
        await desk.until(lambda: bool(desk.queue.entries))
        assert desk.only.attempt == attempt
        desk.queue.send_again("unknown-1")
        await desk.until(lambda: desk.ended() and desk.only.state is JobState.DONE)

    desk = at_desk(succeeding(), tmp_path, story)
    assert [attempt.number for attempt in desk.journal.attempts] == [2]
