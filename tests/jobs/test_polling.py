"""When a task is asked about, and what its answers and their absence mean."""

import asyncio
import logging
import math
from itertools import pairwise

import pytest

from app.contract.responses import TaskResult
from app.jobs.asking import Questions
from app.jobs.polling import Watch, delay_s, settled
from app.jobs.traffic import Traffic
from app.model.errors import (
    AppError,
    BadAnswer,
    JobFailed,
    RateLimited,
    ServiceDown,
    TaskNotFound,
    Unreachable,
)
from app.model.job import Progress
from app.model.services import PRESETS
from tests.support.clock import LeapingClock
from tests.support.script import ScriptedBackend, task

REMOTE = PRESETS[1]


class Timed(ScriptedBackend):
    """Remembers when it was asked."""

    clock: LeapingClock

    async def task_result(self, task_id: str) -> TaskResult:
        self.asked.append(self.clock.now())
        return await super().task_result(task_id)


def asked(*polls: TaskResult | AppError) -> tuple[list[float], list[Progress]]:
    """The seconds after the acceptance at which a service was asked, and what was told."""
    told: list[Progress] = []

    async def story() -> list[float]:
        clock = LeapingClock()
        backend = Timed(polls=list(polls))
        backend.clock, backend.asked = clock, []
        started = clock.now()
        questions = Questions("t-1", REMOTE, backend, Traffic(clock=clock))
        await settled(questions, told.append)
        return [moment - started for moment in backend.asked]

    return asyncio.run(story()), told


DONE = task("SUCCEED", ["a"])


def test_a_service_is_first_asked_after_a_second_and_never_more_often() -> None:
    moments, _ = asked(*[task("QUEUED")] * 40, DONE)
    assert moments[0] == 1.0
    assert all(after - before >= 1.0 for before, after in pairwise(moments))


def test_polling_calms_down_with_time() -> None:
    moments, _ = asked(*[task("PROCESSING")] * 300, DONE)
    gaps = {int(before): round(after - before, 3) for before, after in pairwise(moments)}
    assert max(gap for at, gap in gaps.items() if at < 110) == 5.0
    assert {gap for at, gap in gaps.items() if 130 < at < 880} == {10.0}
    assert {gap for at, gap in gaps.items() if at > 910} == {30.0}


def test_after_a_day_a_task_is_asked_for_only_when_there_is_reason_to() -> None:
    assert delay_s(86_399, 9, is_local=False) == 30.0
    assert delay_s(86_401, 9, is_local=False) == math.inf


def test_the_built_in_engine_is_asked_often_but_not_in_a_spin() -> None:
    delays = [delay_s(0, polls, is_local=True) for polls in range(50)]
    assert 0.05 <= delays[0] <= 0.2
    assert delays[-1] == 0.5


def test_trouble_is_told_with_the_moment_of_the_next_try_and_met_ever_calmer() -> None:
    moments, told = asked(*[Unreachable("network")] * 9, DONE)
    gaps = [after - before for before, after in pairwise(moments)]
    assert 1.6 <= gaps[0] <= 2.4
    assert 48 <= gaps[-1] <= 72
    assert all(progress.trouble and progress.until is not None for progress in told)


def test_a_service_that_asks_to_come_later_is_left_alone_that_long() -> None:
    moments, _ = asked(RateLimited(retry_after_s=200), DONE)
    assert moments[1] - moments[0] == 200


def test_waking_does_not_hurry_a_service_that_asked_to_come_later() -> None:
    async def story() -> float:
        clock = LeapingClock()
        backend = Timed(polls=[RateLimited(retry_after_s=200), DONE])
        backend.clock, backend.asked = clock, []
        traffic = Traffic(clock=clock)
        questions = Questions("t-1", REMOTE, backend, traffic)
        asking = asyncio.create_task(settled(questions, lambda progress: None))
        await clock.sleep(10)
        traffic.wake()
        await asking
        first, second = backend.asked
        return float(second - first)

    assert asyncio.run(story()) == 200


def test_progress_is_clamped_and_never_goes_back() -> None:
    percents = [20, -5, "nonsense", 10, 1e12, 30]
    _, told = asked(*[task("PROCESSING", progress_percent=one) for one in percents], DONE)
    assert [progress.fraction for progress in told] == [0.2, 0.2, 0.2, 0.2, 1.0, 1.0]


def test_a_task_that_takes_long_is_said_to() -> None:
    _, told = asked(*[task("QUEUED")] * 80, DONE)
    assert not told[0].is_long
    assert told[-1].is_long


def test_a_strange_status_counts_as_running_and_is_logged_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING, "app")
    asked(*[task("DREAMING")] * 5, DONE)
    assert len(caplog.records) == 1


@pytest.mark.parametrize("trouble", [ServiceDown(), BadAnswer(), JobFailed("flapping")])
def test_once_a_task_has_succeeded_nothing_takes_that_back(trouble: AppError) -> None:
    moments, _ = asked(task("SUCCEED"), trouble, task("FAILED"), DONE)
    assert len(moments) == 4


def test_a_failure_that_the_service_tells_of_is_final() -> None:
    with pytest.raises(JobFailed, match="no memory"):
        asked(task("FAILED", reason="no memory"))


def test_a_task_is_lost_after_three_times_over_five_minutes_not_before() -> None:
    watch = Watch(0.0, is_local=False)
    for now in (1.0, 100.0, 300.0):
        watch.failed(TaskNotFound(), now)
    with pytest.raises(TaskNotFound):
        watch.failed(TaskNotFound(), 301.0)


def test_a_task_that_turns_up_again_was_not_lost() -> None:
    watch = Watch(0.0, is_local=False)
    for now in (1.0, 100.0, 299.0):
        watch.failed(TaskNotFound(), now)
    watch.heard(task("PROCESSING"), 300.0)
    watch.failed(TaskNotFound(), 400.0)
