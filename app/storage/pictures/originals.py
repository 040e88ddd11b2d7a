"""Files that can be used as they are, so that a picture need not be encoded again."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from app.contract.request import MAX_IMAGE_BYTES, MAX_SIDE
from app.model.errors import PictureError
from app.model.picture import Picture

Decode = Callable[[bytes], Picture]
"""Reads the bytes of a picture; raises `PictureError`."""

Judge = Callable[[bytes], bool]
"""Whether bytes are a picture with nothing in it but its pixels."""


def original_bytes(picture: Picture, decode: Decode, is_plain: Judge) -> bytes | None:
    """The bytes of the picture's own file if they may go out unchanged, else None.

    They may when the file is an upright 8-bit PNG or JPEG without alpha, profile or metadata,
    within the contract's limits, and when decoded still shows exactly the pixels in memory.
    """
    if picture.path is None or picture.alpha is not None or picture.size.longest > MAX_SIDE:
        return None
    data = _content(picture.path, MAX_IMAGE_BYTES)
    return data if data and is_plain(data) and _shows(data, picture, decode) else None


def own_file(picture: Picture, decode: Decode) -> bytes | None:
    """The bytes of the picture's own file, whatever else is in it, if it still shows just that.

    A file that is larger than the bare pixels is not worth it.
    """
    if picture.path is None:
        return None
    data = _content(picture.path, picture.pixels.nbytes)
    return data if _shows(data, picture, decode) else None


def _content(path: Path, limit: int) -> bytes:
    """The file's bytes; empty when it cannot be read or has more than `limit`."""
    try:
        if not path.is_file() or path.stat().st_size > limit:
            return b""
        return path.read_bytes()
    except OSError:
        return b""


def _shows(data: bytes, picture: Picture, decode: Decode) -> bool:
    try:
        now = decode(data)
    except PictureError:
        return False
    return np.array_equal(_packed(now), _packed(picture)) and _same_alpha(now, picture)


def _same_alpha(one: Picture, other: Picture) -> bool:
    if one.alpha is None or other.alpha is None:
        return one.alpha is other.alpha
    return np.array_equal(one.alpha, other.alpha)


def _packed(picture: Picture) -> np.ndarray:
    return picture.pixels.view(np.uint32)
