"""Areas of one colour: what the wand selects."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from app.model import kernels
from app.model.change import combine
from app.model.geometry import Rect
from app.model.kernels.areas import alike
from app.model.selection.area import Area, reach_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from app.model.change import Change
    from app.model.components import Flags
    from app.model.picture import Picture, Plane
    from app.model.selecting import Mode, Selecting


class Wand:
    """What has the colour of one pixel of a picture.

    Pixels are alike up to a tolerance, in levels of the channel that differs most; alpha is a
    channel like the others.
    """

    def __init__(self, picture: Picture, x: int, y: int) -> None:
        self._picture = picture
        self._x, self._y = x, y

    def change(
        self, selecting: Selecting, mode: Mode, base: Plane, report: Callable[[float], None]
    ) -> Change:
        """The change that joins the area to a mask."""
        area = self.area(selecting)
        report(0.5)
        return combine(base, *area, mode)

    def area(self, selecting: Selecting) -> Area:
        """What the wand selects; its slanting edges are antialiased."""
        region, box = self._region(round(selecting.tolerance), selecting.contiguous)
        reach = reach_of(box.grown(1), selecting, self._picture.size)
        around = np.zeros((reach.height, reach.width), np.bool_)
        around[box.moved(-reach.left, -reach.top).slices] = region
        coverage = np.empty((reach.height, reach.width), np.uint8)
        kernels.smooth_edges(coverage, around)
        return Area(coverage, reach).finished(selecting)

    def _region(self, tolerance: int, is_contiguous: bool) -> tuple[Flags, Rect]:
        """The pixels that are alike in a rectangle around all of them."""
        if not is_contiguous:
            found = alike(self._pixels, self._x, self._y, tolerance)
            return found, Rect.of(self._picture.size)
        sides, flags = kernels.flood(self._pixels, self._x, self._y, tolerance)
        box = Rect(*sides)
        return np.frombuffer(flags, np.bool_).reshape(box.height, box.width), box

    @cached_property
    def _pixels(self) -> NDArray[np.uint32]:
        """All channels as one number a pixel."""
        pixels = self._picture.pixels
        if self._picture.alpha is not None:
            pixels = pixels.copy()
            pixels[..., 3] = self._picture.alpha
        return pixels.view(np.uint32)[..., 0]
