"""What is sent again by itself, and what never is."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.contract.parameters import Parameters
from app.jobs import runner
from app.jobs.ports import Sent
from app.jobs.prepare import new_job
from app.jobs.steps import Listener
from app.jobs.traffic import Traffic
from app.model.errors import (
    AnswerLost,
    AppError,
    NotAllowed,
    NotCreated,
    OutOfCredit,
    RateLimited,
    StorageError,
    Unauthorized,
    Unreachable,
)
from app.model.job import Accepted, Job, JobState, Progress, Upload
from app.model.picture import Picture
from app.model.png import encode_picture
from app.model.services import PRESETS
from tests.support.clock import LeapingClock
from tests.support.jobs import picture_of
from tests.support.script import NotedJournal, ScriptedBackend, ports, task

REMOTE = PRESETS[1]
PICTURE: Picture = picture_of()


def job(**changes: object) -> Job:
    chosen = {"prompt": "an islet", "model_name": "m", "image_num": 1, "mask_blur": 0, **changes}
    mask = PICTURE.pixels[..., 0]
    return new_job(REMOTE, Parameters(**chosen), PICTURE, mask)


class Sender:
    """Sends a job to a service that answers as it is told; then the job succeeds."""

    def __init__(self, folder: Path, *submits: str | AppError) -> None:
        self.backend = ScriptedBackend(
            submits=list(submits),
            polls=[task("SUCCEED", ["a"])],
            fetches={"a": [encode_picture(PICTURE)]},
        )
        self.journal = NotedJournal()
        self.ports = ports(self.backend, folder, self.journal)
        self.clock = LeapingClock()
        self.told: list[Progress] = []
        self.ends: list[AppError | None] = []

    def run(self, work: Job, *, is_attended: bool = False) -> JobState:
        return asyncio.run(self.start(work, Traffic(clock=self.clock, is_attended=is_attended)))

    async def start(self, work: Job, traffic: Traffic) -> JobState:
        listener = Listener(
            follow=lambda state, task_id, error: self.ends.append(error),
            report=self.told.append,
            deliver=lambda result: None,
        )
        of = runner.new_work(work, self.ports)
        return await runner.run(of, self.ports, traffic, listener)

    @property
    def waits(self) -> list[tuple[str, float | None]]:
        return [(told.reason, told.until) for told in self.told if told.reason]


def test_the_attempt_is_on_disk_before_the_request_leaves(tmp_path: Path) -> None:
    class Looking(ScriptedBackend):
        async def submit(self, parameters: Parameters, upload: Upload, sent: Sent) -> Accepted:
            assert journal.notes[-1] == "submitting"
            (attempt,) = journal.attempts
            assert attempt.number == 1
            assert attempt.body_sha256 == self.digest(parameters, upload)
            assert attempt.key_fingerprint == self.fingerprint
            assert attempt.balance == 3.5
            return await super().submit(parameters, upload, sent)

    sender = Sender(tmp_path)
    journal = sender.journal
    backend = Looking(
        polls=sender.backend.polls, fetches=sender.backend.fetches, recent_balance=3.5
    )
    sender.ports = replace(sender.ports, backend=backend)
    assert sender.run(job()) is JobState.DONE
    assert journal.answers == [b"raw t-1"]


def test_a_service_that_asks_to_slow_down_is_obeyed_and_the_wait_is_told(tmp_path: Path) -> None:
    sender = Sender(tmp_path, RateLimited(retry_after_s=7), RateLimited(retry_after_s=300))
    before = sender.clock.now()
    assert sender.run(job()) is JobState.DONE
    assert sender.waits == [("limited", before + 7), ("limited", before + 307)]
    assert sender.journal.notes[:6] == [
        "prepared", "submitting", "prepared", "submitting", "prepared", "submitting"
    ]  # fmt: skip
    assert [attempt.number for attempt in sender.journal.attempts] == [1, 2, 3]


@pytest.mark.parametrize("kind", ["dns", "refused", "timeout", "network"])
def test_what_was_not_delivered_is_tried_three_times_more(tmp_path: Path, kind: str) -> None:
    sender = Sender(tmp_path, *[Unreachable(kind)] * 9)
    before = sender.clock.now()
    assert sender.run(job()) is JobState.NOT_SENT
    assert sender.backend.calls == ["submit"] * 4
    assert sender.clock.now() - before <= 1 + 2 + 4
    assert [reason for reason, _ in sender.waits] == ["unreachable"] * 3


@pytest.mark.parametrize(
    "error",
    [
        Unreachable("tls"),
        Unreachable("proxy"),
        AnswerLost(kind="silence"),
        AnswerLost(kind="elsewhere"),
        NotCreated(),
        OutOfCredit(),
        NotAllowed(reason="FEATURE_NOT_ALLOWED"),
    ],
    ids=repr,
)
def test_nothing_else_is_sent_again_by_itself(tmp_path: Path, error: AppError) -> None:
    sender = Sender(tmp_path, *[error] * 2)
    assert sender.run(job(), is_attended=True) is not JobState.DONE
    assert sender.backend.calls == ["submit"]
    assert sender.ends[-1] is error


def test_an_id_that_was_salvaged_is_kept_with_what_was_said(tmp_path: Path) -> None:
    sender = Sender(tmp_path, AnswerLost(kind="cut", raw=b'{"task_id": "t-9",', task_id="t-9"))
    assert sender.run(job()) is JobState.UNKNOWN
    assert sender.journal.notes[-1] == "unknown t-9"
    assert sender.journal.answers == [b'{"task_id": "t-9",']


def test_the_id_of_another_job_is_not_believed(tmp_path: Path) -> None:
    sender = Sender(tmp_path, "t-7")
    sender.journal.tasks.add("t-7")
    assert sender.run(job()) is JobState.UNKNOWN
    (error,) = sender.ends[-1:]
    assert isinstance(error, AnswerLost)
    assert (error.kind, error.task_id) == ("repeated", "")
    assert sender.journal.notes[-1] == "unknown"


def test_a_disk_that_fails_after_the_answer_costs_no_id(tmp_path: Path) -> None:
    class Failing(NotedJournal):
        def has_task(self, base_url: str, task_id: str) -> bool:
            raise StorageError("full", tmp_path)

    sender = Sender(tmp_path, "t-1")
    sender.ports = replace(sender.ports, journal=Failing())
    assert sender.run(job()) is JobState.DONE


@pytest.mark.parametrize(
    "error",
    [Unauthorized(), NotAllowed(reason="NEED_REAL_NAME_VERIFY"), NotAllowed(reason="")],
    ids=repr,
)
def test_a_refused_key_keeps_the_job_prepared_until_it_is_another(
    tmp_path: Path, error: AppError
) -> None:
    sender = Sender(tmp_path, error)
    traffic = Traffic(clock=sender.clock)

    async def story() -> JobState:
        refused = asyncio.Event()
        traffic.gate.on_refused(lambda service, error: refused.set())
        running = asyncio.create_task(sender.start(job(), traffic))
        await refused.wait()
        assert sender.journal.notes[-1] == "prepared"
        traffic.gate.open(REMOTE, "key-1")
        assert traffic.gate.is_closed(REMOTE)
        traffic.gate.open(REMOTE, "key-2")
        return await running

    assert asyncio.run(story()) is JobState.DONE
    assert sender.backend.calls.count("submit") == 2


def test_a_key_that_was_changed_meanwhile_is_tried_at_once(tmp_path: Path) -> None:
    class Changing(ScriptedBackend):
        async def submit(self, parameters: Parameters, upload: Upload, sent: Sent) -> Accepted:
            self.fingerprint = "key-2"
            return await super().submit(parameters, upload, sent)

    sender = Sender(tmp_path)
    backend = Changing(
        submits=[Unauthorized()], polls=sender.backend.polls, fetches=sender.backend.fetches
    )
    sender.ports = replace(sender.ports, backend=backend)
    assert sender.run(job(), is_attended=True) is JobState.DONE


def test_where_nobody_is_there_a_refused_key_ends_the_job(tmp_path: Path) -> None:
    sender = Sender(tmp_path, Unauthorized())
    assert sender.run(job()) is JobState.REJECTED


def test_a_job_that_is_stopped_on_its_way_out_is_prepared_again(tmp_path: Path) -> None:
    class Half(ScriptedBackend):
        async def submit(self, parameters: Parameters, upload: Upload, sent: Sent) -> Accepted:
            sent(1, 2)
            asyncio.get_running_loop().call_soon(running.cancel)
            await asyncio.Event().wait()
            raise AssertionError("never set")

    sender = Sender(tmp_path)
    sender.ports = replace(sender.ports, backend=Half())
    running: asyncio.Task[JobState]

    async def story() -> None:
        nonlocal running
        running = asyncio.create_task(sender.start(job(), Traffic(clock=sender.clock)))
        with pytest.raises(asyncio.CancelledError):
            await running

    asyncio.run(story())
    assert sender.journal.notes == ["prepared", "submitting", "prepared"]


def test_a_job_that_is_stopped_while_its_sending_is_noted_is_prepared_again(
    tmp_path: Path,
) -> None:
    """No byte has left, so nobody need be asked what became of it."""
    sender = Sender(tmp_path)
    note = sender.journal.note

    async def story() -> None:
        loop = asyncio.get_running_loop()

        def stopping(job_id: str, state: JobState, **facts: Any) -> None:
            if state is JobState.SUBMITTING:
                loop.call_soon_threadsafe(running.cancel)
            note(job_id, state, **facts)

        sender.journal.note = stopping
        running = asyncio.create_task(sender.start(job(), Traffic(clock=sender.clock)))
        with pytest.raises(asyncio.CancelledError):
            await running

    asyncio.run(story())
    assert sender.journal.notes == ["prepared", "submitting", "prepared"]
    assert sender.backend.calls == []
