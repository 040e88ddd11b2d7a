"""File name endings follow the bytes, never what somebody claims."""

from io import BytesIO

import pytest
from PIL import Image

from app.storage.pictures.sniff import suffix_of


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [
        ("PNG", ".png"),
        ("JPEG", ".jpg"),
        ("WebP", ".webp"),
        ("GIF", ".gif"),
        ("TIFF", ".tif"),
        ("BMP", ".bmp"),
        ("AVIF", ".avif"),
    ],
)
def test_pictures_get_their_usual_ending(kind: str, suffix: str) -> None:
    out = BytesIO()
    Image.new("RGB", (2, 2)).save(out, kind)
    assert suffix_of(out.getvalue()) == suffix


@pytest.mark.parametrize("data", [b"", b"<html>", b"%PDF-1.7", b"<svg/>", b"\0\0\0\x18ftypheic"])
def test_whatever_cannot_be_opened_is_bin(data: bytes) -> None:
    assert suffix_of(data) == ".bin"
