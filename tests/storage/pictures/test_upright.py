"""Pictures are shown upright, and of several the first."""

import numpy as np
import pytest
from PIL import Image

from app.model.picture import Picture
from tests.storage.pictures.made import ALPHA, is_like, saved, scene
from tests.support.pictures import load_bytes

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""What makes a file of an upright picture, by its orientation."""


def corners(picture: Picture) -> list[tuple[int, int, int]]:
    rgb = picture.rgb
    return [tuple(rgb[y, x].tolist()) for y in (2, -3) for x in (2, -3)]


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WebP"])
@pytest.mark.parametrize("orientation", range(1, 10))
def test_every_orientation_is_shown_upright(kind: str, orientation: int) -> None:
    upright = Image.fromarray(scene())
    turn = TURNS.get(orientation)
    filed = upright.transpose(turn) if turn is not None else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"lossless": True} if kind == "WebP" else {}
    picture = load_bytes(saved(filed, kind, exif=exif, **options))
    assert corners(picture) == [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)]
    assert np.array_equal(picture.rgb, scene())
    assert picture.pixels.flags.c_contiguous


def test_alpha_is_turned_with_the_colours() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image = Image.fromarray(np.dstack([scene(), ALPHA])).transpose(Image.Transpose.ROTATE_90)
    picture = load_bytes(saved(image, exif=exif))
    assert picture.alpha is not None
    assert np.array_equal(picture.alpha, ALPHA)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_an_avif_is_turned_as_it_says_itself(orientation: int) -> None:
    image = Image.fromarray(np.dstack([scene(), ALPHA]))
    if orientation > 1:
        image = image.transpose(TURNS[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = load_bytes(saved(image, "AVIF", exif=exif, quality=100, subsampling="4:4:4"))
    assert picture.alpha is not None
    assert is_like(picture.alpha, ALPHA)
    assert is_like(picture.rgb, scene())


def test_exif_that_makes_no_sense_is_ignored() -> None:
    image = Image.fromarray(scene())
    for garbage in (b"Exif\0\0garbage", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0"):
        assert np.array_equal(load_bytes(saved(image, exif=garbage)).rgb, scene())


@pytest.mark.parametrize("kind", ["GIF", "WebP", "PNG", "TIFF"])
def test_the_first_frame_is_opened_with_a_notice(kind: str) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue", "lime")]
    options = {"lossless": True} if kind == "WebP" else {}
    data = saved(frames[0], kind, save_all=True, append_images=frames[1:], **options)
    picture = load_bytes(data)
    assert picture.rgb[4, 4].tolist() == [255, 0, 0]
    assert picture.notices == ("first_frame",)


def test_a_photo_with_a_preview_behind_it_is_just_a_photo() -> None:
    frames = [Image.new("RGB", (16, 16), colour) for colour in ("red", "blue")]
    picture = load_bytes(saved(frames[0], "MPO", save_all=True, append_images=frames[1:]))
    assert picture.rgb[4, 4, 0] > 250
    assert picture.notices == ()
