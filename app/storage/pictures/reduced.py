"""A large JPEG at a fraction of its size, decoded beside the real thing."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from threading import Lock, Thread
from typing import TYPE_CHECKING, BinaryIO

from PIL.JpegImagePlugin import JpegImageFile

from app.model.geometry import Size
from app.storage.pictures.canvas import BYTES, Canvas
from app.storage.pictures.colour import conversion
from app.storage.pictures.drafts import SIDE
from app.storage.pictures.lending import read_in_blocks
from app.storage.pictures.pixels import unpack
from app.worker.frames import Frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from threading import Event


@contextmanager
def reduced_beside(
    again: Callable[[], BinaryIO],
    orientation: int,
    tell: Callable[[Frame], None],
    is_watched: Event,
) -> Iterator[None]:
    """Tell of a JPEG at a fraction of its size as soon as that is decoded, in a thread.

    It is not begun before `is_watched` is set, and not at all if all is decoded by then. What is
    not ready by then is not waited for and not told.
    """
    is_over = False
    telling = Lock()

    def work() -> None:
        is_watched.wait()
        if is_over:
            return
        with suppress(Exception):  # whoever decodes all of it tells what is wrong
            draft = reduced(again, orientation)
            with telling:
                if not is_over:
                    tell(draft)

    Thread(target=work, name="draft", daemon=True).start()
    try:
        yield
    finally:
        with telling:
            is_over = True
        is_watched.set()


def reduced(again: Callable[[], BinaryIO], orientation: int) -> Frame:
    with again() as file:
        image = JpegImageFile(file)
        read_in_blocks(image)
        image.draft(None, Size(*image.size).scaled(SIDE / max(image.size)))
        image.load()
        canvas = Canvas(bytearray(BYTES * image.width * image.height), image.width * image.height)
        size, _ = unpack(image, conversion(image, is_deep=False), orientation, canvas)
    pixels = canvas.pixels(size).tobytes()
    return Frame("draft", {"width": size.width, "height": size.height}, (pixels,))
