"""A project out of the bytes of a file: our own exactly, those of others as far as they go.

The bytes may be anyone's, so this is done in a process beside the program alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from app.storage.pictures.canvas import BYTES
from app.storage.project.answer import Content, answer
from app.storage.project.archive import Unsafe
from app.storage.project.checking import MAX_TEXT, check_digests
from app.storage.project.marks import mark_of
from app.storage.project.members import Members
from app.storage.project.names import MIMETYPE, RECORD
from app.storage.project.painting import Painting
from app.storage.project.record import read_record

if TYPE_CHECKING:
    from app.storage.pictures.canvas import Canvas
    from app.storage.pictures.decoding import Sight
    from app.storage.project.record import Record
    from app.worker.frames import Frame

_BESIDE = 7
"""Bytes a pixel of the mask that are held beside its own while it is decoded."""


class ProjectFile:
    """A file that begins like a project, of which nothing but lists and headers is read at first.

    Raises `Unsafe`; `OSError` is the disk's.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._found = found = _found_in(Members(file))
        self.size, self.needed, self.pixels = found.size, found.needed, found.pixels

    def put(self, canvas: Canvas, sight: Sight | None) -> Frame:
        """Decode the picture onto the canvas; the answer holds the rest."""
        content = self._found.put(canvas, sight)
        return answer(content, mark_of(self._file) if content.is_ours else None)


class _Ours:
    """A file of ours, as its record has it."""

    def __init__(self, archive: Members, record: Record) -> None:
        self._archive = archive
        self._record = record
        self.size, mask = archive.size(record.picture), archive.size(record.mask)
        self.pixels = self.size.area + mask.area
        self.needed = BYTES * self.size.area + (BYTES + _BESIDE) * mask.area
        self.needed += archive.largest([record.picture, record.mask])

    def put(self, canvas: Canvas, sight: Sight | None) -> Content:
        """Decode the picture onto the canvas, once all of the file was found to be whole."""
        archive, record = self._archive, self._record
        check_digests(archive, record)
        size, has_alpha = archive.put(record.picture, canvas, sight)
        mask = archive.picture(record.mask)
        if mask.size != size:
            raise Unsafe("a mask of another size")
        return Content(
            size=size,
            has_alpha=has_alpha,
            mask=mask.pixels[:, :, 0],
            name=record.name,
            parameters=record.parameters,
            is_ours=not record.is_newer,
            notices=("newer",) if record.is_newer else (),
        )


def _found_in(archive: Members) -> _Ours | Painting:
    if archive.read("mimetype", len(MIMETYPE)) != MIMETYPE:
        raise Unsafe("another kind of file")
    if RECORD not in archive.members:
        return Painting(archive)
    record = read_record(archive.read(RECORD, MAX_TEXT))
    is_known = {record.picture, record.mask} <= archive.members.keys()
    if record.is_newer and not is_known:
        return Painting(archive, is_newer=True)
    return _Ours(archive, record)
