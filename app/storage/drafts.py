"""Looking at a large picture while it is being decoded.

A JPEG is decoded at an eighth of its size beside the real thing. Of others the rows are shown
that are there: the decoder asks for more of the file again and again, and in between nobody
writes into the memory that it fills.
"""

from __future__ import annotations

from contextlib import contextmanager
from io import BufferedReader
from threading import Thread
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from PIL.JpegImagePlugin import JpegImageFile

from app.model.draft import Draft
from app.model.geometry import Size
from app.model.picture import Picture
from app.storage.colour import conversion
from app.storage.lending import read_in_blocks
from app.storage.pixels import turned, unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from threading import Event

    from app.model.draft import Watch
    from app.storage.lending import Packed

LARGE = 1 << 24
"""Pictures of fewer pixels are there before a draft would be."""

SIDE = 1024
"""About the longer side of a draft: enough for the short time that it is looked at."""

INTERVAL_S = 0.1


class WatchedFile(BufferedReader):
    """A file that lets somebody look around whenever more of it is read."""

    look: Callable[[], None] | None = None

    def read(self, size: int | None = -1, /) -> bytes:
        if self.look is not None:
            self.look()
        return super().read(size)


@contextmanager
def reduced_beside(
    path: Path, size: Size, orientation: int, watch: Watch, is_watched: Event | None
) -> Iterator[None]:
    """Tell of a JPEG at a fraction of its size as soon as that is decoded, in a thread.

    It is not begun before `is_watched` is set, and not at all if all is decoded by then.
    """
    is_over = False

    def work() -> None:
        if is_watched is not None:
            is_watched.wait()
        if is_over:
            return
        try:
            watch(Draft(size=size, picture=_reduced(path, orientation)))
        except Exception:  # noqa: BLE001 - whoever decodes all of it tells what is wrong
            return

    thread = Thread(target=work, name="draft")
    thread.start()
    try:
        yield
    finally:
        is_over = True
        if is_watched is not None:
            is_watched.set()
        thread.join()


def growing(
    memory: Packed, size: Size, orientation: int, watch: Watch, *, is_ordered: bool
) -> Callable[[], None]:
    """What tells, now and then when called, of what is decoded into `memory` so far."""
    step = max(1, max(memory.shape) // SIDE)
    seen = memory[::step, ::step]
    seen[...] = 0  # what is decoded has a fourth byte; what is not must have none
    last = perf_counter()

    def look() -> None:
        nonlocal last
        if perf_counter() - last >= INTERVAL_S:
            picture = _picture(turned(seen.copy(), orientation), is_ordered=is_ordered)
            watch(Draft(size=size, picture=picture))
            last = perf_counter()

    return look


def _reduced(path: Path, orientation: int) -> Picture:
    with path.open("rb") as file:
        image = JpegImageFile(file)
        size = Size(*image.size)
        read_in_blocks(image)
        image.draft(None, size.scaled(SIDE / size.longest))
        image.load()
        pixels, _ = unpack(image, conversion(image, is_deep=False), orientation)
    return Picture(pixels=pixels)


def _picture(packed: Packed, *, is_ordered: bool) -> Picture:
    pixels = packed.view(np.uint8).reshape(*packed.shape, 4)
    alpha = pixels[..., 3].copy()
    if not is_ordered:
        pixels[..., :3] = pixels[..., 2::-1].copy()
    pixels[..., 3] = 255
    return Picture(pixels=pixels, alpha=alpha)
