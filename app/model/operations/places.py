"""Where an operation can change a mask at all, and the mask taken piece by piece."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.model.change import Change, Report, difference
from app.model.geometry import Rect, Size
from app.model.picture import Plane
from app.model.tiles import TILE, Tiles

Grid: TypeAlias = NDArray[np.uint8]
"""A value for each tile."""
Wanted: TypeAlias = NDArray[np.bool_]
"""A flag for each tile."""


def size_of(plane: Plane) -> Size:
    height, width = plane.shape[:2]
    return Size(width, height)


def extremes(plane: Plane) -> tuple[Grid, Grid]:
    """The lowest and the highest value in each tile."""
    tiles = Tiles(size_of(plane))
    low, high = (np.empty((tiles.rows, tiles.columns), np.uint8) for _ in range(2))
    starts = np.arange(0, tiles.size.width, TILE)
    for row in range(tiles.rows):
        band = plane[row * TILE : (row + 1) * TILE]
        np.minimum.reduceat(band.min(axis=0), starts, out=low[row])
        np.maximum.reduceat(band.max(axis=0), starts, out=high[row])
    return low, high


def lowest_near(grid: Grid, reach: int) -> Grid:
    """The lowest value in the tiles that lie within `reach` pixels of each tile."""
    return ~highest_near(~grid, reach)


def highest_near(grid: Grid, reach: int) -> Grid:
    """The highest value in the tiles that lie within `reach` pixels of each tile."""
    steps = -(-reach // TILE)
    padded = np.pad(grid, steps)
    rows, columns = grid.shape
    across = padded[:, :columns].copy()
    for step in range(1, 2 * steps + 1):
        np.maximum(across, padded[:, step : step + columns], out=across)
    near = across[:rows].copy()
    for step in range(1, 2 * steps + 1):
        np.maximum(near, across[step : step + rows], out=near)
    return near


def blocks(wanted: Wanted, size: Size, *, tall: int = 1, wide: int = 16) -> list[Rect]:
    """The wanted tiles as blocks of so many rows and columns of tiles at most."""
    found = []
    for top in range(0, wanted.shape[0], tall):
        columns = np.flatnonzero(wanted[top : top + tall].any(axis=0))
        for run in _runs(columns):
            for left in range(run.start, run.stop, wide):
                right = min(left + wide, run.stop)
                block = Rect(left, top, right, top + tall)
                found.append(Rect(*(side * TILE for side in block)).within(Rect.of(size)))
    return found


def around(wanted: Wanted, size: Size) -> Rect:
    """The rectangle around all wanted tiles, of which there must be one."""
    rows, columns = np.nonzero(wanted)
    sides = Rect(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    return Rect(*(int(side) * TILE for side in sides)).within(Rect.of(size))


def rewritten(
    base: Plane, places: Sequence[Rect], make: Callable[[Rect], Plane], report: Report
) -> Change:
    """The change to what `make` says that some places are to hold."""
    change: dict[int, bytes] = {}
    for done, place in enumerate(places):
        report(done / len(places))
        change.update(difference(base, make(place), place))
    return change


def padded(base: Plane, rect: Rect, margin: int, outside: int | None = None) -> Plane:
    """The pixels of `rect` and `margin` around it, which nobody may change.

    Beyond the plane's edge there is `outside`, or else the nearest pixel goes on.
    """
    wide = rect.grown(margin)
    inside = wide.within(Rect.of(size_of(base)))
    if inside == wide:
        return base[wide.slices]
    if outside is None:
        sides = (
            (inside.top - wide.top, wide.bottom - inside.bottom),
            (inside.left - wide.left, wide.right - inside.right),
        )
        return np.pad(base[inside.slices], sides, mode="edge")
    found = np.full((wide.height, wide.width), outside, np.uint8)
    found[inside.moved(-wide.left, -wide.top).slices] = base[inside.slices]
    return found


def strips(length: int, step: int) -> Iterator[slice]:
    """A length cut into pieces of `step`."""
    return (slice(start, min(start + step, length)) for start in range(0, length, step))


def _runs(numbers: NDArray[np.intp]) -> Iterator[range]:
    """Ascending numbers as runs of neighbours."""
    if not numbers.size:
        return
    breaks = np.flatnonzero(np.diff(numbers) > 1) + 1
    for run in np.split(numbers, breaks):
        yield range(int(run[0]), int(run[-1]) + 1)
