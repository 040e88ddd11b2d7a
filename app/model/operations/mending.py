"""Remove specks and fill holes: what is too small to be meant."""

import numpy as np

from app.model.change import Change, Report, difference
from app.model.components import Components
from app.model.geometry import EMPTY, Rect
from app.model.operations.places import around, extremes, size_of, strips
from app.model.operations.settings import FillHoles, RemoveSpecks
from app.model.picture import Plane
from app.model.tiles import TILE

MOST_LEVELS = 16
"""How many levels of a soft mask are looked at for holes."""


def remove_specks(base: Plane, settings: RemoveSpecks, report: Report) -> Change:
    """Nothing stays of parts of less than `area` pixels, however faint their paint.

    Parts hang together by the sides and the corners of their pixels.
    """
    area = _painted(base)
    if area.is_empty:
        return {}
    seen = base[area.slices]
    parts = Components(seen > 0, diagonal=True)
    report(0.5)
    specks = parts.plane(parts.areas < settings.area)
    return difference(base, np.where(specks, np.uint8(0), seen), area)


def fill_holes(base: Plane, settings: FillHoles, report: Report) -> Change:
    """Holes are raised to the level of what is around them.

    A hole at a level are pixels below it that hang together by their sides and do not reach the
    picture's edge. In a soft mask one level after the other is looked at.
    """
    area = _painted(base)
    if area.is_empty:
        return {}
    seen = base[area.slices]
    found = seen.copy()
    levels = _levels(seen)
    for done, level in enumerate(levels):
        report(done / len(levels))
        # What reaches this rectangle's edge goes on to the picture's: outside is no paint.
        gaps = Components(seen < level)
        is_hole = ~gaps.touches_border
        if not settings.any_size:
            is_hole &= gaps.areas < settings.area
        if is_hole.any():
            np.maximum(found, level, where=gaps.plane(is_hole), out=found)
    return difference(base, found, area)


def _levels(values: Plane) -> Plane:
    """The levels at which there may be holes."""
    counts = np.zeros(256, np.intp)
    for rows in strips(values.shape[0], TILE):  # counting makes eight bytes of each
        counts += np.bincount(values[rows].reshape(-1), minlength=256)
    levels = np.flatnonzero(counts)[1:]
    if levels.size > MOST_LEVELS:
        levels = np.linspace(levels[0], levels[-1], MOST_LEVELS).round()
    return levels.astype(np.uint8)


def _painted(base: Plane) -> Rect:
    """The rectangle around the tiles that hold paint."""
    _, high = extremes(base)
    return around(high > 0, size_of(base)) if high.any() else EMPTY
