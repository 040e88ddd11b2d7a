"""The coroutines that run beside the window, each with an owner."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol, TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")

Failed = Callable[[BaseException], None]


class Running(Protocol):
    """What was started."""

    def cancel(self) -> object:
        """End it as soon as it waits for something."""


Spawn = Callable[[Coroutine[Any, Any, None]], Running]
"""Starts a coroutine beside the window; whoever gave it away holds on to what it started."""

Beside = Callable[..., Awaitable[Any]]
"""Calls a function that blocks, with its arguments, in a thread; gives what it returns."""


class Tasks:
    """Starts coroutines, holds on to them, and ends them together.

    `failed` hears of every exception that a coroutine let through; such a one is a bug.
    """

    def __init__(self, failed: Failed) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._failed = failed

    def spawn(self, coroutine: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Start `coroutine` on the running loop."""
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    async def aclose(self, patience_s: float = 5.0) -> None:
        """Cancel all that still runs and wait for it, at most `patience_s` seconds."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=patience_s)
            for task in late:
                log.warning("did not end in time: %s", task.get_name())

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._failed(error)
