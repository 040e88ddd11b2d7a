"""A stroke: dabs along the way of a hand, and how to take them all back."""

from collections.abc import Sequence
from math import floor, hypot

from app.model import kernels
from app.model.brush import Brush, Sample
from app.model.geometry import EMPTY, Rect
from app.model.mask import Mask
from app.model.patch import Patch
from app.model.recorder import Recorder
from app.model.stamp import StampCache

Point = tuple[float, float]

Place = tuple[int, int]
"""A point, counted in the places that `Stamps` has."""

GROUP = 64
"""How far dabs are apart, at most, that are looked at together: half a tile."""


class Stroke:
    """Paints on a mask, or erases from it, from the first sample to `finish` or `cancel`.

    It may start, end and wander outside the mask. Where it crosses itself nothing builds up.
    """

    def __init__(
        self, mask: Mask, brush: Brush, *, erase: bool = False, cache: StampCache | None = None
    ) -> None:
        self._plane = mask.plane
        self._stamps = (cache or StampCache()).stamps(brush)
        self._erase = erase
        self._recorder = Recorder(mask)
        self._way = Way(brush.spacing)
        self._group = max(1, int(GROUP / brush.spacing))
        self._whole = Rect.of(mask.size)

    def extend(self, sample: Sample) -> Rect:
        """Paint on to the sample; the rectangle is what may have changed."""
        return self._dab(self._way.to((sample.x, sample.y)))

    def complete(self) -> Rect:
        """Paint what lies between the last dab and the last sample, as `finish` does."""
        return self._dab(self._way.rest())

    def finish(self) -> Patch:
        """End the stroke and tell what it changed."""
        self.complete()
        return self._recorder.patch()

    def cancel(self) -> list[Rect]:
        """Take the stroke back as if it had never been; the rectangles are what it touched."""
        return self._recorder.restore()

    def _dab(self, points: Sequence[Point]) -> Rect:
        """Set a dab on each point of a straight line."""
        dirty = EMPTY
        for start in range(0, len(points), self._group):
            box = self._dab_group(points[start : start + self._group])
            dirty = dirty.united(box) if start else box
        return dirty

    def _dab_group(self, points: Sequence[Point]) -> Rect:
        """Set dabs that lie close together on a line, after keeping what is below all of them."""
        # Most of the time that painting takes is spent in this and the next function.
        scale, offset = self._stamps.grid, self._stamps.offset
        places = [(floor(x * scale + offset), floor(y * scale + offset)) for x, y in points]
        seen = self._around(places[0], places[-1]).within(self._whole)
        if seen.is_empty:
            return EMPTY
        self._recorder.keep(seen)
        self._blend_all(places)
        return seen

    def _blend_all(self, places: Sequence[Place]) -> None:
        """Set the parts of dabs that are in the mask."""
        plane, stamp_at, erase = self._plane, self._stamps.at, self._erase
        bits, last, reach = self._stamps.bits, self._stamps.grid - 1, self._stamps.reach
        for column, row in places:
            stamp = stamp_at(column & last, row & last)
            kernels.dab(plane, stamp, (column >> bits) - reach, (row >> bits) - reach, erase=erase)

    def _around(self, one: Place, other: Place) -> Rect:
        """All pixels of the dabs at two places, be they in the mask or not."""
        bits, reach = self._stamps.bits, self._stamps.reach
        left, right = (one[0], other[0]) if one[0] < other[0] else (other[0], one[0])
        top, bottom = (one[1], other[1]) if one[1] < other[1] else (other[1], one[1])
        return Rect(
            (left >> bits) - reach,
            (top >> bits) - reach,
            (right >> bits) + reach + 1,
            (bottom >> bits) + reach + 1,
        )


class Way:
    """The places of dabs along a line that grows: one at its start, then one every `spacing`."""

    def __init__(self, spacing: float) -> None:
        self._spacing = spacing
        self._end: Point | None = None
        self._ahead = 0.0  # from the line's end to the next dab

    def to(self, end: Point) -> Sequence[Point]:
        """Go on straight to `end`; the places that this adds."""
        start = self._end or end
        (x, y), dx, dy = start, end[0] - start[0], end[1] - start[1]
        self._end = end
        length, ahead = hypot(dx, dy), self._ahead
        places = []
        while ahead <= length:
            share = ahead / length if length else 0.0
            places.append((x + dx * share, y + dy * share))
            ahead += self._spacing
        self._ahead = ahead - length
        return places

    def rest(self) -> Sequence[Point]:
        """The very end of the line, unless a dab is there already."""
        if self._end is None or self._ahead == self._spacing:
            return ()
        self._ahead = self._spacing
        return (self._end,)
