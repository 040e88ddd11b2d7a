"""Decoding straight into the memory that the picture keeps.

Where Pillow wants four bytes a pixel it is lent the canvas, and where its decoder can put
blue first, as a picture has it, nothing is left to do: beside the picture nothing of its size is
ever held. What Pillow holds in another form is decoded by it alone (`None` below).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from app.model.geometry import Size

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL.ImageFile import ImageFile

    from app.storage.pictures.canvas import Canvas

Packed = NDArray[np.uint32]
"""One number a pixel."""

SHARED = {"RGB": "RGBX", "RGBA": "RGBA", "CMYK": "CMYK"}
"""By an image's mode, the mode of the same four bytes in memory that is shared."""

BLOCK = 1 << 20
"""Bytes of a file that are read and decoded at once."""

_BLUE_FIRST = {"RGB": "BGR", "RGBA": "BGRA"}
_DECODER_THAT_ORDERS = "zip"


def lend(image: ImageFile, canvas: Canvas, *, is_sideways: bool) -> Packed | None:
    """The array that `image.load()` will decode into, by rows as they are in the file.

    It is the canvas's own memory, unless the picture must be turned out of it.
    """
    mode = SHARED.get(image.mode)
    width, height = image.size
    whole = 0, 0, width, height
    if mode is None or any(tile.extents != whole for tile in image.tile):
        return None
    if is_sideways:
        memory = np.empty((height, width), np.uint32)
    else:
        memory = canvas.pixels(Size(width, height))
    image.im = Image.frombuffer(mode, image.size, memory, "raw", mode, 0, 1).im
    return memory


def put_blue_first(image: ImageFile) -> bool:
    """Let the decoder write blue, green, red, alpha; False where it cannot."""
    if len(image.tile) != 1:
        return False
    (tile,) = image.tile
    raw, *more = (tile.args,) if isinstance(tile.args, str) else tile.args or ("",)
    if tile.codec_name != _DECODER_THAT_ORDERS or raw not in _BLUE_FIRST:
        return False
    image.tile = [tile._replace(args=(_BLUE_FIRST[raw], *more) if more else _BLUE_FIRST[raw])]
    return True


def read_in_blocks(image: ImageFile) -> None:
    """Let the decoder take more of the file at once than it would by itself.

    Between two blocks it comes back to Python, and a large picture has thousands of Pillow's own. A
    PNG's chunks, mostly small, are put together.
    """
    image.decodermaxblock = BLOCK
    if isinstance(image, PngImageFile):
        # Pillow asks the instance for its way to read.
        vars(image)["load_read"] = partial(_joined, image.load_read)


def _joined(read_chunk: Callable[[int], bytes], size: int) -> bytes:
    """So many bytes of pixel data, of as many chunks as that takes."""
    parts = [read_chunk(size)]
    while parts[-1] and (size := size - len(parts[-1])) > 0:
        try:
            parts.append(read_chunk(size))
        except Exception:  # noqa: BLE001 - raised again, if it is not enough that there is
            break
    return b"".join(parts)
