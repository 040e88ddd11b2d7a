"""What is no picture, or harms, is refused in good time."""

import os
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.model.errors import PictureError
from app.model.geometry import Size
from app.model.picture import Picture
from app.storage.pictures.room import MAX_PIXELS
from tests.storage.pictures.made import chunk, opened_or_refused, png, refused, saved, scene
from tests.support.pictures import load, load_bytes

BRANDS = {"HEIC": b"heic", "CR3": b"crx ", "video": b"isom"}


@pytest.mark.parametrize(
    ("data", "kind", "detail"),
    [
        (b"", "empty", ""),
        (b"x", "not_a_picture", ""),
        (b"just some words", "not_a_picture", ""),
        (b"BM is how this text begins", "not_a_picture", ""),
        (b"<html><body>login</body></html>", "not_a_picture", ""),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "unsupported", "SVG"),
        (b"<svg/>", "unsupported", "SVG"),
        (b"%PDF-1.7\n", "unsupported", "PDF"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "unsupported", "EPS"),
        (b"8BPS\0\1", "unsupported", "PSD"),
        (b"\0\0\1\0\1\0", "unsupported", "ICO"),
        (b"\xff\x0a\0\0", "unsupported", "JPEG XL"),
        *(
            (b"\0\0\0\x18ftyp" + brand + bytes(12), "unsupported", name)
            for name, brand in BRANDS.items()
        ),
    ],
)
def test_other_files_are_refused_by_their_beginning(data: bytes, kind: str, detail: str) -> None:
    error = refused(data)
    assert (error.kind, error.detail) == (kind, detail)


def test_no_program_is_started_for_an_eps_that_calls_itself_png(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = tmp_path / "started"
    program = tmp_path / "gs"
    program.write_text(f"#!/bin/sh\ntouch {marker}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    eps = tmp_path / "a.png"
    eps.write_bytes(saved(Image.fromarray(scene()), "EPS"))
    with pytest.raises(PictureError, match="unsupported EPS"):
        load(eps)
    assert not marker.exists()


FORMATS: dict[str, dict[str, Any]] = {
    "PNG": {},
    "JPEG": {"quality": 90},
    "JPEG progressive": {"quality": 90, "progressive": True},
    "WebP": {"lossless": True},
    "TIFF": {},
    "TIFF deflate": {"compression": "tiff_adobe_deflate"},
    "BMP": {},
    "GIF": {},
    "AVIF": {},
}


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_cut_anywhere_opens_whole_or_not_at_all(kind: str) -> None:
    data = saved(Image.fromarray(scene()), kind.split()[0], **FORMATS[kind])
    whole = load_bytes(data)
    offsets = sorted({*range(0, min(len(data), 64)), *range(0, len(data), len(data) // 60 + 1)})
    for offset in offsets:
        picture = opened_or_refused(data[:offset])
        if isinstance(picture, Picture):
            assert np.array_equal(picture.pixels, whole.pixels), f"cut at {offset}"
        else:
            assert picture.kind in {"damaged", "not_a_picture", "empty"}, f"cut at {offset}"


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", FORMATS)
def test_flipped_bytes_never_raise_anything_else(kind: str) -> None:
    data = saved(Image.fromarray(scene()), kind.split()[0], **FORMATS[kind])
    random = np.random.default_rng(7)
    for _ in range(150):
        broken = bytearray(data)
        for place in random.integers(0, len(data), 3):
            broken[place] = random.integers(0, 256)
        assert opened_or_refused(bytes(broken))


def test_a_wrong_checksum_of_pixel_data_is_damage() -> None:
    data = bytearray(saved(Image.fromarray(scene())))
    end_of_data = data.rindex(b"IEND") - 8
    data[end_of_data] ^= 1  # in the checksum, so that the pixels still decode
    assert refused(bytes(data)).kind == "damaged"


def test_a_png_that_only_lacks_its_end_opens() -> None:
    data = saved(Image.fromarray(scene()))
    assert np.array_equal(load_bytes(data[:-12]).rgb, scene())
    assert np.array_equal(load_bytes(data + b"more").rgb, scene())


@pytest.mark.parametrize(
    "data",
    [
        png(30000, 30000, 1, 0, b""),
        png(2**31 - 1, 2**31 - 1, 8, 2, b""),
        png(MAX_PIXELS + 1, 1, 8, 0, b""),
        b"GIF89a" + struct.pack("<HH", 65535, 65535) + bytes([0x80, 0, 0]) + bytes(6) + b","
        + struct.pack("<HHHH", 0, 0, 1, 1) + b"\0\x02\x02\x44\x01\0;",
    ],
    ids=["one bit", "beyond all", "thin", "gif"],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_header_that_claims_too_much_is_refused_unread(data: bytes) -> None:
    error = refused(data)
    assert error.kind == "too_large"
    assert "×" in error.detail


def test_a_picture_without_pixels_is_damaged() -> None:
    assert refused(png(0, 5, 8, 2, b"")).kind == "damaged"


def test_text_that_unfolds_without_end_is_refused() -> None:
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(2**26)))
    assert refused(png(1, 1, 8, 0, b"\0\0", bomb)).kind == "damaged"


def test_the_smallest_and_the_thinnest_open() -> None:
    assert load_bytes(png(1, 1, 8, 0, b"\0\x80")).rgb.tolist() == [[[128, 128, 128]]]
    thin = load_bytes(saved(Image.new("RGB", (20000, 1), "red")))
    assert thin.size == Size(20000, 1)
