"""Values that go on for a while, drawn out into a pixel each."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]

PIECE = 1 << 20
"""`np.repeat` lets no other thread have its turn; of so many pixels it takes a millisecond."""

T = TypeVar("T", bound=np.generic)


def drawn_out(values: NDArray[T], turns: Numbers) -> NDArray[T]:
    """Each value from its turn on until before the next, as `np.repeat` has it.

    `turns` begin with 0 and have one more at the end.
    """
    end = int(turns[-1])
    found = np.empty(end, values.dtype)
    for start in range(0, end, PIECE):
        stop = min(start + PIECE, end)
        first = np.searchsorted(turns, start, "right") - 1
        last = np.searchsorted(turns, stop, "left")
        seen: Numbers = np.clip(turns[first : last + 1], start, stop)
        found[start:stop] = np.repeat(values[first:last], seen[1:] - seen[:-1])
    return found
