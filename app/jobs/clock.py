"""The time that jobs go by. It never jumps: the wall clock may be set, and is not asked."""

import asyncio
import contextlib
import time


class Clock:
    """This machine's monotonic clock, and waiting by it."""

    def now(self) -> float:
        """A reading of `time.monotonic`."""
        return time.monotonic()

    def suspended(self) -> float:
        """Seconds that this machine has slept since it was started; 0 where nobody counts them."""
        if not hasattr(time, "CLOCK_BOOTTIME"):
            return 0.0
        return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        """Wait for `event`, but no longer than some seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await event.wait()

    async def sleep(self, seconds: float) -> None:
        """Wait for some seconds."""
        await self.wait(asyncio.Event(), seconds)
