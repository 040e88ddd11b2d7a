"""A project out of the bytes of a file: our own exactly, those of others as far as they go."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from app.model.errors import NoRoom, PictureError
from app.model.geometry import Size
from app.model.project import Project
from app.storage.pictures import memory
from app.storage.pictures.room import MAX_PIXELS
from app.storage.pictures.sniff import HEAD_BYTES, kind_of
from app.storage.project.archive import Archive, Unsafe
from app.storage.project.layers import flattened, mask_of
from app.storage.project.record import read_record
from app.storage.project.stack import NORMAL, read_stack
from app.storage.project.writing import MERGED, MIMETYPE, RECORD, STACK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.model.picture import Picture, Plane
    from app.storage.pictures.originals import Decode
    from app.storage.project.record import Record
    from app.storage.project.stack import Layer, Stack

MAX_TEXT = 1 << 24
MAX_PICTURE = 1 << 31
MAX_LAID = 4 * MAX_PIXELS
"""The pixels of all layers together that are laid over one another."""

_FLATTENING = 16
"""Bytes a pixel that it takes at its peak."""

_IHDR = struct.Struct(">16xIIBB")
_WITH_ALPHA = {4, 6}


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """What was in a file; `is_ours` says that nothing in it was left behind."""

    project: Project
    is_ours: bool
    notices: tuple[str, ...] = ()


def read_project(file: BinaryIO, name: str, decode: Decode) -> Content:
    """What `file` holds; `name` is for a picture that has none of its own.

    The pictures in it are read by `decode`.

    Raises `Unsafe`, or `NoRoom` when memory does not hold it; `OSError` is the disk's.
    """
    archive = _Members(file, decode)
    if archive.read("mimetype", len(MIMETYPE)) != MIMETYPE:
        raise Unsafe("another kind of file")
    if RECORD not in archive.members:
        return _of_others(archive, name)
    record = read_record(archive.read(RECORD, MAX_TEXT))
    if not record.is_newer:
        return Content(_ours(archive, record), is_ours=True)
    known = {record.picture, record.mask} <= archive.members.keys()
    found = Content(_ours(archive, record), False) if known else _of_others(archive, name)
    return replace(found, notices=("newer", *found.notices))


def check_project(file: BinaryIO) -> None:
    """Raise `Unsafe` unless a file of ours is whole, to the last byte that matters."""
    archive = Archive(file)
    _check_digests(archive, read_record(archive.read(RECORD, MAX_TEXT)))


def check_members(file: BinaryIO) -> None:
    """Raise `Unsafe` unless all that a file has, whoever wrote it, can be read."""
    archive = Archive(file)
    for name in archive.members:
        for _ in archive.blocks(name):
            pass


class _Members(Archive):
    """The members of a project, of which some are pictures."""

    def __init__(self, file: BinaryIO, decode: Decode) -> None:
        super().__init__(file)
        self._decode = decode

    def picture(self, name: str) -> Picture:
        """A picture in the file, which must be a PNG."""
        data = self.read(name, MAX_PICTURE)
        if kind_of(data[:HEAD_BYTES]) != "PNG":
            raise Unsafe(f"{name} is no PNG")
        try:
            return self._decode(data)
        except NoRoom:
            raise
        except PictureError as error:
            raise Unsafe(str(error)) from error


def _ours(archive: _Members, record: Record) -> Project:
    _check_digests(archive, record)
    picture = archive.picture(record.picture)
    mask = archive.picture(record.mask)
    if mask.size != picture.size:
        raise Unsafe("a mask of another size")
    named = replace(picture, name=record.name, notices=())
    return Project(picture=named, mask=_grey(mask), parameters=record.parameters)


def _check_digests(archive: Archive, record: Record) -> None:
    if record.sha256.keys() != archive.members.keys() - {RECORD}:
        raise Unsafe("a member is missing, or one is too many")
    for name, digest in record.sha256.items():
        found = sha256()
        for block in archive.blocks(name):
            found.update(block)
        if found.hexdigest() != digest:
            raise Unsafe(f"{name} is not what it was")


def _grey(picture: Picture) -> Plane:
    plane = picture.pixels[:, :, 0].copy()
    plane.setflags(write=False)
    return plane


def _of_others(archive: _Members, name: str) -> Content:
    """A painting by another program: as it looks, and the layer called “Mask” as the mask."""
    stack = read_stack(archive.read(STACK, MAX_TEXT))
    if stack.size.area > MAX_PIXELS:
        raise Unsafe("too many pixels")
    painted = [layer for layer in stack.layers if not layer.is_mask and layer.is_visible]
    masks = [layer for layer in stack.layers if layer.is_mask and layer.src in archive.members]
    if masks or MERGED not in archive.members:
        picture = _flattened(archive, painted, stack.size)
    else:
        picture = _merged(archive, stack)
    mask = _mask(archive, masks, stack.size)
    project = Project(picture=replace(picture, name=name, notices=()), mask=mask)
    return Content(project, False, _notices(painted, is_masked=bool(masks)))


def _merged(archive: _Members, stack: Stack) -> Picture:
    picture = archive.picture(MERGED)
    if picture.size != stack.size:
        raise Unsafe("a picture of another size")
    return picture


def _flattened(archive: _Members, painted: Sequence[Layer], size: Size) -> Picture:
    laid = sum(_size_of(_head(archive, layer.src)).area for layer in painted)
    if laid > MAX_LAID:
        raise Unsafe("too many layers")
    needed, free = _FLATTENING * size.area, memory.available()
    if needed > free:
        raise NoRoom(None, size, needed, int(free))
    upwards = ((layer, archive.picture(layer.src)) for layer in reversed(painted))
    return flattened(upwards, size)


def _mask(archive: _Members, masks: Sequence[Layer], size: Size) -> Plane:
    """The topmost of the masks; an empty one where there is none."""
    if not masks:
        mask = np.zeros((size.height, size.width), np.uint8)
    else:
        src = masks[0].src
        has_alpha = _head(archive, src)[3] in _WITH_ALPHA
        mask = mask_of(masks[0], archive.picture(src), size, has_alpha=has_alpha)
    mask.setflags(write=False)
    return mask


def _head(archive: _Members, name: str) -> tuple[int, int, int, int]:
    """Width, height, depth and colour type, as a PNG says them first."""
    start = next(archive.blocks(name), b"")
    if len(start) < _IHDR.size or kind_of(start[:HEAD_BYTES]) != "PNG":
        raise Unsafe(f"{name} is no PNG")
    width, height, depth, colour = _IHDR.unpack_from(start)
    return width, height, depth, colour


def _size_of(head: tuple[int, int, int, int]) -> Size:
    return Size(*head[:2])


def _notices(painted: Sequence[Layer], *, is_masked: bool) -> tuple[str, ...]:
    told = {
        "flattened": len(painted) > 1,
        "blended": is_masked and any(layer.blending != NORMAL for layer in painted),
        "mask_layer": is_masked,
        "no_mask": not is_masked,
    }
    return tuple(name for name, holds in told.items() if holds)
