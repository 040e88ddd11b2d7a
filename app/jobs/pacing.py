"""Not too much at once: turns, a budget of images, and pauses that may end early."""

import asyncio
from collections.abc import Callable

from app.jobs.clock import Clock

LOOK_S = 5.0
"""How often a pause looks whether the machine has slept meanwhile."""

SLEPT_S = 2.0
"""A shorter sleep of the machine changes nothing."""

WAKE_GAP_S = 1.0
"""Two reasons to look at once that come closer together are one."""

_NEARLY = 1e-6


class Turns:
    """Lets one after the other through, in order and `gap_s` apart."""

    def __init__(self, gap_s: float, clock: Clock) -> None:
        self._gap_s = gap_s
        self._clock = clock
        self._next = clock.now()

    async def take(self) -> None:
        """Wait for a turn."""
        now = self._clock.now()
        at = max(now, self._next)
        self._next = at + self._gap_s
        if at > now:
            await self._clock.sleep(at - now)


class Budget:
    """Images that may be asked for: as many as fit into a minute at once, then by and by.

    `per_minute` is asked each time; 0 sets no limit. Who waits hears of another limit through
    `look_anew`.
    """

    def __init__(self, per_minute: Callable[[], float], clock: Clock) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._level = per_minute()
        self._filled = clock.now()
        self._first = asyncio.Lock()
        self._changed = asyncio.Event()

    def look_anew(self) -> None:
        """The limit is another one: whoever waits may have to wait for less, or for more."""
        self._changed.set()

    async def spend(self, images: int, tell: Callable[[float | None], None]) -> None:
        """Wait until `images` may be asked for; `tell` hears until when, None if nobody knows."""
        if self._per_minute() <= 0:
            return
        if self._first.locked():
            tell(None)
        async with self._first:
            while (missing := self._missing(images)) > _NEARLY:
                wait_s = 60 * missing / self._per_minute()
                tell(self._clock.now() + wait_s)
                await self._clock.wait(self._changed, wait_s)
                self._changed.clear()
            self._level -= min(images, self._per_minute())

    def _missing(self, images: int) -> float:
        """How many images more the budget must hold; a larger job than fits takes all of it."""
        now, per_minute = self._clock.now(), self._per_minute()
        self._level = min(per_minute, self._level + (now - self._filled) * per_minute / 60)
        self._filled = now
        return min(images, per_minute) - self._level


class Pulse:
    """Pauses that end early when there is reason to look at once."""

    def __init__(self, clock: Clock, woken: Callable[[], None]) -> None:
        self._clock = clock
        self._tell = woken
        self._woken = asyncio.Event()
        self._last = -WAKE_GAP_S
        self._suspended = clock.suspended()

    def wake(self) -> None:
        """End all pauses, unless they were ended just now."""
        now = self._clock.now()
        if now - self._last < WAKE_GAP_S:
            return
        self._last = now
        woken, self._woken = self._woken, asyncio.Event()
        woken.set()
        self._tell()

    async def nap(self, seconds: float) -> None:
        """Pause; ends early when woken, and when the machine has slept meanwhile."""
        woken, end = self._woken, self._clock.now() + seconds
        while not woken.is_set() and (left := end - self._clock.now()) > 0:
            await self._clock.wait(woken, min(left, LOOK_S))
            self._look()

    def _look(self) -> None:
        suspended = self._clock.suspended()
        slept, self._suspended = suspended - self._suspended, suspended
        if slept > SLEPT_S:
            self.wake()
