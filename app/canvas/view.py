"""Where in the window the picture lies, in device pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil, floor
from typing import Self

from app.model.geometry import Rect, Size

MIN_ZOOM = 0.01
MAX_ZOOM = 64.0
SMOOTH_UP_TO = 2.0
"""Above this zoom pixels are shown as squares."""
REACH = 2
"""How many pixels around a place smooth drawing looks at."""
KEPT_IN_VIEW = 48
"""So much of the picture, in device pixels, stays in the window however far it is moved."""


@dataclass(frozen=True, kw_only=True)
class View:
    """A picture of size `picture` in a window of `window` device pixels.

    `zoom` is device pixels per picture pixel: at 1 one is the other. `x`, `y` is the exact place
    of the picture's corner; it is shown, and hit, at the whole device pixel next to it, so that
    at 100 % nothing is blurred.
    """

    picture: Size
    window: Size
    zoom: float = 1.0
    x: float = 0.0
    y: float = 0.0

    @cached_property
    def left(self) -> int:
        return round(self.x)

    @cached_property
    def top(self) -> int:
        return round(self.y)

    @cached_property
    def area(self) -> Rect:
        """All device pixels of the window."""
        return Rect.of(self.window)

    @cached_property
    def level(self) -> int:
        """How often the picture is halved to be shown: while it has a pixel for each of ours."""
        level = 0
        while self.zoom * 2 ** (level + 1) <= 1:
            level += 1
        return level

    @property
    def is_smooth(self) -> bool:
        return self.zoom < SMOOTH_UP_TO

    @cached_property
    def frame(self) -> Rect:
        """The device pixels that show the picture, in the window or not.

        One that is only touched, with its middle outside, is not drawn.
        """
        return Rect(
            self.left,
            self.top,
            ceil(self.left + self.picture.width * self.zoom - 0.5),
            ceil(self.top + self.picture.height * self.zoom - 0.5),
        )

    @cached_property
    def visible(self) -> Rect:
        """The device pixels of the window that show the picture."""
        return self.frame.within(self.area)

    def to_picture(self, x: float, y: float) -> tuple[float, float]:
        """The place in the picture that is shown at a place in the window."""
        return (x - self.left) / self.zoom, (y - self.top) / self.zoom

    def to_window(self, rect: Rect) -> Rect:
        """The device pixels that pixels of the picture touch."""
        return Rect(
            floor(self.left + rect.left * self.zoom),
            floor(self.top + rect.top * self.zoom),
            ceil(self.left + rect.right * self.zoom),
            ceil(self.top + rect.bottom * self.zoom),
        )

    def touched(self, rect: Rect) -> Rect:
        """The device pixels of the window that look different when these of the picture do."""
        # At 100 % every pixel is drawn as it is, without a look around.
        reach = REACH << self.level if self.is_smooth and self.zoom != 1 else 0
        return self.to_window(rect.grown(reach)).within(self.visible)

    def sampled(self, area: Rect) -> Rect:
        """What drawing `area` of the window looks at, in the pixels of `level`."""
        scale, level = self.zoom * (1 << self.level), self.level
        return Rect(
            max(0, floor((area.left - self.left) / scale) - REACH),
            max(0, floor((area.top - self.top) / scale) - REACH),
            min(-(-self.picture.width >> level), ceil((area.right - self.left) / scale) + REACH),
            min(-(-self.picture.height >> level), ceil((area.bottom - self.top) / scale) + REACH),
        )

    def seen(self, area: Rect, margin: int = 0) -> Rect:
        """The pixels of the picture that `area` of the window shows, and `margin` more."""
        left, top = self.to_picture(area.left, area.top)
        right, bottom = self.to_picture(area.right, area.bottom)
        rect = Rect(floor(left), floor(top), ceil(right), ceil(bottom))
        return rect.grown(margin).within(Rect.of(self.picture))

    def zoomed(self, zoom: float, at: tuple[float, float]) -> Self:
        """Another zoom; what is shown at the place `at` of the window stays there."""
        zoom = min(max(zoom, MIN_ZOOM), MAX_ZOOM)
        share = zoom / self.zoom
        return replace(
            self,
            zoom=zoom,
            x=at[0] - (at[0] - self.x) * share,
            y=at[1] - (at[1] - self.y) * share,
        )

    def moved(self, dx: float, dy: float) -> Self:
        """Pushed to the side, but never wholly out of the window."""
        wide, high = self.picture.width * self.zoom, self.picture.height * self.zoom
        return replace(
            self,
            x=_held(self.x + dx, wide, self.window.width),
            y=_held(self.y + dy, high, self.window.height),
        )

    def resized(self, window: Size) -> Self:
        """The same in another window; its middle stays the middle."""
        dx, dy = window.width - self.window.width, window.height - self.window.height
        return replace(self, window=window).moved(dx / 2, dy / 2)

    def fitted(self, margin: float, most: float = MAX_ZOOM) -> Self:
        """As large as the window allows with a margin around, at most `most`, in the middle."""
        zoom = min(
            max(1.0, self.window.width - 2 * margin) / self.picture.width,
            max(1.0, self.window.height - 2 * margin) / self.picture.height,
            most,
        )
        zoom = min(max(zoom, MIN_ZOOM), MAX_ZOOM)
        return replace(
            self,
            zoom=zoom,
            x=(self.window.width - self.picture.width * zoom) / 2,
            y=(self.window.height - self.picture.height * zoom) / 2,
        )


def _held(start: float, length: float, window: int) -> float:
    kept = min(KEPT_IN_VIEW, length, window)
    return min(max(start, kept - length), window - kept)
