"""What is transparent in a file is the picture's alpha, however it is told."""

import numpy as np
import pytest
from PIL import Image

from tests.storage.pictures.made import ALPHA, GREY, H, W, saved, scene
from tests.support.pictures import load_bytes


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WebP"])
def test_alpha_is_kept_beside_the_colours(kind: str) -> None:
    options = {"lossless": True, "exact": True} if kind == "WebP" else {}
    picture = load_bytes(saved(Image.fromarray(np.dstack([scene(), ALPHA])), kind, **options))
    assert picture.alpha is not None
    assert np.array_equal(picture.alpha, ALPHA)
    assert np.array_equal(picture.rgb, scene())
    assert (picture.pixels[:, :, 3] == 255).all()


def test_an_alpha_channel_without_a_hole_is_no_alpha() -> None:
    solid = np.dstack([scene(), np.full((H, W), 255, np.uint8)])
    assert load_bytes(saved(Image.fromarray(solid))).alpha is None


def test_grey_with_alpha() -> None:
    picture = load_bytes(saved(Image.merge("LA", [Image.fromarray(a) for a in (GREY, ALPHA)])))
    assert picture.alpha is not None
    assert np.array_equal(picture.alpha, ALPHA)
    assert np.array_equal(picture.rgb[:, :, 2], GREY)


def palette_image() -> Image.Image:
    image = Image.new("P", (3, 1))
    image.putpalette([255, 0, 0, 0, 255, 0, 0, 0, 255])
    image.putdata([0, 1, 2])
    return image


@pytest.mark.parametrize(
    ("transparency", "alpha"), [(1, [255, 0, 255]), (b"\x00\x80\xff", [0, 128, 255])]
)
def test_a_palette_with_transparency(transparency: int | bytes, alpha: list[int]) -> None:
    picture = load_bytes(saved(palette_image(), "PNG", transparency=transparency))
    assert picture.alpha is not None
    assert picture.alpha.tolist() == [alpha]
    assert picture.rgb.tolist() == [[[255, 0, 0], [0, 255, 0], [0, 0, 255]]]


def test_an_opaque_palette() -> None:
    picture = load_bytes(saved(palette_image(), "GIF"))
    assert picture.rgb.tolist() == [[[255, 0, 0], [0, 255, 0], [0, 0, 255]]]
    assert picture.alpha is None


def test_one_transparent_colour_of_an_rgb_file() -> None:
    picture = load_bytes(saved(Image.fromarray(scene()), transparency=(255, 0, 0)))
    assert picture.alpha is not None
    assert picture.alpha[0, 0] == 0
    assert picture.alpha[10, 10] == 255
