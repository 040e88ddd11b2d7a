"""What a file turned out to be, told by how it begins: a picture, or a project with one in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Protocol

from app.storage.pictures.chunks import check_png
from app.storage.pictures.decoders import opened
from app.storage.pictures.decoding import decode, early_orientation
from app.storage.pictures.needs import needed_bytes
from app.storage.pictures.pixels import upright_size
from app.storage.pictures.sniff import HEAD_BYTES, PROJECT, kind_of
from app.worker.frames import Frame

if TYPE_CHECKING:
    from app.model.geometry import Size
    from app.storage.pictures.canvas import Canvas
    from app.storage.pictures.decoding import Sight


class Source(Protocol):
    """A file that was looked at, and whose picture is of `size`.

    To put it on a canvas takes `needed` bytes at its peak, and as long as so many `pixels` take.
    """

    size: Size
    needed: int
    pixels: int

    def put(self, canvas: Canvas, sight: Sight | None) -> Frame:
        """Decode it onto a canvas of its size; the answer tells of it."""


class PictureFile:
    """A picture, of which nothing but the header is read at first; raises anything."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._image = image = opened(file)
        self.size = upright_size(image, early_orientation(image))
        self.needed, self.pixels = needed_bytes(image), self.size.area

    def put(self, canvas: Canvas, sight: Sight | None) -> Frame:
        """Decode it, upright."""
        image = self._image
        if image.format == "PNG":
            check_png(self._file)
        first = ("first_frame",) if getattr(image, "is_animated", False) else ()
        (size, has_alpha), notices = decode(image, canvas, sight)
        told = {"width": size.width, "height": size.height, "has_alpha": has_alpha}
        return Frame("picture", {**told, "notices": first + notices})


def looked_at(file: BinaryIO) -> Source:
    """What is in a file that may be a picture or a project."""
    head = file.read(HEAD_BYTES)
    file.seek(0)
    if kind_of(head) != PROJECT:
        return PictureFile(file)
    # Here, as no picture should wait for what only projects need.
    from app.storage.project.reading import ProjectFile

    return ProjectFile(file)
