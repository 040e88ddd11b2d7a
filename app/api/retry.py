"""Trying again, where that is safe."""

import random
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


def backoff_s(tries: int) -> float:
    """Up to 1, 2, 4 … seconds, drawn anew each time so that many clients do not come at once."""
    return random.uniform(0.0, 2.0**tries)
