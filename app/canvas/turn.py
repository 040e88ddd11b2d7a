"""How the picture lies in the window: mirrored, turned, or neither."""

from __future__ import annotations

from math import ceil, cos, floor, radians, sin
from typing import NamedTuple

from app.model.geometry import Rect

_QUARTERS = {0: (1.0, 0.0), 90: (0.0, 1.0), 180: (-1.0, 0.0), 270: (0.0, -1.0)}
"""Cosine and sine without the last bit's doubt, so that pixels stay whole."""


class Axes(NamedTuple):
    """Where the picture's two axes point in the window, as vectors of length 1."""

    xx: float
    xy: float
    yx: float
    yy: float

    @property
    def is_straight(self) -> bool:
        """Whether the picture's edges run along the window's."""
        return 0.0 in (self.xx, self.xy)

    def to_window(self, x: float, y: float) -> tuple[float, float]:
        """Turn a place around the picture's corner."""
        return self.xx * x + self.yx * y, self.xy * x + self.yy * y

    def to_picture(self, x: float, y: float) -> tuple[float, float]:
        """Turn it back."""
        return self.xx * x + self.xy * y, self.yx * x + self.yy * y

    def box_in_window(self, box: Box) -> Box:
        """What a box of the picture covers, widely, when it is turned."""
        return _around(box, self.xx, self.yx, self.xy, self.yy)

    def box_in_picture(self, box: Box) -> Box:
        """What a box of the window covers, widely, when it is turned back."""
        return _around(box, self.xx, self.xy, self.yx, self.yy)


class Box(NamedTuple):
    """A rectangle of any fraction of pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def pixels(self) -> Rect:
        """The whole pixels that it touches."""
        return Rect(floor(self.left), floor(self.top), ceil(self.right), ceil(self.bottom))

    def scaled(self, across: float, down: float) -> Box:
        return Box(self.left * across, self.top * down, self.right * across, self.bottom * down)

    def moved(self, dx: float, dy: float) -> Box:
        return Box(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """The place in it that is nearest to another."""
        return min(max(x, self.left), self.right), min(max(y, self.top), self.bottom)


def axes(angle: float, *, mirrored: bool) -> Axes:
    """The axes of a picture that is mirrored left to right, then turned clockwise by degrees."""
    quarter = _QUARTERS.get(int(angle) % 360) if angle == int(angle) else None
    along, across = quarter or (cos(radians(angle)), sin(radians(angle)))
    side = -1.0 if mirrored else 1.0
    return Axes(side * along, side * across, -across, along)


def _around(box: Box, a: float, b: float, c: float, d: float) -> Box:
    """The box around (a · x + b · y, c · x + d · y) of all places of another."""
    left, top, right, bottom = box
    ax, ay = sorted((a * left, a * right)), sorted((b * top, b * bottom))
    cx, cy = sorted((c * left, c * right)), sorted((d * top, d * bottom))
    return Box(ax[0] + ay[0], cx[0] + cy[0], ax[1] + ay[1], cx[1] + cy[1])
