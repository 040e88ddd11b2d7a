"""From a finished task to pictures on disk. Each is on its own: what one meets stops no other."""

import asyncio
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from app.jobs.links import Link, Links
from app.jobs.saving import Arrived, Saving
from app.jobs.steps import Deliver, Steps, seen_through
from app.jobs.traffic import Traffic
from app.model.errors import AppError, BadAnswer, BadLink, NotKept, StorageError, Unreadable
from app.model.job import Job, Progress, Result

PAUSES_S = (2.0, 8.0, 30.0, 120.0, 300.0)
"""Between the rounds in which a picture is asked for; each begins with a fresh link."""

ROUNDS_S = 900.0
"""No round begins later than this."""

HOPELESS_ROUNDS = 3
"""Rounds after which what is no picture, or no address, is believed to stay so."""


@dataclass(frozen=True, slots=True)
class _Wait:
    """Until when a picture waits for its next round, and what it met in the last one."""

    until: float
    met: AppError


class Collector:
    """Fetches, keeps, composites and saves the pictures of one job.

    It is complete, and may be noted as done, only when each has its row in the journal.
    """

    def __init__(
        self, job: Job, saving: Saving, links: Links, steps: Steps, traffic: Traffic
    ) -> None:
        self._job = job
        self._saving = saving
        self._links = links
        self._steps = steps
        self._traffic = traffic
        self._have = set(steps.work.have)
        self._total = 0
        self._waits: dict[int, _Wait] = {}

    async def collect(self, kept: Collection[int]) -> AppError | None:
        """See to all that is missing, from the answers of the indices in `kept` where it can.

        Returns the first error if any is missing still, else None.
        """
        wanted = sorted({*range(len(self._links)), *kept} - self._have)
        self._total = len(wanted) + len(self._have)
        self._tell_saved()
        async with asyncio.TaskGroup() as group:
            ended = [group.create_task(self._see_to(index)) for index in wanted]
        errors = [task.result() for task in ended]
        return next((error for error in errors if error is not None), self._short())

    def _short(self) -> AppError | None:
        asked = self._job.parameters.image_num
        short = len(self._have) < asked
        return BadAnswer(f"{len(self._have)} of {asked} pictures") if short else None

    async def _see_to(self, index: int) -> AppError | None:
        rounds = _Rounds(index, self._saving, self._links, self._traffic, self._deliver)
        met = await rounds.ended(partial(self._wait, index))
        self._waits.pop(index, None)
        return met

    def _wait(self, index: int, wait: _Wait) -> None:
        self._waits[index] = wait
        self._tell_saved()

    def _deliver(self, result: Result) -> None:
        self._waits.pop(result.index, None)
        self._have.add(result.index)
        self._steps.listener.deliver(result)
        self._tell_saved()

    def _tell_saved(self) -> None:
        saved = len(self._have) / self._total if self._total else 0.0
        progress = Progress(step="saving", fraction=saved)
        if self._waits:
            waits = self._waits.values()
            until = min(wait.until for wait in waits)
            reason = "room" if any(_is_full(wait.met) for wait in waits) else ""
            held = _held_until(wait.met for wait in waits)
            progress = replace(progress, trouble=True, until=until, reason=reason, held_until=held)
        self._steps.report(progress)


class _Rounds:
    """One picture, tried in rounds: what arrived in one need not arrive again."""

    def __init__(
        self, index: int, saving: Saving, links: Links, traffic: Traffic, deliver: Deliver
    ) -> None:
        self._index = index
        self._saving = saving
        self._links = links
        self._traffic = traffic
        self._deliver = deliver
        self._arrived: Arrived | None = None
        self._unreadable: Arrived | None = None
        self._used: Link | None = None

    async def ended(self, wait: Callable[[_Wait], None]) -> AppError | None:
        """None once the picture is delivered, else what the last round met; `wait` hears when
        the next begins, and why."""
        end = self._traffic.clock.now() + ROUNDS_S
        for number, pause_s in enumerate((*PAUSES_S, None), 1):
            try:
                await self._round()
                return None
            except AppError as error:
                met = error
            now = self._traffic.clock.now()
            if pause_s is None or now + pause_s > end or _is_final(met, number):
                break
            wait(_Wait(now + pause_s, met))
            await self._traffic.pulse.nap(pause_s)
            if self._arrived is None:
                await self._links.refresh(self._used)
        return await self._last_word(met)

    async def _round(self) -> None:
        if self._arrived is None and self._unreadable is None:
            self._arrived = await asyncio.to_thread(self._saving.kept, self._index)
        if self._arrived is None:
            self._used = self._links.link(self._index)
            data = await self._links.fetch(self._used)
            self._arrived = Arrived(self._index, data, until=self._used.until)
        async with self._traffic.desk:
            await self._save(self._arrived)

    async def _save(self, arrived: Arrived) -> None:
        try:
            await seen_through(partial(self._saving.save, arrived), self._deliver)
        except Unreadable:
            self._unreadable, self._arrived = arrived, None
            raise

    async def _last_word(self, met: AppError) -> AppError:
        """What is told in the end: bytes that are no picture are kept first."""
        if self._unreadable is None or self._unreadable.raw_path is not None:
            return met
        try:
            return await asyncio.to_thread(self._saving.keep_unreadable, self._unreadable)
        except StorageError as refused:
            return refused


def _is_final(error: AppError, number: int) -> bool:
    """Whether another round is of no use: only for room on the disk it is worth to wait."""
    if isinstance(error, Unreadable | BadLink):
        return number >= HOPELESS_ROUNDS
    return isinstance(error, StorageError) and not _is_full(error)


def _held_until(met: Iterable[AppError]) -> datetime | None:
    """Until when the service has all that could not be kept."""
    ends = (error.until for error in met if isinstance(error, NotKept))
    return min((end for end in ends if end is not None), default=None)


def _is_full(error: AppError) -> bool:
    return isinstance(error, StorageError) and error.kind == "full"
