"""A small picture of the redrawn part: a whole photo would hide the change."""

import numpy as np
from PIL import Image

from app.model.geometry import Rect, Size
from app.model.picture import Picture, Plane

THUMBNAIL = Size(288, 192)
"""Twice the size it is shown at, for screens of double density."""

_ROOM = 1.5


def frame(size: Size, box: Rect) -> Rect:
    """The part of a picture to show: half as much again as `box`, in the thumbnail's aspect."""
    if box.is_empty:
        box = Rect.of(size)
    scale = _ROOM * max(box.width / THUMBNAIL.width, box.height / THUMBNAIL.height)
    width = min(size.width, max(1, round(THUMBNAIL.width * scale)))
    height = min(size.height, max(1, round(THUMBNAIL.height * scale)))
    left = min(max(0, (box.left + box.right - width) // 2), size.width - width)
    top = min(max(0, (box.top + box.bottom - height) // 2), size.height - height)
    return Rect(left, top, left + width, top + height)


def thumbnail(picture: Picture, box: Rect) -> Plane:
    """The part of `picture` around `box`, at most `THUMBNAIL` large, aspect kept.

    Shape (height, width, 4), byte order as in `Picture`.
    """
    part = picture.pixels[frame(picture.size, box).slices]
    image = Image.fromarray(np.ascontiguousarray(part))
    image.thumbnail(THUMBNAIL, Image.Resampling.BICUBIC, reducing_gap=2.0)
    return np.array(image)
