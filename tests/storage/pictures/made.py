"""Picture files made for a test, and what became of them."""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from app.model.errors import PictureError
from app.model.picture import Picture, Plane
from tests.support.pictures import load_bytes

W, H = 40, 24
GREY = (np.arange(W * H, dtype=np.uint32).reshape(H, W) * 255 // (W * H)).astype(np.uint8)
ALPHA = GREY.T.copy().reshape(H, W)
KEPT = Path(__file__).parents[2] / "data" / "pictures"
"""Files that no library here writes."""


def scene() -> Plane:
    """Four corners of different colours over a gradient; no two of them alike."""
    y, x = np.mgrid[:H, :W]
    rgb = np.stack([x * 6, y * 10, np.full_like(x, 90)], axis=-1).astype(np.uint8)
    rgb[:6, :6], rgb[:6, -6:] = (255, 0, 0), (0, 255, 0)
    rgb[-6:, :6], rgb[-6:, -6:] = (0, 0, 255), (255, 255, 0)
    return rgb


def is_like(found: Plane, expected: NDArray[Any]) -> bool:
    """Whether a file that may lose a little shows what it was made of."""
    return bool(np.abs(found.astype(float) - expected).max() <= 8)


def saved(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, depth: int, colour: int, rows: bytes, *extra: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = [
        chunk(b"IHDR", header),
        *extra,
        chunk(b"IDAT", zlib.compress(rows)),
        chunk(b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def refused(data: bytes) -> PictureError:
    with pytest.raises(PictureError) as caught:
        load_bytes(data)
    return caught.value


def opened_or_refused(data: bytes) -> Picture | PictureError:
    try:
        return load_bytes(data)
    except PictureError as error:
        return error
