"""Whether a picture fits, told by its header: a few bytes can claim any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.model.errors import NoRoom, PictureError
from app.storage.pictures import memory

if TYPE_CHECKING:
    from pathlib import Path

    from app.model.geometry import Size

MAX_PIXELS = 2**28
"""The largest picture that is opened: 268 megapixels, 16384 × 16384."""

MAX_LAID = 4 * MAX_PIXELS
"""The pixels of all layers together that are laid over one another."""

PICTURE = 4.0
SHOWN = PICTURE + 4 / 3 + 1 + 1 / 3
"""Bytes a pixel of an open picture: its own, its halves, the mask and its halves."""


def check_room(size: Size, needed: int, path: Path | None = None) -> None:
    """Refuse what has no pixels, more than anyone's, or needs more memory than there is."""
    told = f"{size.width} × {size.height}"
    if not size.area:
        raise PictureError("damaged", path, told)
    if size.area > MAX_PIXELS:
        raise PictureError("too_large", path, told)
    free = memory.available()
    if needed > free:
        raise NoRoom(path, size, needed, int(free))
