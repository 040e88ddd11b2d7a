"""Finished pictures as files."""

import io
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.contract.request import IMAGE_TYPES
from app.model.encode import encode, flattened
from app.model.metadata import JSON_KEY, TEXT_KEY
from app.model.picture import Picture
from app.model.png import encode_picture, encode_plane

ABOUT = {TEXT_KEY: "a café in 北京\nSteps: 20", JSON_KEY: json.dumps({"prompt": "北京"})}


def noise(width: int, height: int, *, alpha: bool = False) -> Picture:
    rng = np.random.default_rng(width * height)
    pixels = rng.integers(0, 256, (height, width, 4), np.uint8)
    pixels[..., 3] = 255
    plane = rng.integers(0, 256, (height, width), np.uint8) if alpha else None
    return Picture(pixels=pixels, alpha=plane)


def read(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@given(st.integers(1, 70), st.integers(1, 600), st.booleans())
def test_png_keeps_every_pixel(width: int, height: int, alpha: bool) -> None:
    picture = noise(width, height, alpha=alpha)
    image = read(encode_picture(picture))
    assert image.mode == ("RGBA" if alpha else "RGB")
    shown = np.asarray(image)
    assert np.array_equal(shown[..., :3], picture.rgb)
    if picture.alpha is not None:
        assert np.array_equal(shown[..., 3], picture.alpha)


def test_a_mask_is_an_opaque_8_bit_grey_png() -> None:
    mask = np.random.default_rng(5).integers(0, 256, (300, 41), np.uint8)
    data = encode_plane(mask)
    image = read(data)
    assert image.format == "PNG"
    assert image.mode == "L"
    assert "transparency" not in image.info
    assert np.array_equal(np.asarray(image), mask)
    Image.open(io.BytesIO(data)).verify()


def test_png_carries_both_texts_in_any_script() -> None:
    image = read(encode(noise(9, 9), "png", ABOUT))
    assert isinstance(image, Image.Image)
    assert image.info[TEXT_KEY] == ABOUT[TEXT_KEY]
    assert image.info[JSON_KEY] == ABOUT[JSON_KEY]


@pytest.mark.parametrize("kind", ["webp", "jpeg"])
def test_webp_and_jpeg_carry_both_texts_as_exif(kind: str) -> None:
    exif = read(encode(noise(9, 9), kind, ABOUT)).getexif()
    comment = exif.get_ifd(0x8769)[0x9286]
    assert comment.startswith(b"UNICODE\0")
    assert comment[8:].decode("utf-16-be") == ABOUT[TEXT_KEY]
    assert json.loads(exif[0x010E]) == json.loads(ABOUT[JSON_KEY])


def test_webp_keeps_every_pixel_even_under_full_transparency() -> None:
    picture = noise(40, 30, alpha=True)
    shown = np.asarray(read(encode(picture, "webp", {})))
    assert picture.alpha is not None
    assert np.array_equal(shown[..., 3], picture.alpha)
    assert np.array_equal(shown[..., :3], picture.rgb)


def test_jpeg_shows_transparent_parts_as_white() -> None:
    clear = Picture(pixels=np.zeros((16, 16, 4), np.uint8), alpha=np.zeros((16, 16), np.uint8))
    assert (np.asarray(read(encode(clear, "jpeg", {}))) > 250).all()


@pytest.mark.parametrize("kind", IMAGE_TYPES)
def test_every_type_of_the_contract_can_be_written(kind: str) -> None:
    assert read(encode(noise(20, 10), kind, {})).size == (20, 10)


def test_an_opaque_picture_is_not_copied_to_be_flattened() -> None:
    picture = noise(4, 4)
    assert flattened(picture) is picture
