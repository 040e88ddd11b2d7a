"""What is compiled from `c/`; `pure` tells what it does."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from app.model.picture import Plane

Flags = NDArray[np.bool_]
Notes = NDArray[np.int16]
Pixels = NDArray[np.uint32]
Steps = tuple[int, int, int, int, int, int]

def blue_first(pixels: Pixels, /) -> None: ...
def dab(
    plane: Plane,
    dabs: list[tuple[Plane, int, int]],
    erase: bool,
    opacity: int,
    limit: Plane | None,
    /,
) -> None: ...
def disc(
    plane: Plane,
    places: list[tuple[int, int]],
    inner: float,
    falloff: float,
    profile: bytes,
    erase: bool,
    opacity: int,
    limit: Plane | None,
    /,
) -> None: ...
def near(
    limit: Plane,
    pixels: Pixels,
    area: tuple[int, int, int, int],
    color: tuple[int, int, int],
    shares: bytes,
    /,
) -> None: ...
def tile_bytes(values: Plane, /) -> bytes: ...
def flood(
    pixels: Pixels, x: int, y: int, tolerance: int, /
) -> tuple[tuple[int, int, int, int], bytes]: ...
def smooth_edges(target: Plane, region: Flags, /) -> None: ...
def highest(target: Plane, source: Plane, radius: int, /) -> None: ...
def gaussian(target: Plane, source: Plane, weights: bytes, /) -> None: ...
def halve(source: Plane, target: Plane, times: int = 1, /) -> None: ...
def keep_tiles(
    plane: Plane,
    notes: Notes,
    side: int,
    block: tuple[int, int, int, int],
    before: dict[int, bytes],
    /,
) -> None: ...
def settle_tiles(
    plane: Plane, notes: Notes, side: int, before: Mapping[int, bytes], /
) -> tuple[dict[int, bytes], tuple[int, int, int, int]]: ...
def swap_tiles(
    plane: Plane, notes: Notes, side: int, tiles: Mapping[int, bytes], /
) -> dict[int, bytes]: ...
def changed_tiles(
    before: Plane, after: Plane, side: int, rect: tuple[int, int, int, int], /
) -> dict[int, bytes]: ...
def lay_rim(
    image: Pixels,
    places: NDArray[np.int32],
    colors: Pixels,
    below: Pixels,
    left: int,
    top: int,
    /,
) -> None:
    """Lay premultiplied colours over some pixels of an image; `below` gets what these were.

    `places` has the column and row of each, counted from the corner at `left`, `top`; those beside
    the image are left out. `colors` and `below` are single rows.
    """

def lift_rim(
    image: Pixels,
    places: NDArray[np.int32],
    colors: Pixels,
    below: Pixels,
    left: int,
    top: int,
    /,
) -> None:
    """Put the pixels back that `lay_rim` laid something over."""

def resample(
    target: Pixels,
    source: Pixels,
    steps: Steps,
    area: tuple[int, int, int, int],
    smooth: bool,
    around: int,
    /,
) -> None:
    """Draw an area of an opaque picture at another size, mirrored or turned.

    The middle of the target's pixel (x, y) is at u = steps[0] + steps[1] · x + steps[2] · y,
    v = steps[3] + steps[4] · x + steps[5] · y in the source, counted in 1 / 2³² of its pixels.
    `smooth` takes the mean of the four around that place, else it is the one there; beside the
    source its outermost ones go on. Where it is turned askew it ends at its edge, and pixels have
    as much of the colour `around` as they lie beyond that.
    """

def walk(
    start: tuple[float, ...],
    bow: tuple[float, float],
    end: tuple[float, ...],
    pieces: int,
    pressure: float,
    ahead: float,
    spacing: float,
    /,
) -> tuple[list[tuple[float, float, float]], float]: ...
def tint(
    image: Pixels,
    ground: Pixels,
    mask: tuple[Plane, Notes, int],
    table: Pixels,
    steps: Steps,
    area: tuple[int, int, int, int],
    smooth: bool,
    fade: bool,
    /,
) -> None:
    """Make an area of the image the ground's pixels with the mask's colours over them.

    The mask is told by its plane, by what is noted of its tiles, and by how long their sides are.
    `table` has a premultiplied colour for each value of it, and `steps` is as above. `smooth` takes
    the mean of the four values around a place, else it is the one there; beside the mask its
    outermost ones go on, or nothing does if it is to `fade`.
    """

def show(
    image: Pixels,
    source: Pixels,
    mask: tuple[Plane, Notes, int],
    table: Pixels,
    steps: Steps,
    area: tuple[int, int, int, int],
    painted: tuple[int, int, int, int],
    smooth: bool,
    around: int,
    fade: bool,
    /,
) -> None:
    """Draw an area of a picture as `resample` does, and over `painted` the mask as `tint` does.

    What is drawn is in the processor's nearest cache still when the mask is laid over it.
    """
