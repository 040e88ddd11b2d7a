"""A mask read from a picture, and made to fit another one."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal, Self, get_args

import numpy as np
from PIL import Image

from app.model.change import combine
from app.model.geometry import Rect, Size
from app.model.operations.sources import luminance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.model.change import Change
    from app.model.picture import Picture, Plane
    from app.model.selecting import Mode

Source = Literal["luminance", "alpha"]
Fit = Literal["scale", "centre", "refuse"]
"""What to do with a mask of another size: make it as large, lay it in the middle, or nothing."""

_STRIP = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a mask is read from a picture. `by` is None for what the picture suggests itself."""

    by: Source | None = None
    inverse: bool = False
    fit: Fit = "scale"

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The record in `stored`, as far as it makes sense."""
        ways = {"by": get_args(Source), "inverse": (False, True), "fit": get_args(Fit)}
        return cls(**{name: stored[name] for name in ways if stored.get(name) in ways[name]})

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def mask_of(picture: Picture) -> Plane:
    """The mask that `picture` shows, shape (height, width): white is 255, redraw.

    A picture with transparency means its opaque parts; any other means its luminance.
    """
    return read(picture, Reading())


def suggested(picture: Picture) -> Source:
    """By what a picture most likely means a mask."""
    has_holes = picture.alpha is not None and picture.alpha.min() < 255
    return "alpha" if has_holes else "luminance"


def read(picture: Picture, reading: Reading) -> Plane:
    """The mask in `picture`, of its own size."""
    by = reading.by or suggested(picture)
    plane = from_alpha(picture) if by == "alpha" else from_luminance(picture)
    return ~plane if reading.inverse else plane


def from_alpha(picture: Picture) -> Plane:
    """255 where a picture is opaque."""
    if picture.alpha is not None:
        return picture.alpha
    return np.full((picture.size.height, picture.size.width), 255, np.uint8)


def from_luminance(picture: Picture) -> Plane:
    """255 where a picture is white; grey pixels give their own value."""
    plane = np.empty((picture.size.height, picture.size.width), np.uint8)
    rows = max(1, _STRIP // picture.size.width)
    for top in range(0, picture.size.height, rows):
        plane[top : top + rows] = luminance(picture.pixels[top : top + rows])
    return plane


def fitted(plane: Plane, size: Size, fit: Fit) -> Plane | None:
    """A mask made to fit a picture of `size`; None when it does not and is to be refused."""
    height, width = plane.shape
    if (width, height) == size:
        return plane
    if fit == "scale":
        return scaled(plane, size)
    return placed(plane, size) if fit == "centre" else None


def scaled(plane: Plane, size: Size) -> Plane:
    """A mask at another size; what is all of one value stays so."""
    # Bilinear never goes beyond the values on either side, as sharper ways do.
    image = Image.fromarray(np.ascontiguousarray(plane))
    return np.array(image.resize(size, Image.Resampling.BILINEAR))


def placed(plane: Plane, size: Size) -> Plane:
    """A mask in the middle of nothing, pixel for pixel; what lies outside is cut off."""
    height, width = plane.shape
    left, top = (size.width - width) // 2, (size.height - height) // 2
    seen = Rect(0, 0, width, height).moved(left, top).within(Rect.of(size))
    whole = np.zeros((size.height, size.width), np.uint8)
    whole[seen.slices] = plane[seen.moved(-left, -top).slices]
    return whole


def change_from(base: Plane, picture: Picture, reading: Reading, mode: Mode) -> Change:
    """What the mask in `picture` makes of another; nothing where its size is refused."""
    height, width = base.shape
    size = Size(width, height)
    plane = fitted(read(picture, reading), size, reading.fit)
    return {} if plane is None else combine(base, plane, Rect.of(size), mode)
