"""A job's way from snapshot to saved files, step by step."""

import asyncio
import threading
from pathlib import Path

import pytest

from app.model.errors import (
    AnswerLost,
    AppError,
    BadAnswer,
    NoRoom,
    NotCreated,
    OutOfCredit,
    RateLimited,
    Rejected,
    ServiceDown,
    StorageError,
    TaskNotFound,
    Unauthorized,
    Unreachable,
)
from app.model.geometry import Size
from app.model.job import TRANSITIONS, Job, JobState
from tests.jobs.watched import REMOTE, Watched, finished, job
from tests.support.script import ScriptedBackend, task


def out_of_memory() -> Job:
    """What reading a large job back may meet."""
    raise NoRoom(None, Size(9000, 9000), 2, 1)


def test_every_step_is_on_disk_before_the_next_is_taken(tmp_path: Path) -> None:
    watched = Watched(finished("a", "b"), tmp_path)
    assert watched.run(job()) is JobState.DONE
    assert watched.journal.notes[:4] == ["prepared", "submitting", "submitted t-1", "saving"]
    assert sorted(watched.journal.notes[4:6]) == ["result 0", "result 1"]
    assert watched.journal.notes[-1] == "done"


def test_the_states_told_are_legal_steps(tmp_path: Path) -> None:
    watched = Watched(finished("a", "b"), tmp_path)
    watched.run(job())
    steps = list(zip(watched.states, watched.states[1:], strict=False))
    assert steps
    assert all(after in TRANSITIONS[before] for before, after in steps)


def test_a_job_that_cannot_be_recorded_is_not_sent(tmp_path: Path) -> None:
    watched = Watched(finished("a", "b"), tmp_path)
    watched.journal.broken = True
    with pytest.raises(StorageError):
        watched.run(job())
    assert watched.backend.calls == []


@pytest.mark.parametrize("state", [JobState.SUBMITTED, JobState.SAVING, JobState.DONE])
def test_a_task_that_the_full_disk_does_not_record_is_set_aside_not_lost(
    tmp_path: Path, state: JobState
) -> None:
    watched = Watched(finished("a", "b"), tmp_path)
    watched.journal.full_at = {state}
    assert watched.run(job()) is JobState.LOST
    assert watched.task_ids[-1] == "t-1"
    assert isinstance(watched.errors[-1], StorageError)


def test_a_full_disk_does_not_hide_that_a_job_may_have_been_charged(tmp_path: Path) -> None:
    error = AnswerLost()
    watched = Watched(ScriptedBackend(submit_answer=error), tmp_path)
    watched.journal.full_at = {JobState.UNKNOWN}
    assert watched.run(job()) is JobState.UNKNOWN
    assert watched.states[-1] is JobState.UNKNOWN
    assert watched.errors[-1] is error


def test_an_id_that_was_salvaged_is_told_though_the_disk_refuses_it(tmp_path: Path) -> None:
    watched = Watched(ScriptedBackend(submit_answer=AnswerLost(task_id="t-7")), tmp_path)
    watched.journal.full_at = {JobState.UNKNOWN}
    watched.run(job())
    assert watched.task_ids[-1] == "t-7"


@pytest.mark.parametrize("state", [JobState.SUBMITTED, JobState.SAVING])
def test_a_task_whose_picture_memory_does_not_hold_now_is_set_aside(
    tmp_path: Path, state: JobState
) -> None:
    watched = Watched(finished("a", "b"), tmp_path)
    resumed = watched.start(job(), state=state, task_id="t-1", load=out_of_memory)
    assert asyncio.run(resumed) is JobState.LOST
    assert watched.task_ids[-1] == "t-1"
    assert isinstance(watched.errors[-1], NoRoom)


@pytest.mark.parametrize("state", [JobState.PREPARED, JobState.NOT_SENT, JobState.UNKNOWN])
def test_what_memory_does_not_hold_now_is_not_sent_and_stays_what_it_was(
    tmp_path: Path, state: JobState
) -> None:
    watched = Watched(finished("a", "b"), tmp_path)
    work = job()
    watched.journal.states[work.id] = state
    with pytest.raises(NoRoom):
        asyncio.run(watched.start(work, state=state, load=out_of_memory))
    assert watched.backend.calls == []
    assert watched.journal.states[work.id] is state


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (Unreachable("dns"), JobState.NOT_SENT),
        (RateLimited(), JobState.NOT_SENT),
        (NotCreated(), JobState.NOT_CREATED),
        (AnswerLost(), JobState.UNKNOWN),
        (BadAnswer(), JobState.UNKNOWN),
        (ServiceDown(), JobState.UNKNOWN),
        (Unauthorized(), JobState.REJECTED),
        (OutOfCredit(), JobState.REJECTED),
    ],
)
def test_a_failed_submit_says_whether_it_may_have_been_charged(
    tmp_path: Path, error: AppError, state: JobState
) -> None:
    watched = Watched(ScriptedBackend(submit_answer=error), tmp_path)
    assert watched.run(job(REMOTE)) is state
    assert watched.errors[-1] is error
    repeated = isinstance(error, RateLimited | Unreachable)
    assert watched.backend.calls == ["submit"] * (4 if repeated else 1)


def test_a_failed_task_ends_with_the_services_reason(tmp_path: Path) -> None:
    backend = ScriptedBackend(polls=[task("PROCESSING"), task("FAILED", reason="out of memory")])
    watched = Watched(backend, tmp_path)
    assert watched.run(job()) is JobState.FAILED
    assert str(watched.errors[-1]) == "out of memory"


def test_passing_trouble_while_polling_is_told_and_survived(tmp_path: Path) -> None:
    backend = finished("a", "b")
    backend.polls[:0] = [Unreachable("network"), ServiceDown(), TaskNotFound(), BadAnswer()]
    watched = Watched(backend, tmp_path)
    assert watched.run(job(REMOTE)) is JobState.DONE
    assert [p.trouble for p in watched.progress].count(True) == 4


def test_a_refused_key_sets_the_job_aside_instead_of_asking_for_ever(tmp_path: Path) -> None:
    watched = Watched(ScriptedBackend(polls=[Unauthorized()]), tmp_path)
    assert watched.run(job()) is JobState.LOST


def test_trouble_never_ends_a_job(tmp_path: Path) -> None:
    backend = finished("a", "b")
    backend.polls[:0] = [Unreachable("network"), ServiceDown(), Rejected(), OutOfCredit()] * 50
    watched = Watched(backend, tmp_path)
    assert watched.run(job(REMOTE)) is JobState.DONE
    assert watched.clock.now() > 3600


def test_a_task_that_was_there_is_lost_only_after_minutes(tmp_path: Path) -> None:
    watched = Watched(ScriptedBackend(polls=[TaskNotFound()]), tmp_path)
    before = watched.clock.now()
    assert watched.run(job(REMOTE)) is JobState.LOST
    assert watched.clock.now() - before >= 300
    assert isinstance(watched.errors[-1], TaskNotFound)
    assert watched.journal.notes[-1] == "lost"


def test_the_engine_is_believed_at_once_that_it_forgot_a_task(tmp_path: Path) -> None:
    watched = Watched(ScriptedBackend(polls=[TaskNotFound()]), tmp_path)
    assert watched.run(job()) is JobState.LOST
    assert watched.backend.calls.count("poll t-1") == 1


def test_what_was_set_aside_is_asked_for_again_without_a_second_submit(tmp_path: Path) -> None:
    backend = finished("a", "b")
    watched = Watched(backend, tmp_path)
    resumed = watched.start(job(), state=JobState.LOST, task_id="t-1", have=frozenset({0}))
    assert asyncio.run(resumed) is JobState.DONE
    assert [result.index for result in watched.results] == [1]
    assert "submit" not in backend.calls
    assert "fetch a" not in backend.calls


def test_a_note_under_way_is_finished_and_told_when_the_job_is_cancelled(tmp_path: Path) -> None:
    watched = Watched(finished("a", "b"), tmp_path)
    gate = watched.journal.gate = threading.Event()

    async def scenario() -> None:
        running = asyncio.create_task(watched.start(job()))
        await asyncio.to_thread(watched.journal.entered.wait)
        running.cancel()
        gate.set()
        with pytest.raises(asyncio.CancelledError):
            await running

    asyncio.run(scenario())
    assert watched.journal.notes == ["prepared"]
    assert watched.states == [JobState.PREPARED]


def test_progress_is_told_only_where_the_service_tells_it(tmp_path: Path) -> None:
    backend = finished("a", "b")
    backend.polls[:0] = [
        task("PROCESSING", progress_percent=0),
        task("PROCESSING", progress_percent="40"),
    ]
    watched = Watched(backend, tmp_path)
    watched.run(job())
    working = [p.fraction for p in watched.progress if p.step == "working"]
    assert working == [None, 0.4]
