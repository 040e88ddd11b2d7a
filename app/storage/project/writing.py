"""A project into the bytes of its file, strip by strip: little is held beside the picture."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from app.model.geometry import Size
from app.model.png import picture_pieces, pieces, some_rows
from app.storage.project.layers import OPACITY, mask_strips, merged_strips, thumbnail
from app.storage.project.names import (
    MASK,
    MASK_LAYER,
    MERGED,
    MIMETYPE,
    PICTURE,
    RECORD,
    STACK,
    THUMBNAIL,
)
from app.storage.project.record import Record, write_record
from app.storage.project.stack import stack_of_two

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from app.model.project import Project, Report

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The only time that a zip file of ours tells, as the same project is to give the same bytes."""

_UNIX, _PLAIN_FILE = 3, 0o100644 << 16
_FULL_SIZE = 4


def write_project(file: BinaryIO, project: Project, report: Report) -> None:
    """Write all members; `LargeZipFile` and `RuntimeError` say that they do not fit."""
    digests: dict[str, str] = {}
    told = _Progress(project, report)
    with ZipFile(file, "w", ZIP_STORED, allowZip64=False) as archive:
        for name, data in _members(project):
            digests[name] = _add(archive, name, told.through(data))
        _add(archive, RECORD, [write_record(_record(project, digests))])


def _members(project: Project) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The members in the order of the file, each piece by piece as it is asked for."""
    picture, mask = project.picture, project.mask
    size, channels = picture.size, 3 if picture.alpha is None else 4
    small = thumbnail(picture, mask)
    small_size = Size(small.shape[1], small.shape[0])
    yield "mimetype", [MIMETYPE]
    yield STACK, [stack_of_two(size, picture=PICTURE, mask=MASK_LAYER, opacity=OPACITY)]
    yield PICTURE, picture_pieces(picture)
    yield MASK_LAYER, pieces(size, 4, mask_strips(mask))
    yield MERGED, pieces(size, channels, merged_strips(picture, mask))
    yield THUMBNAIL, pieces(small_size, 4, [small])
    yield MASK, pieces(size, 1, (mask[rows, :, None] for rows in some_rows(size.height)))


def _record(project: Project, digests: Mapping[str, str]) -> Record:
    return Record(
        name=project.picture.name,
        picture=PICTURE,
        mask=MASK,
        parameters=project.parameters,
        sha256=digests,
    )


def _add(archive: ZipFile, name: str, data: Iterable[bytes]) -> str:
    """Write a member; its digest."""
    info = ZipInfo(name, _EPOCH)
    info.create_system, info.external_attr = _UNIX, _PLAIN_FILE
    digest = sha256()
    with archive.open(info, "w") as member:
        for piece in data:
            member.write(piece)
            digest.update(piece)
    return digest.hexdigest()


class _Progress:
    """Counts pieces, of which each full-size member has about as many as the others."""

    def __init__(self, project: Project, report: Report) -> None:
        strips = sum(1 for _ in some_rows(project.picture.size.height))
        self._whole, self._done = _FULL_SIZE * (strips + 2), 0
        self._report = report

    def through(self, data: Iterable[bytes]) -> Iterator[bytes]:
        for piece in data:
            yield piece
            self._done += 1
            self._report(min(1.0, self._done / self._whole))
