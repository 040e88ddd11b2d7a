"""Where in the window the picture lies, in device pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil, floor
from typing import Self

from app.canvas.turn import Axes, Box, axes
from app.model.geometry import Rect, Size

MIN_ZOOM = 0.01
MAX_ZOOM = 64.0
SMOOTH_UP_TO = 2.0
"""Above this zoom pixels are shown as squares."""
REACH = 2
"""How many pixels around a place smooth drawing looks at."""
KEPT_IN_VIEW = 48
"""So far inside the window, in device pixels, the picture keeps at least a corner."""
SLACK = 2
"""How far, in device pixels, turned pixels may be drawn from where they belong.

Qt steps through a turned picture by fractions of 16 bits, which add up along a row.
"""


@dataclass(frozen=True, kw_only=True)
class View:
    """A picture of size `picture` in a window of `window` device pixels.

    `zoom` is device pixels per picture pixel: at 1 one is the other. The picture is `mirrored`
    left to right, then turned clockwise by `angle` degrees. `x`, `y` is the exact place of its
    first corner; it is shown, and hit, so that the picture begins with a whole device pixel, and
    nothing is blurred at 100 %.
    """

    picture: Size
    window: Size
    zoom: float = 1.0
    x: float = 0.0
    y: float = 0.0
    angle: float = 0.0
    mirrored: bool = False

    @cached_property
    def left(self) -> float:
        return round(self.x) if self.is_upright else _whole(self.x, self._turned.left)

    @cached_property
    def top(self) -> float:
        return round(self.y) if self.is_upright else _whole(self.y, self._turned.top)

    @cached_property
    def area(self) -> Rect:
        """All device pixels of the window."""
        return Rect.of(self.window)

    @cached_property
    def axes(self) -> Axes:
        return axes(self.angle, mirrored=self.mirrored)

    @cached_property
    def is_upright(self) -> bool:
        """Whether the picture is neither turned nor mirrored."""
        return self.axes == (1, 0, 0, 1)

    @cached_property
    def scale(self) -> tuple[float, float]:
        """Device pixels per pixel of the picture along each of its axes.

        It is `zoom`, except along a side that would be shorter than one device pixel: that is
        shown as one, so that the thinnest picture is seen and can be painted on.
        """
        return max(self.zoom, 1 / self.picture.width), max(self.zoom, 1 / self.picture.height)

    @cached_property
    def is_exact(self) -> bool:
        """Whether each pixel of the picture is one of the window."""
        return self.zoom == 1 and self.axes.is_straight

    @cached_property
    def level(self) -> int:
        """How often the picture is halved to be shown: while it has a pixel for each of ours."""
        level = 0
        while self.zoom * 2 ** (level + 1) <= 1:
            level += 1
        return level

    @cached_property
    def is_smooth(self) -> bool:
        return self.zoom < SMOOTH_UP_TO

    @cached_property
    def mixes(self) -> bool:
        """Whether pixels are shown that lie between those of the picture."""
        return self.is_smooth and not self.is_exact

    @cached_property
    def box(self) -> Box:
        """Around the picture in the window."""
        return self._turned.moved(self.left, self.top)

    @cached_property
    def _turned(self) -> Box:
        """The same, seen from the picture's first corner."""
        return self.axes.box_in_window(Box(0, 0, *self.picture).scaled(*self.scale))

    @cached_property
    def frame(self) -> Rect:
        """The device pixels that show the picture, in the window or not.

        One that is only touched, with its middle outside, is not drawn; where the picture is
        turned askew some in the corners show none of it.
        """
        if not self.axes.is_straight:
            return self.box.pixels
        return Rect(*(ceil(side - 0.5) for side in self.box))

    @cached_property
    def visible(self) -> Rect:
        """The device pixels of the window that show the picture."""
        return self.frame.within(self.area)

    @cached_property
    def steps(self) -> tuple[int, int, int, int, int, int]:
        """Where device pixels are in the pixels of `level`, as the kernels want it told."""
        x, y = 0.5 - self.left, 0.5 - self.top
        across, down = ((1 << 32) / (scale * (1 << self.level)) for scale in self.scale)
        xx, xy = self.axes.xx * across, self.axes.xy * across
        yx, yy = self.axes.yx * down, self.axes.yy * down
        return (
            *(round(xx * x + xy * y), round(xx), round(xy)),
            *(round(yx * x + yy * y), round(yx), round(yy)),
        )

    def to_picture(self, x: float, y: float) -> tuple[float, float]:
        """The place in the picture that is shown at a place in the window."""
        across, down = self.scale
        x, y = x - self.left, y - self.top
        if not self.is_upright:
            x, y = self.axes.to_picture(x, y)
        return x / across, y / down

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where in the window a place in the picture is shown."""
        across, down = self.scale
        x, y = self.axes.to_window(x * across, y * down)
        return self.left + x, self.top + y

    def to_window(self, rect: Rect) -> Rect:
        """The device pixels that pixels of the picture touch."""
        across, down = self.scale
        if self.is_upright:  # as while painting, most of the time
            x, y = self.left, self.top
            left, top, right, bottom = rect
            return Rect(
                floor(x + left * across),
                floor(y + top * down),
                ceil(x + right * across),
                ceil(y + bottom * down),
            )
        turned = self.axes.box_in_window(Box(*rect).scaled(across, down))
        return turned.moved(self.left, self.top).pixels

    def touched(self, rect: Rect) -> Rect:
        """The device pixels of the window that look different when these of the picture do."""
        reach, slack = self._margins
        seen = self.to_window(rect.grown(reach) if reach else rect)
        return (seen.grown(slack) if slack else seen).within(self.visible)

    @cached_property
    def _margins(self) -> tuple[int, int]:
        """How far drawing a pixel looks around in the picture, and strays in the window."""
        # Where every pixel is drawn as it is, there is no look around.
        reach = REACH << self.level if self.mixes else 0
        return reach, 0 if self.axes.is_straight else SLACK

    def sampled(self, area: Rect) -> Rect:
        """What drawing `area` of the window looks at, in the pixels of `level`."""
        share = 1 / (1 << self.level)
        left, top, right, bottom = self._shown_in(area).scaled(share, share)
        return Rect(
            max(0, floor(left) - REACH),
            max(0, floor(top) - REACH),
            min(-(-self.picture.width >> self.level), ceil(right) + REACH),
            min(-(-self.picture.height >> self.level), ceil(bottom) + REACH),
        )

    def seen(self, area: Rect, margin: int = 0) -> Rect:
        """The pixels of the picture that `area` of the window shows, and `margin` more."""
        return self._shown_in(area).pixels.grown(margin).within(Rect.of(self.picture))

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

    def turned(self, angle: float, at: tuple[float, float]) -> Self:
        """Another angle; what is shown at the place `at` of the window stays there."""
        dx, dy = axes(angle - self.angle, mirrored=False).to_window(self.x - at[0], self.y - at[1])
        return replace(self, angle=angle % 360, x=at[0] + dx, y=at[1] + dy)

    def flipped(self) -> Self:
        """What is shown at the left is shown at the right, and the other way round."""
        angle, x = -self.angle % 360, self.window.width - self.x
        return replace(self, mirrored=not self.mirrored, angle=angle, x=x)

    def moved(self, dx: float, dy: float) -> Self:
        """Pushed to the side, but never wholly out of the window."""
        x, y = self.x + dx, self.y + dy
        dx, dy = self._way_back(x, y)
        return replace(self, x=x + dx, y=y + dy)

    def resized(self, window: Size) -> Self:
        """The same in another window; its middle stays the middle."""
        dx, dy = window.width - self.window.width, window.height - self.window.height
        return replace(self, window=window).moved(dx / 2, dy / 2)

    def fitted(self, margin: float, most: float = MAX_ZOOM, around: Rect | None = None) -> Self:
        """The picture, or `around` of it, as large as the window allows, and in the middle.

        There is a margin around it, and the zoom is at most `most`.
        """
        wanted = self.axes.box_in_window(Box(*(around or Rect.of(self.picture))))
        zoom = min(
            max(1.0, self.window.width - 2 * margin) / wanted.width,
            max(1.0, self.window.height - 2 * margin) / wanted.height,
            most,
        )
        return self._centred(wanted, zoom)

    def filled(self) -> Self:
        """As small as it can be without showing anything but the picture; its middle stays."""
        window = self.axes.box_in_picture(Box(0, 0, *self.window))
        zoom = max(window.width / self.picture.width, window.height / self.picture.height)
        return self._centred(self.axes.box_in_window(Box(0, 0, *self.picture)), zoom)

    def _centred(self, wanted: Box, zoom: float) -> Self:
        """A zoom, and the middle of a box that is turned already in the window's middle."""
        zoom = min(max(zoom, MIN_ZOOM), MAX_ZOOM)
        x = self.window.width - (wanted.left + wanted.right) * zoom
        y = self.window.height - (wanted.top + wanted.bottom) * zoom
        return replace(self, zoom=zoom, x=x / 2, y=y / 2)

    def _shown_in(self, area: Rect) -> Box:
        """What of the picture, and beyond it, an area of the window shows."""
        box = Box(*area).moved(-self.left, -self.top)
        if not self.is_upright:
            box = self.axes.box_in_picture(box)
        across, down = self.scale
        return box.scaled(1 / across, 1 / down)

    def _way_back(self, x: float, y: float) -> tuple[float, float]:
        """How far a picture at `x`, `y` is to be pushed to be kept in the window."""
        width, height = self.window
        middle = self.axes.to_picture(width / 2 - x, height / 2 - y)
        nearest = Box(0, 0, *self.picture).scaled(*self.scale).nearest(*middle)
        dx, dy = self.axes.to_window(*nearest)
        shown = x + dx, y + dy
        rim_x, rim_y = min(KEPT_IN_VIEW, width / 2), min(KEPT_IN_VIEW, height / 2)
        kept = Box(rim_x, rim_y, width - rim_x, height - rim_y).nearest(*shown)
        return kept[0] - shown[0], kept[1] - shown[1]


def _whole(corner: float, start: float) -> float:
    """The place next to a corner's for which what begins `start` from there begins whole."""
    return round(corner + start) - start
