"""Copies of saved pictures, as what the name of the copy says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.model.encode import encode
from app.model.errors import StorageError
from app.storage.files.faults import reported
from app.storage.files.writing import save_over

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from app.contract.request import ImageType
    from app.storage.pictures.loading import Pictures

_KINDS: Mapping[str, ImageType] = {
    ".png": "png",
    ".webp": "webp",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
}


def save_copy(source: Path, to: Path, pictures: Pictures) -> None:
    """Copy a result to where the artist chose, having agreed to replace what is there.

    A name that ends like another format gets that format, with what the picture says about
    itself; one that names none of ours is refused, as its bytes would belie it.
    """
    kind = _KINDS.get(to.suffix.lower())
    if kind is None:
        raise StorageError("format", to)
    with reported(source):
        data = source.read_bytes()
    is_same = kind == _KINDS.get(source.suffix.lower())
    save_over(to, data if is_same else _as(kind, data, to, pictures))


def _as(kind: ImageType, data: bytes, to: Path, pictures: Pictures) -> bytes:
    picture, about = pictures.load_bytes(data, to.name), pictures.about(data)
    try:
        return encode(picture, kind, about)
    except (OSError, ValueError) as error:  # WebP, for one, ends at 16383 pixels a side
        raise StorageError("other", to, str(error)) from error
