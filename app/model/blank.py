"""Planes with nothing on them, that take no time and no memory until they are written."""

import mmap
import sys

import numpy as np

from app.model.geometry import Size
from app.model.picture import Plane

LARGE = 1 << 22
"""From so many pixels on it matters how memory is had: two of Linux's large pages."""


def blank(size: Size) -> Plane:
    """A C-contiguous plane of zeros."""
    width, height = size
    if sys.platform == "linux" and size.area >= LARGE:
        # Zeros of numpy's come in small pages, of which a stroke over a large mask touches
        # thousands for the first time.
        try:
            room = mmap.mmap(-1, size.area, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
            room.madvise(mmap.MADV_HUGEPAGE)
            return np.frombuffer(room, np.uint8).reshape(height, width)
        except OSError:  # a kernel without large pages
            pass
    return np.zeros((height, width), np.uint8)
