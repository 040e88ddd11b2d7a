"""Planes made soft by a Gaussian."""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageFilter

from app.model import kernels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.model.picture import Plane

SIGMAS = 3
"""How many times its standard deviation a blur reaches."""

MOST = 20.0
"""From here on three running means, whatever their length, take less than the weights of all."""


def reach_of(deviation: float) -> int:
    """How far a blur looks around."""
    return ceil(SIGMAS * deviation)


def blurred(plane: Plane, deviation: float) -> Plane:
    """A plane of which each pixel is the mean of what is around it; at its edge all goes on."""
    if deviation > MOST:
        return averaged(plane, deviation, deviation)
    return weighted(np.pad(plane, reach_of(deviation), mode="edge"), deviation)


def weighted(plane: Plane, deviation: float) -> Plane:
    """The same of the pixels that have as many on all sides as the blur reaches, up to MOST."""
    reach = reach_of(deviation)
    height, width = (length - 2 * reach for length in plane.shape)
    found = np.empty((height, width), np.uint8)
    kernels.gaussian(found, plane, _weights(deviation))
    return found


def averaged(plane: Plane, across: float, down: float) -> Plane:
    """The same, close to it, by three running means along rows and three along columns."""
    blur = ImageFilter.GaussianBlur((across, down))
    return np.asarray(Image.fromarray(np.ascontiguousarray(plane)).filter(blur))


@lru_cache(maxsize=16)
def _weights(deviation: float) -> bytes:
    """From the middle outwards, in 65536ths; the middle is half there, since it counts twice."""
    steps = np.arange(reach_of(deviation) + 1)
    bell = np.exp(-0.5 * (steps / deviation) ** 2)
    bell[0] /= 2
    # Rounded as sums, so that all of them together are no more and no less than a half.
    sums = np.rint(np.cumsum(bell) / bell.sum() * (1 << 15)).astype(np.uint16)
    weights: NDArray[np.uint16] = np.diff(sums, prepend=np.uint16(0))
    return weights.tobytes()
