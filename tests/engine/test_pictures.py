"""Foreign picture files: what they mean and what is refused."""

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.engine import pictures
from app.engine.refusals import Refusal


def file(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def two_halves(left: Any, right: Any, mode: str) -> Image.Image:
    image = Image.new(mode, (8, 4), left)
    image.paste(right, (4, 0, 8, 4))
    return image


@pytest.mark.parametrize(
    "image",
    [
        two_halves(0, 255, "L"),
        two_halves(0, 1, "1"),
        two_halves((0, 0, 0), (255, 255, 255), "RGB"),
        two_halves((0, 0, 0, 255), (255, 255, 255, 255), "RGBA"),
        two_halves((67, 31, 255, 0), (67, 31, 255, 255), "RGBA"),
        two_halves((255, 0), (0, 255), "LA"),
        Image.fromarray(np.repeat([[0] * 4 + [65535] * 4], 4, 0).astype(np.uint16)),
    ],
    ids=["L", "1", "RGB", "opaque RGBA", "RGBA", "LA", "16 bit"],
)
def test_white_or_opaque_means_redraw(image: Image.Image) -> None:
    mask = pictures.read_mask("mask", file(image))
    assert mask.tolist() == [[0] * 4 + [255] * 4] * 4


def test_grey_values_of_a_mask_stay() -> None:
    assert pictures.read_mask("mask", file(Image.new("L", (2, 2), 77)))[0, 0] == 77


def test_transparent_pictures_are_flattened_over_white() -> None:
    image = two_halves((10, 20, 30, 255), (10, 20, 30, 0), "RGBA")
    pixels = pictures.read_colours("image", file(image))
    assert pixels[0, 0].tolist() == [10, 20, 30]
    assert pixels[0, 7].tolist() == [255, 255, 255]


def test_sixteen_bit_greys_are_scaled() -> None:
    image = Image.fromarray(np.array([[0, 32896, 65535]], np.uint16))
    assert pictures.read_colours("image", file(image))[0, :, 0].tolist() == [0, 128, 255]


def test_pictures_are_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = file(Image.new("RGB", (8, 4)), "JPEG", exif=exif)
    assert pictures.read_colours("image", data).shape == (8, 4, 3)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_cut_off_anywhere_is_refused(kind: str) -> None:
    whole = file(Image.effect_noise((40, 40), 60).convert("RGB"), kind)
    pictures.read_colours("image", whole)
    for length in range(0, len(whole) * 9 // 10, max(1, len(whole) // 60)):
        with pytest.raises(Refusal) as caught:
            pictures.read_colours("image", whole[:length])
        assert caught.value.reason == "INVALID_IMAGE_FORMAT"


@pytest.mark.parametrize("kind", ["png", "webp"])
def test_lossless_types_keep_every_pixel(samples: Any, kind: Any) -> None:
    photo = samples.photo()
    written = pictures.write(photo, kind)
    assert (np.asarray(Image.open(io.BytesIO(written))) == photo).all()
