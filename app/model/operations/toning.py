"""Levels: every value of the mask made another, whatever is around it."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.model.change import Change, Report
from app.model.geometry import Rect
from app.model.operations.places import blocks, extremes, rewritten, size_of
from app.model.operations.settings import Levels
from app.model.picture import Plane

Shares: TypeAlias = NDArray[np.float64]
"""0…1 for each of the 256 levels."""


def levels(base: Plane, settings: Levels, report: Report) -> Change:
    """Each value by a curve: from black to white, bent by gamma, times the strength."""
    curve = curve_of(settings)
    same = np.arange(256) == curve
    low, high = extremes(base)
    # A tile stays as it is when no value between its extremes changes.
    changed = np.concatenate(([0], np.cumsum(~same)))
    wanted = changed[high.astype(np.intp) + 1] > changed[low]

    def toned(place: Rect) -> Plane:
        return curve[base[place.slices]]

    return rewritten(base, blocks(wanted, size_of(base)), toned, report)


def curve_of(settings: Levels) -> Plane:
    """What each of the 256 levels becomes."""
    share = _ramp(settings.black, settings.white) ** (1 / settings.gamma)
    return _bytes(share * settings.strength)


def ramp(black: float, white: float) -> Plane:
    """The curve that rises from nothing at `black` to everything at `white`."""
    return _bytes(_ramp(black, white))


def _ramp(black: float, white: float) -> Shares:
    shares: Shares = np.clip((np.arange(256) - black) / max(1.0, white - black), 0, 1)
    return shares


def _bytes(shares: Shares) -> Plane:
    curve: Plane = np.rint(np.clip(shares, 0, 1) * 255).astype(np.uint8)
    return curve
