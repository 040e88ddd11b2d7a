"""A stroke: dabs along the way of a hand, and how to take them all back."""

from collections.abc import Iterator, Sequence
from math import floor

from app.model.aids import UNAIDED, Aids
from app.model.brush import Brush, Sample
from app.model.edges import Edges
from app.model.fresh import fresh
from app.model.geometry import EMPTY, Rect
from app.model.mask import Mask
from app.model.nib import Nib, Nibs, Tip
from app.model.patch import Patch
from app.model.picture import Picture
from app.model.recorder import Recorder
from app.model.stabiliser import Stabiliser
from app.model.stamp import Place, StampCache
from app.model.symmetry import PLAIN, Mirror, mirrors
from app.model.way import Spot, Way

GROUP = 64
"""How far dabs are apart, at most, that are looked at together: half a tile."""
LARGE = 64
"""From this reach on it pays to leave off what the last dab has painted already."""


class Stroke:
    """Paints on a mask, or erases from it, from the first sample to `finish` or `cancel`.

    It may start, end and wander outside the mask. Where it crosses itself nothing builds up.
    `picture` is needed to keep within its edges; `zoom` is what the stabiliser measures by.
    """

    def __init__(
        self,
        mask: Mask,
        brush: Brush,
        *,
        erase: bool = False,
        aids: Aids = UNAIDED,
        picture: Picture | None = None,
        zoom: float = 1.0,
        cache: StampCache | None = None,
    ) -> None:
        self._plane = mask.plane
        self._size = mask.size
        self._erase = erase
        self._recorder = Recorder(mask)
        nibs = self._nibs = Nibs(brush, cache or StampCache())
        self._stabiliser = Stabiliser(aids.stabiliser, zoom)
        # Not by way of the stroke itself: its tiles are to be let go of with it, not in a while.
        self._way = Way(lambda pressure: nibs.at(pressure).spacing, nibs.grain)
        self._mirrors = mirrors(aids.symmetry)
        self._ends: dict[Mirror, tuple[Nib, Place]] = {}  # the dabs that were set last
        self._tolerance = aids.tolerance
        self._picture = picture if aids.edges else None
        self._edges: Edges | None = None

    def extend(self, sample: Sample) -> list[Rect]:
        """Paint on to the sample; the rectangles are what may have changed."""
        if self._picture and not self._edges:
            self._edges = Edges(self._picture, self._tolerance, sample)
        return self._dab(self._way.to(self._stabiliser.follow(sample)))

    def complete(self) -> list[Rect]:
        """Paint what lies between the last dab and the hand, as `finish` does."""
        hand = self._stabiliser.let_go()
        return self._dab([*(self._way.to(hand) if hand else ()), *self._way.rest()])

    def finish(self) -> Patch:
        """End the stroke and tell what it changed."""
        self.complete()
        return self._recorder.patch()

    def cancel(self) -> list[Rect]:
        """Take the stroke back as if it had never been; the rectangles are what it touched."""
        return self._recorder.restore()

    def _dab(self, spots: Sequence[Spot]) -> list[Rect]:
        """Set a dab on each spot, and wherever symmetry repeats it."""
        # Most of the time that painting takes is spent from here on.
        dirty: list[Rect] = []
        for nib, near in self._groups(spots):
            scale, offset = nib.tip.grid, nib.tip.offset
            places = [(floor(x * scale + offset), floor(y * scale + offset)) for x, y, _ in near]
            boxes = [self._dab_group(nib, places, PLAIN)]
            for mirror in self._mirrors:
                mirrored = self._mirrored(places, nib.tip, mirror)
                boxes.append(self._dab_group(nib, mirrored, mirror))
            dirty = [a.united(b) for a, b in zip(dirty, boxes, strict=True)] if dirty else boxes
        return [box for box in dirty if not box.is_empty]

    def _groups(self, spots: Sequence[Spot]) -> Iterator[tuple[Nib, Sequence[Spot]]]:
        """Dabs of the same nib that lie close together."""
        nib_at, first = self._nibs.at, 0
        while first < len(spots):
            pressure = spots[first][2]
            nib, end = nib_at(pressure), first + 1
            most = min(len(spots), first + int(GROUP / nib.spacing))
            while end < most and (spots[end][2] == pressure or nib_at(spots[end][2]) is nib):
                end += 1
            yield nib, spots[first:end]
            first = end

    def _mirrored(self, places: list[Place], tip: Tip, mirror: Mirror) -> list[Place]:
        # Tips are symmetric, and places as exact as whole numbers: so is what they paint.
        last = 1 if tip.grid == 1 else 0
        width, height = (side * tip.grid - last for side in self._size)
        is_turned, is_upturned = mirror
        return [
            (width - column if is_turned else column, height - row if is_upturned else row)
            for column, row in places
        ]

    def _dab_group(self, nib: Nib, places: list[Place], mirror: Mirror) -> Rect:
        """Set dabs that lie close together, after keeping what is below all of them."""
        seen = self._seen(places, nib.tip)
        if seen is EMPTY:
            return EMPTY
        self._recorder.keep(seen)
        if self._edges:
            self._edges.reveal(seen)
        self._blend_all(nib, places)
        before, self._ends[mirror] = self._ends.get(mirror), (nib, places[-1])
        if before is None or before[0] is not nib or nib.tip.reach < LARGE:
            return seen
        return fresh(nib.tip, before[1], places).within(seen)

    def _seen(self, places: list[Place], tip: Tip) -> Rect:
        """The pixels of the mask that are under the dabs at some places."""
        # Dabs of a group lie along a way that hardly bends: looking at each is as fast as any.
        first, top = last, bottom = places[0]
        for column, row in places:
            if column < first:
                first = column
            elif column > last:
                last = column
            if row < top:
                top = row
            elif row > bottom:
                bottom = row
        width, height = self._size
        bits, reach = tip.bits, tip.reach
        left, right = (first >> bits) - reach, (last >> bits) + reach + 1
        top, bottom = (top >> bits) - reach, (bottom >> bits) + reach + 1
        if right <= 0 or bottom <= 0 or left >= width or top >= height:
            return EMPTY
        return Rect(
            left if left > 0 else 0,
            top if top > 0 else 0,
            right if right < width else width,
            bottom if bottom < height else height,
        )

    def _blend_all(self, nib: Nib, places: list[Place]) -> None:
        """Set the parts of dabs that are in the mask."""
        limit = self._edges.limit if self._edges else None
        nib.tip.dab(self._plane, places, self._erase, nib.opacity, limit)
