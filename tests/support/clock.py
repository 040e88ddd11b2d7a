"""A clock for tests: it leaps to the next moment that somebody waits for."""

import asyncio

from app.jobs.clock import Clock

_TURNS = 5
"""Turns that all others get before time goes on."""


class LeapingClock(Clock):
    """Hours pass in no time, in order; `slept` is what was waited for, one entry a pause."""

    def __init__(self, now: float = 1000.0) -> None:
        self._now = now
        self._ends: list[float] = []
        self.asleep = 0.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self._now

    def suspended(self) -> float:
        return self.asleep

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        end = self._now + seconds
        self.slept.append(seconds)
        self._ends.append(end)
        try:
            while not await self._is_over(event, end):
                pass
        finally:
            self._ends.remove(end)

    async def _is_over(self, event: asyncio.Event, end: float) -> bool:
        for _ in range(_TURNS):
            await asyncio.sleep(0)
        if not event.is_set() and end <= min(self._ends):
            self._now = max(self._now, end)
        return event.is_set() or end <= self._now
