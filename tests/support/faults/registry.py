"""Faults by name: `place.name` is what a place alone can have, a bare name what any place can."""

import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from tests.support.wire import Call, Fault

Broken = Callable[..., Awaitable[None]]
"""A fault with parameters after the call."""

_BY_NAME: dict[str, Broken] = {}
_NUMBERED = re.compile(r"(.+_)(\d{3})")


def fault(*names: str) -> Callable[[Broken], Broken]:
    """Enter a coroutine function under `names`; a name that ends in `_N` takes a number there."""

    def enter(broken: Broken) -> Broken:
        for name in names:
            assert name not in _BY_NAME, name
            _BY_NAME[name] = broken
        return broken

    return enter


def named(name: str, **parameters: Any) -> Fault:
    """The fault `name` with `parameters`; it is counted under its whole name."""
    _, _, bare = name.partition(".")
    broken, given = _found((name, bare))

    async def happen(call: Call) -> None:
        await broken(call, *given, **parameters)

    happen.__name__ = name
    return happen


def names() -> Iterable[str]:
    """All that can be asked for, as it was entered."""
    return tuple(_BY_NAME)


def _found(names: Iterable[str]) -> tuple[Broken, tuple[int, ...]]:
    for name in names:
        if broken := _BY_NAME.get(name):
            return broken, ()
        numbered = _NUMBERED.fullmatch(name)
        if numbered and (broken := _BY_NAME.get(f"{numbered[1]}N")):
            return broken, (int(numbered[2]),)
    raise KeyError(f"no fault of the names {names}")
