"""The members of a project's file, of which some are pictures."""

from __future__ import annotations

import struct
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from PIL.PngImagePlugin import PngImageFile

from app.model.geometry import Size
from app.storage.pictures.canvas import BYTES, Canvas
from app.storage.pictures.chunks import check_png
from app.storage.pictures.decoding import decode
from app.storage.pictures.room import MAX_PIXELS
from app.storage.pictures.sniff import kind_of
from app.storage.project.archive import Archive, Unsafe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.model.picture import Picture
    from app.storage.pictures.decoding import Sight
    from app.storage.pictures.pixels import Outcome

_IHDR = struct.Struct(">16xIIBB")
_WITH_ALPHA = {4, 6}


class Members(Archive):
    """Pictures are PNG here, of no more pixels than are opened elsewhere; `Unsafe` is all else."""

    def size(self, name: str) -> Size:
        """The size of a picture, as its header has it."""
        width, height, _, _ = self._header(name)
        if not 0 < width * height <= MAX_PIXELS:
            raise Unsafe(f"{name} has no pixels, or too many")
        return Size(width, height)

    def has_alpha(self, name: str) -> bool:
        """Whether the header of a picture says that it can be transparent."""
        return self._header(name)[3] in _WITH_ALPHA

    def put(self, name: str, canvas: Canvas, sight: Sight | None = None) -> Outcome:
        """Decode a picture onto a canvas, which must be made for as many pixels."""
        file = BytesIO()
        for block in self.blocks(name):
            file.write(block)
        file.seek(0)
        with _decoding(name):
            image = PngImageFile(file)
            if Size(*image.size).area != canvas.area:
                raise Unsafe(f"{name} is of another size")
            check_png(file)
            outcome, _ = decode(image, canvas, sight)
        return outcome

    def picture(self, name: str) -> Picture:
        """A picture in memory of its own."""
        area = self.size(name).area
        canvas = Canvas(bytearray(BYTES * area), area)
        size, has_alpha = self.put(name, canvas)
        return canvas.picture(size, has_alpha=has_alpha)

    def largest(self, names: Iterable[str]) -> int:
        """The bytes of the largest of some members."""
        return max((self.members[name].size for name in names), default=0)

    def _header(self, name: str) -> tuple[int, int, int, int]:
        """Width, height, depth and colour type, as a PNG says them first."""
        start = next(self.blocks(name), b"")
        if len(start) < _IHDR.size or kind_of(start) != "PNG":
            raise Unsafe(f"{name} is no PNG")
        width, height, depth, colour = _IHDR.unpack_from(start)
        return width, height, depth, colour


@contextmanager
def _decoding(name: str) -> Iterator[None]:
    """On broken bytes decoders raise whatever they like."""
    try:
        yield
    except (Unsafe, MemoryError):
        raise
    except Exception as error:
        raise Unsafe(f"{name}: {error}") from error
