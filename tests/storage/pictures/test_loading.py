"""Every kind of picture file opens as the pixels that it holds."""

import struct
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.model.geometry import Size
from tests.storage.pictures.made import GREY, KEPT, H, W, chunk, is_like, png, refused, saved, scene
from tests.support.pictures import load, load_bytes


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("PNG", {}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("TIFF", {"compression": "tiff_adobe_deflate"}),
        ("BMP", {}),
        ("WebP", {"lossless": True}),
    ],
)
def test_lossless_files_open_pixel_for_pixel(kind: str, options: dict[str, Any]) -> None:
    picture = load_bytes(saved(Image.fromarray(scene()), kind, **options), "a")
    assert np.array_equal(picture.rgb, scene())
    assert (picture.pixels[:, :, 3] == 255).all()
    assert picture.alpha is None
    assert picture.notices == ()
    assert (picture.name, picture.path) == ("a", None)


def test_a_jpeg_opens_as_pillow_decodes_it() -> None:
    data = saved(Image.fromarray(scene()), "JPEG", quality=95)
    assert np.array_equal(load_bytes(data).rgb, np.asarray(Image.open(BytesIO(data))))


def test_a_picture_of_many_strips_is_whole() -> None:
    rows = np.random.default_rng(1).integers(0, 256, (2500, 1000, 3), np.uint8)
    assert np.array_equal(load_bytes(saved(Image.fromarray(rows), "BMP")).rgb, rows)


def test_the_file_and_not_its_name_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(saved(Image.fromarray(scene()), "JPEG"))
    picture = load(path)
    assert (picture.name, picture.path, picture.size) == ("a.png", path, Size(W, H))


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "BMP", "GIF"])
def test_grey_becomes_three_equal_channels(kind: str) -> None:
    picture = load_bytes(saved(Image.fromarray(GREY), kind))
    assert np.array_equal(picture.rgb, np.dstack([GREY] * 3))


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "BMP"])
def test_one_bit_becomes_black_and_white(kind: str) -> None:
    picture = load_bytes(saved(Image.fromarray(GREY > 100), kind))
    assert np.array_equal(picture.rgb[:, :, 0], np.where(GREY > 100, 255, 0))


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bit_grey_is_scaled_and_not_clipped(kind: str) -> None:
    wide = np.linspace(0, 65535, W * H).astype(np.uint16).reshape(H, W)
    picture = load_bytes(saved(Image.fromarray(wide), kind))
    expected = np.round(wide.astype(float) / 257)
    assert np.array_equal(picture.rgb[:, :, 1], expected)
    assert picture.notices == ("reduced_depth",)


def test_sixteen_bit_colour_is_reduced_with_a_notice() -> None:
    row = b"\0" + struct.pack(">3H", 0xFFFF, 0x8000, 0x0100)
    picture = load_bytes(png(1, 1, 16, 2, row))
    assert picture.rgb[0, 0].tolist() == [255, 128, 1]
    assert picture.notices == ("reduced_depth",)


@pytest.mark.parametrize("name", ["ten-bit.avif", "ten-bit-alpha.avif"])
def test_ten_bits_are_reduced_to_eight_with_a_notice(name: str) -> None:
    picture = load(KEPT / name)
    y, x = np.mgrid[:H, :W]
    assert is_like(picture.rgb, np.stack([x * 6, y * 10, np.full_like(x, 90)], axis=-1))
    assert picture.notices == ("reduced_depth",)
    if picture.alpha is not None:
        assert is_like(picture.alpha, x * 26 / 1023 * 255)
    assert (picture.alpha is not None) == ("alpha" in name)


def test_a_transparent_sixteen_bit_colour_is_alpha() -> None:
    colours = (0x1234, 0x5678, 0x9ABC), (0x2234, 0x5678, 0x9ABC)
    row = b"\0" + b"".join(struct.pack(">3H", *colour) for colour in colours)
    picture = load_bytes(png(2, 1, 16, 2, row, chunk(b"tRNS", struct.pack(">3H", *colours[0]))))
    assert picture.alpha is not None
    assert picture.alpha.tolist() == [[0, 255]]


def test_a_transparent_sixteen_bit_grey_value_is_alpha() -> None:
    row = b"\0" + struct.pack(">2H", 0x1234, 0x1235)
    picture = load_bytes(png(2, 1, 16, 0, row, chunk(b"tRNS", struct.pack(">H", 0x1234))))
    assert picture.alpha is not None
    assert picture.alpha.tolist() == [[0, 255]]


def test_thirty_two_bit_channels_are_refused_by_name() -> None:
    error = refused(saved(Image.fromarray(np.zeros((2, 2), np.float32)), "TIFF"))
    assert (error.kind, error.detail) == ("unsupported", "32 bits per channel")


def test_big_tiffs_open() -> None:
    out = BytesIO()
    Image.fromarray(scene()).save(out, "TIFF", big_tiff=True)
    assert np.array_equal(load_bytes(out.getvalue()).rgb, scene())
