"""Trying again, where that is safe."""

from collections.abc import Awaitable, Callable
from itertools import count
from typing import TypeVar

from app.model.errors import AppError

Sleep = Callable[[float], Awaitable[None]]
Pause = Callable[[AppError, int], float | None]
"""From an error and the tries before it to the seconds to wait; None means: give up."""

Value = TypeVar("Value")


async def repeated(call: Callable[[], Awaitable[Value]], pause: Pause, sleep: Sleep) -> Value:
    """The value of `call`, called again after each error for as long as `pause` says so."""
    for tries in count():
        try:
            return await call()
        except AppError as error:
            wait = pause(error, tries)
            if wait is None:
                raise
        await sleep(wait)
    raise AssertionError("count() ended")
