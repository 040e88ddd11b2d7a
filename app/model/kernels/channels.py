"""The order of a pixel's channels, in numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BYTE = np.uint32(8)
_OPAQUE = np.uint32(0xFF000000)


def blue_first(pixels: NDArray[np.uint32], /) -> None:
    """Make of red, green, blue and whatever what a picture holds: blue, green, red and opaque."""
    # Read from the other end they are one byte off.
    pixels.byteswap(inplace=True)
    np.right_shift(pixels, _BYTE, out=pixels)
    np.bitwise_or(pixels, _OPAQUE, out=pixels)
