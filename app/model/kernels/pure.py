"""The kernels in numpy: what they mean, and what runs where the compiled ones are not built."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from app.model.geometry import EMPTY, Rect
from app.model.halving import halve
from app.model.kernels.areas import flood, smooth_edges

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from app.model.picture import Plane

    Notes = NDArray[np.int16]


__all__ = [
    "dab",
    "flood",
    "halve",
    "keep_tiles",
    "settle_tiles",
    "smooth_edges",
    "swap_tiles",
    "tile_bytes",
    "walk",
]

MIXED = -1
"""What is noted of a tile whose pixels may have several values."""


def dab(
    plane: Plane,
    dabs: list[tuple[Plane, int, int]],
    erase: bool,
    opacity: int,
    limit: Plane | None,
    /,
) -> None:
    """Paint stamps of coverage, told with the column and row of their corners.

    They are clipped to the plane. Where a stamp covers more than is painted already, it is as full
    as the stamp; `erase` takes away in the same way. `opacity`, 0…255, scales the stamps, and
    `limit`, a plane of the same size, is the most that they may cover at each pixel.
    """
    for stamp, left, top in dabs:
        _dab(plane, stamp, left, top, erase, opacity, limit)


def _dab(
    plane: Plane,
    stamp: Plane,
    left: int,
    top: int,
    erase: bool,
    opacity: int,
    limit: Plane | None,
) -> None:
    height, width = stamp.shape
    whole = Rect(left, top, left + width, top + height)
    seen = whole.within(Rect(0, 0, plane.shape[1], plane.shape[0]))
    if seen.is_empty:
        return
    if seen != whole:
        stamp = stamp[seen.moved(-left, -top).slices]
    if opacity != 255:
        # Rounded: 255 is odd, so no quotient lies halfway.
        stamp = ((stamp * np.uint16(opacity) + np.uint16(127)) // np.uint16(255)).astype(np.uint8)
    if limit is not None:
        stamp = np.minimum(stamp, limit[seen.slices])
    values = plane[seen.slices]
    if erase:
        np.minimum(values, ~stamp, out=values)
    else:
        np.maximum(values, stamp, out=values)


def walk(
    start: tuple[float, ...],
    bow: tuple[float, float],
    end: tuple[float, ...],
    pieces: int,
    pressure: float,
    ahead: float,
    spacing: float,
    /,
) -> tuple[list[tuple[float, float, float]], float]:
    """Go along a piece of a brush's way with the same pressure all over.

    It is a parabola of so many straight pieces, whose middle lies by `bow` off the straight line
    from `start` to `end`. Where dabs fall on it, the first `ahead` from its start, and how far
    beyond its end the next one does.
    """
    spots = []
    x, y = x0, y0 = start[:2]
    for number in range(1, pieces + 1):
        t = number / pieces
        off = 4 * t * (1 - t)
        to_x = x0 + (end[0] - x0) * t + bow[0] * off if number < pieces else end[0]
        to_y = y0 + (end[1] - y0) * t + bow[1] * off if number < pieces else end[1]
        dx, dy = to_x - x, to_y - y
        length = sqrt(dx * dx + dy * dy)
        while ahead <= length:
            share = ahead / length if length else 0.0
            spots.append((x + dx * share, y + dy * share, pressure))
            ahead += spacing
        ahead -= length
        x, y = to_x, to_y
    return spots, ahead


def tile_bytes(values: Plane) -> bytes:
    """The values in reading order; a single one where they are all the same."""
    data = values.tobytes()
    one = data[:1]
    return one if data == one * len(data) else data


def keep_tiles(
    plane: Plane,
    notes: Notes,
    side: int,
    block: tuple[int, int, int, int],
    before: dict[int, bytes],
) -> None:
    """Keep what some tiles hold that are not kept yet, and note that it may change from now on.

    Tiles are `side` pixels wide and high, numbered in reading order, and told as `tile_bytes` does.
    `notes` has the value of each that is all over it, or MIXED. `block` says which, in columns and
    rows of tiles.
    """
    for row in range(block[1], block[3]):
        for column in range(block[0], block[2]):
            tile = row * notes.shape[1] + column
            if tile not in before:
                before[tile] = _held(plane, notes, side, tile)
                notes[row, column] = MIXED


def settle_tiles(
    plane: Plane, notes: Notes, side: int, before: Mapping[int, bytes]
) -> tuple[dict[int, bytes], tuple[int, int, int, int]]:
    """Note what tiles hold that were written.

    Those that changed, with what they held before, and the rectangle around all pixels that did.
    """
    changed, around = {}, EMPTY
    for tile, data in before.items():
        values = _tile(plane, notes, side, tile)
        after = tile_bytes(values)
        notes.flat[tile] = after[0] if len(after) == 1 else MIXED
        if after != data:
            changed[tile] = data
            row, column = divmod(tile, notes.shape[1])
            differing = _around(values, data).moved(column * side, row * side)
            around = differing.united(around)
    return changed, around


def _around(values: Plane, data: bytes) -> Rect:
    """The rectangle around what of a tile is not as these bytes say."""
    held = np.frombuffer(data, np.uint8)
    differs = values != (held if len(data) == 1 else held.reshape(values.shape))
    rows = np.flatnonzero(differs.any(axis=1)).tolist()
    columns = np.flatnonzero(differs.any(axis=0)).tolist()
    return Rect(columns[0], rows[0], columns[-1] + 1, rows[-1] + 1)


def swap_tiles(
    plane: Plane, notes: Notes, side: int, tiles: Mapping[int, bytes]
) -> dict[int, bytes]:
    """Put bytes into tiles; what these held."""
    now = {}
    for tile, data in tiles.items():
        values = _tile(plane, notes, side, tile)
        now[tile] = _held(plane, notes, side, tile)
        is_even = len(data) == 1
        values[...] = data[0] if is_even else np.frombuffer(data, np.uint8).reshape(values.shape)
        notes.flat[tile] = data[0] if is_even else MIXED
    return now


def changed_tiles(
    before: Plane, after: Plane, side: int, rect: tuple[int, int, int, int]
) -> dict[int, bytes]:
    """The tiles of a plane that differ in another one, and what they hold there.

    `after` has the pixels of `rect` alone, which is within the plane and not empty; the planes are
    the same around it.
    """
    height, width = before.shape
    whole = Rect(*rect)
    if not Rect(0, 0, width, height).contains(whole) or after.shape != whole.size[::-1]:
        raise ValueError("rect: not the pixels of `after` within the plane")
    changed = {}
    for row in range(whole.top // side, -(-whole.bottom // side)):
        for column in range(whole.left // side, -(-whole.right // side)):
            tile = Rect(column * side, row * side, (column + 1) * side, (row + 1) * side)
            seen = tile.within(whole)
            values = after[seen.moved(-whole.left, -whole.top).slices]
            if not (before[seen.slices] != values).any():
                continue
            held = before[tile.slices].copy()
            held[seen.moved(-tile.left, -tile.top).slices] = values
            changed[row * -(-width // side) + column] = tile_bytes(held)
    return changed


def _held(plane: Plane, notes: Notes, side: int, tile: int) -> bytes:
    """The bytes of a tile, without a look at it if it is noted."""
    value = notes.item(tile)
    return tile_bytes(_tile(plane, notes, side, tile)) if value == MIXED else bytes((value,))


def _tile(plane: Plane, notes: Notes, side: int, tile: int) -> Plane:
    if not 0 <= tile < notes.size:
        raise ValueError("no such tile")
    row, column = divmod(tile, notes.shape[1])
    return plane[row * side : (row + 1) * side, column * side : (column + 1) * side]
