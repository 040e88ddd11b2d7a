"""Copies of saved pictures, as what the name of the copy says."""

from collections.abc import Mapping
from pathlib import Path

from app.contract.request import ImageType
from app.model.encode import about_in, encode
from app.model.errors import StorageError
from app.storage.faults import reported
from app.storage.files import save_over
from app.storage.pictures import load_bytes

_KINDS: Mapping[str, ImageType] = {
    ".png": "png",
    ".webp": "webp",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
}


def save_copy(source: Path, to: Path) -> None:
    """Copy a result to where the artist chose, having agreed to replace what is there.

    A name that ends like another format gets that format, with what the picture says about
    itself; one that names none of ours is refused, as its bytes would belie it.
    """
    kind = _KINDS.get(to.suffix.lower())
    if kind is None:
        raise StorageError("format", to)
    with reported(source):
        data = source.read_bytes()
    save_over(to, data if kind == _KINDS.get(source.suffix.lower()) else _as(kind, data, to))


def _as(kind: ImageType, data: bytes, to: Path) -> bytes:
    try:
        return encode(load_bytes(data, to.name), kind, about_in(data))
    except (OSError, ValueError) as error:  # WebP, for one, ends at 16383 pixels a side
        raise StorageError("other", to, str(error)) from error
