"""What all jobs share: turns to ask, images a minute, and reasons to look at once."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import pairwise

import pytest

from app.contract.responses import TaskResult
from app.jobs.asking import Questions
from app.jobs.pacing import Budget, Pulse
from app.jobs.polling import settled
from app.jobs.traffic import Traffic
from app.model.job import Progress
from app.model.services import BUILTIN, PRESETS
from tests.support.clock import LeapingClock
from tests.support.script import ScriptedBackend, task

REMOTE, OTHER = PRESETS[1], PRESETS[2]


class Timed(ScriptedBackend):
    """Remembers when it was asked about which task."""

    def __init__(self, clock: LeapingClock, polls: int) -> None:
        super().__init__()
        self.clock = clock
        self.left = dict.fromkeys(map(str, range(100)), polls)
        self.asked: list[tuple[float, str]] = []

    async def task_result(self, task_id: str) -> TaskResult:
        self.asked.append((self.clock.now(), task_id))
        self.left[task_id] -= 1
        return task("SUCCEED", ["a"]) if self.left[task_id] < 0 else task("QUEUED")


def run(story: Callable[[LeapingClock, Traffic], Awaitable[None]]) -> None:
    async def scenario() -> None:
        clock = LeapingClock()
        await story(clock, Traffic(clock=clock))

    asyncio.run(scenario())


def test_all_tasks_together_are_asked_for_twice_a_second_at_most() -> None:
    async def story(clock: LeapingClock, traffic: Traffic) -> None:
        backend = Timed(clock, polls=5)
        questions = [Questions(str(n), REMOTE, backend, traffic) for n in range(20)]
        await asyncio.gather(*(settled(one, lambda progress: None) for one in questions))
        moments = [moment for moment, _ in backend.asked]
        assert len(moments) == 120
        assert min(after - before for before, after in pairwise(moments)) > 0.499
        for n in range(20):
            own = [moment for moment, task_id in backend.asked if task_id == str(n)]
            assert min(after - before for before, after in pairwise(own)) >= 1.0

    run(story)


def test_waking_asks_at_once_over_new_connections_but_never_twice_a_second() -> None:
    async def story(clock: LeapingClock, traffic: Traffic) -> None:
        backend = Timed(clock, polls=200)
        traffic.place(REMOTE, backend)
        questions = Questions("1", REMOTE, backend, traffic)
        asking = asyncio.create_task(settled(questions, lambda progress: None))
        await clock.sleep(1000)
        woken = clock.now()
        for _ in range(3):
            traffic.wake()
        await clock.sleep(3)
        asked = [moment for moment, _ in backend.asked if woken - 1 < moment <= clock.now()]
        assert len(asked) == 1
        assert asked[0] - woken <= 1.0
        assert backend.calls == ["renew"]
        await asking

    run(story)


def test_a_machine_that_has_slept_asks_when_it_wakes() -> None:
    async def story(clock: LeapingClock, traffic: Traffic) -> None:
        woken: list[float] = []
        pulse = Pulse(clock, lambda: woken.append(clock.now()))
        started = clock.now()
        napping = asyncio.create_task(pulse.nap(3600))
        await asyncio.sleep(0)
        clock.asleep = 8 * 3600.0
        await napping
        assert clock.now() - started <= 5
        assert len(woken) == 1

    run(story)


def test_a_minute_has_ten_images_and_the_wait_is_told() -> None:
    async def story(clock: LeapingClock, traffic: Traffic) -> None:
        told: list[Progress] = []
        started = clock.now()
        moments = []
        for _ in range(4):
            await traffic.admitted(REMOTE, 4, told.append)
            moments.append(round(clock.now() - started, 3))
        assert moments == [0, 0, 12, 36]
        assert [(progress.step, progress.reason) for progress in told] == [("waiting", "rate")] * 2
        assert told[0].until == started + 12

    run(story)


def test_each_service_has_images_of_its_own_and_the_engine_as_many_as_it_likes() -> None:
    async def story(clock: LeapingClock, traffic: Traffic) -> None:
        started = clock.now()
        for service in (REMOTE, OTHER):
            await traffic.admitted(service, 8, lambda progress: None)
        for _ in range(20):
            await traffic.admitted(BUILTIN, 8, lambda progress: None)
        assert clock.now() == started

    run(story)


def test_jobs_that_wait_for_images_go_in_the_order_they_came() -> None:
    async def story(clock: LeapingClock, traffic: Traffic) -> None:
        done: list[int] = []

        async def one(number: int) -> None:
            await traffic.admitted(REMOTE, 8, lambda progress: None)
            done.append(number)

        await asyncio.gather(*map(one, range(5)))
        assert done == [0, 1, 2, 3, 4]

    run(story)


def test_a_job_larger_than_a_minute_takes_a_whole_one() -> None:
    async def story(clock: LeapingClock, traffic: Traffic) -> None:
        budget = Budget(lambda: 4, clock)
        started = clock.now()
        await budget.spend(8, lambda until: None)
        assert clock.now() == started
        await budget.spend(8, lambda until: None)
        assert round(clock.now() - started, 3) == 60

    run(story)


@pytest.mark.parametrize(("limit", "waited_s"), [(0, 0), (60, 10), (5, 60)])
def test_another_limit_holds_at_once_for_who_waits(limit: float, waited_s: float) -> None:
    async def story(clock: LeapingClock, traffic: Traffic) -> None:
        traffic.images_per_minute = 10
        await traffic.admitted(REMOTE, 10, lambda progress: None)
        changed_at = clock.now()

        def change(progress: Progress) -> None:
            if traffic.images_per_minute == 10:
                traffic.images_per_minute = limit

        await traffic.admitted(REMOTE, 10, change)
        assert round(clock.now() - changed_at) == waited_s

    run(story)


def test_no_limit_is_no_wait() -> None:
    async def story(clock: LeapingClock, traffic: Traffic) -> None:
        traffic.images_per_minute = 0
        started = clock.now()
        for _ in range(9):
            await traffic.admitted(REMOTE, 8, lambda progress: None)
        assert clock.now() == started

    run(story)
