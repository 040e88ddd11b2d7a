"""How much of each pixel a polygon covers, exactly.

Edges are cut at whole rows and wherever two of them cross, so that between two cuts they lie side
by side; there the winding rule finds those that bound the area. What each of them adds to the
pixels right of it is noted as a difference to the pixel before. The sum of all differences is the
coverage, and only pixels that an edge passes ever need to be computed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.model.runs import drawn_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.model.geometry import Rect
    from app.model.picture import Plane

Numbers: TypeAlias = NDArray[np.intp]
Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]


PAIRS = 1 << 20
"""How many pairs of edges are looked at together: bounds the memory that scribbles take."""
MANY, STEPS = 1 << 14, 256
"""Beyond so many crossings their heights are rounded to such parts of a pixel: they are so close
together then that no level of a pixel shows it."""


class _Edges(NamedTuple):
    """Straight pieces from `x0`, `y0` down to `x1`, `y1`; `turn` is 1 for those drawn downwards.

    Winding around a place is the sum of the turns of all edges left of it.
    """

    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    turn: Floats

    def at(self, chosen: Numbers | Flags) -> _Edges:
        return _Edges(*(values[chosen] for values in self))

    def x(self, y: Floats) -> Floats:
        """Where each edge is at a height between its ends."""
        share = (y - self.y0) / (self.y1 - self.y0)
        return self.x0 + share * (self.x1 - self.x0)

    def between(self, top: Floats, bottom: Floats) -> _Edges:
        """The part of each edge between two heights."""
        return _Edges(self.x(top), top, self.x(bottom), bottom, self.turn)


def cover_polygon(points: Sequence[tuple[float, float]], rect: Rect) -> Plane:
    """The coverage, 0…255, of the pixels in `rect` by a closed polygon.

    Pixel (i, j) covers i ≤ x < i + 1, j ≤ y < j + 1. A place is inside where the winding is not
    zero, so a line that crosses itself leaves no holes where it goes round twice the same way.
    """
    plane = np.zeros((rect.height, rect.width), np.uint8)
    edges = _rows(_edges_of(points), rect)
    if edges.turn.size and rect.width:
        _fill(plane, *_differences(_bounding(edges), rect))
    return plane


def _edges_of(points: Sequence[tuple[float, float]]) -> _Edges:
    """All edges that are not level, the one from the last point to the first too."""
    starts = np.asarray(points, np.float64).reshape(-1, 2)
    ends = np.roll(starts, -1, axis=0)
    sloping = starts[:, 1] != ends[:, 1]
    starts, ends = starts[sloping], ends[sloping]
    falls = starts[:, 1] < ends[:, 1]
    upper, lower = np.where(falls[:, None], (starts, ends), (ends, starts))
    return _Edges(upper[:, 0], upper[:, 1], lower[:, 0], lower[:, 1], np.where(falls, 1.0, -1.0))


def _rows(edges: _Edges, rect: Rect) -> _Edges:
    """The edges cut into pieces of one row each, as far as they are in the rectangle's rows."""
    top, bottom = np.clip((edges.y0, edges.y1), rect.top, rect.bottom)
    seen = top < bottom
    edges, top, bottom = edges.at(seen), top[seen], bottom[seen]
    first = np.floor(top)
    counts = (np.ceil(bottom) - first).astype(np.intp)
    which, step = _spread(counts)
    row = first[which] + step
    return edges.at(which).between(np.maximum(top[which], row), np.minimum(bottom[which], row + 1))


def _bounding(edges: _Edges) -> _Edges:
    """The parts of edges that bound the area: outside on one side of them, inside on the other."""
    heights = np.unique(np.concatenate((edges.y0, edges.y1, _crossings(edges))))
    first = np.searchsorted(heights, edges.y0)
    counts = np.searchsorted(heights, edges.y1) - first
    which, step = _spread(counts)
    slab = first[which] + step
    parts = edges.at(which).between(heights[slab], heights[slab + 1])
    order = np.lexsort((parts.x0 + parts.x1, slab))
    parts = parts.at(order)
    # All turns of a slab add up to nothing, so that the next one begins at 0 again.
    winding = np.cumsum(parts.turn)
    is_outside_before, is_outside_after = winding == parts.turn, winding == 0
    bounds = is_outside_before != is_outside_after
    return parts._replace(turn=np.where(is_outside_before, 1.0, -1.0)).at(bounds)


def _crossings(edges: _Edges) -> Floats:
    """The heights at which edges of the same row cross."""
    row = np.floor(edges.y0)
    order = np.argsort(row, kind="stable")
    edges, row = edges.at(order), row[order]
    # Each with all that follow it in its row.
    counts = np.searchsorted(row, row, "right") - np.arange(row.size) - 1
    part = np.cumsum(counts) // PAIRS
    found = [_crossings_of(edges, np.flatnonzero(part == each), counts) for each in np.unique(part)]
    heights = np.concatenate(found)
    return heights if heights.size <= MANY else np.rint(heights * STEPS) / STEPS


def _crossings_of(edges: _Edges, which: Numbers, counts: Numbers) -> Floats:
    """The heights at which some edges cross one of those that follow them."""
    nth, step = _spread(counts[which])
    one = which[nth]
    a, b = edges.at(one), edges.at(one + 1 + step)
    top, bottom = np.maximum(a.y0, b.y0), np.minimum(a.y1, b.y1)
    meet = top < bottom
    a, b, top, bottom = a.at(meet), b.at(meet), top[meet], bottom[meet]
    before, after = a.x(top) - b.x(top), a.x(bottom) - b.x(bottom)
    cross = before * after < 0
    share = before[cross] / (before[cross] - after[cross])
    heights: Floats = top[cross] + share * (bottom[cross] - top[cross])
    return heights


def _differences(edges: _Edges, rect: Rect) -> tuple[Numbers, Floats]:
    """Where the coverage is not that of the pixel before, in reading order, and by how much.

    Places are counted in rows of the rectangle that have one pixel more.
    """
    left, right = np.minimum(edges.x0, edges.x1), np.maximum(edges.x0, edges.x1)
    first = np.floor(left)
    which, step = _spread((np.maximum(np.ceil(right), first + 1) - first).astype(np.intp))
    left, right, column = left[which], right[which], first[which] + step
    near, far = np.maximum(left, column), np.minimum(right, column + 1)
    width = right - left
    height = (edges.y1 - edges.y0)[which]
    height = np.where(width > 0, height * (far - near) / np.where(width > 0, width, 1), height)
    height *= edges.turn[which]
    later = height * ((near + far) / 2 - column)  # what only the next pixel sees in full
    row = (np.floor(edges.y0[which]) - rect.top) * (rect.width + 1)
    places = np.concatenate(
        [row + np.clip(column + more - rect.left, 0, rect.width) for more in (0, 1)]
    ).astype(np.intp)
    found, back = np.unique(places, return_inverse=True)
    summed = np.bincount(back, np.concatenate((height - later, later)))
    return found, summed.astype(np.float64)


def _fill(plane: Plane, places: Numbers, differences: Floats) -> None:
    """Add the differences up into a plane."""
    height, width = plane.shape
    levels = np.rint(np.cumsum(differences) * 255)
    values = np.concatenate(((0,), np.clip(levels, 0, 255))).astype(np.uint8)
    turns = np.concatenate(((0,), places, (height * (width + 1),)))
    plane[...] = drawn_out(values, turns).reshape(height, width + 1)[:, :-1]


def _spread(counts: Numbers) -> tuple[Numbers, Numbers]:
    """Each index as often as counted, and how often it was there before."""
    which = np.repeat(np.arange(counts.size), counts)
    return which, np.arange(which.size) - np.repeat(np.cumsum(counts) - counts, counts)
