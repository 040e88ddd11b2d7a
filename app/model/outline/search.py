"""Searches for an object by what its colours are, and those of the ground around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.model.outline.cut import Cut, widened
from app.model.outline.mixture import Mixture

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.model.outline.cut import Flags
    from app.model.outline.levels import Level
    from app.model.outline.mixture import Floats
    from app.model.picture import Plane

SAMPLES = 3000
"""The colours that are enough to know an object or its ground."""
RIM = 0.35
"""The share of the depth that is first taken for ground, and its outer half rather so later."""
RIM_COST = 1.0
"""What speaks against the object there, in units of likelihood."""
MOST = 8.0
"""What a colour counts for at most, in units of likelihood."""
ROUNDS, STEPS, LAST_STEPS = 7, 100, 300
"""How often colours are learnt, and the steps of each cut in between."""
SMOOTHNESS, FINE_SMOOTHNESS = 20.0, 50.0
"""What a pixel's length of outline costs, in units of likelihood."""
BAND, FINE_STEPS = 4, 40
"""How far beside the outline of half the size the outline may be, and the steps to find it."""
SEED = 1


class Search:
    """Knows the object that is inside a line of a small picture, and refines it in larger ones.

    There must be pixels on either side of the line.
    """

    def __init__(self, level: Level) -> None:
        self._random = np.random.default_rng(SEED)
        self._level = level
        self._inside = level.inside > 127
        self._colors: Floats = level.channels.reshape(3, -1).T.astype(np.float32)
        depth = _depth_of(self._inside)
        self._depth = depth / max(np.float32(1), RIM * depth.max())
        self._ground = Mixture(self._some(~self._inside), self._random)
        self._object = Mixture(self._some(self._depth >= 1), self._random)

    def found(self, report: Callable[[float], None]) -> Plane:
        """The object at this size: cut out and learnt from by turns."""
        cut = Cut(self._inside, self._level.channels)
        shares = np.zeros(self._inside.shape, np.float32)
        now: Floats = cut.taken(self._depth >= 1).astype(np.float32)
        rim = RIM_COST * np.clip(2 - 2 * cut.taken(self._depth), 0, 1)
        for number in range(ROUNDS):
            report(number / ROUNDS)
            cost = (self._costs(cut) + rim) / np.float32(SMOOTHNESS)
            now = cut.solve(now, cost, STEPS if number + 1 < ROUNDS else LAST_STEPS)
            cut.put(now, shares)
            is_object = shares > 0.5
            if not is_object.any():
                break
            self._object.learn(self._some(is_object))
            self._ground.learn(self._some(~is_object))
        return np.rint(shares * 255).astype(np.uint8)

    def refined(self, found: Plane, level: Level) -> Plane:
        """What was found at half the size, its edge moved to where it is at this size."""
        is_object = found > 127
        refined = is_object * np.uint8(255)
        free = _band(is_object) & (level.inside > 127)
        if not free.any():
            return refined
        cut = Cut(free, level.channels)
        start = np.where(cut.is_free, cut.taken(found), cut.taken(refined))
        cost = self._costs(cut) / np.float32(FINE_SMOOTHNESS)
        shares = cut.solve(start.astype(np.float32) / np.float32(255), cost, FINE_STEPS)
        cut.put(np.rint(shares * 255).astype(np.uint8), refined)
        return refined

    def _costs(self, cut: Cut) -> Floats:
        """How much rather each pixel is ground."""
        rather = self._ground.likelihood(cut.colors) - self._object.likelihood(cut.colors)
        return np.clip(rather, -MOST, MOST, out=rather)

    def _some(self, chosen: Flags) -> Floats:
        """Colours of some of the pixels that are chosen."""
        pixels = np.flatnonzero(chosen)
        if len(pixels) > SAMPLES:
            pixels = self._random.choice(pixels, SAMPLES, replace=False)
        return self._colors[pixels]


def _depth_of(inside: Flags) -> Floats:
    """How many steps it is from each pixel to the outside; the picture's edge is no outside."""
    depth = np.zeros(inside.shape, np.float32)
    while inside.any():
        depth += inside
        inside = ~widened(~inside)
    return depth


def _band(is_object: Flags) -> Flags:
    """The pixels near the edge."""
    band = widened(is_object) & widened(~is_object)
    for _ in range(BAND - 1):
        band = widened(band)
    return band
