import numpy as np
import pytest
from PIL import Image

from app.model.operations.computing import Sight, computed
from app.model.operations.settings import FromAlpha, FromChange, FromLuminance
from app.model.picture import Picture
from tests.support.easel import noise
from tests.support.masks import Stop, changed, silent, stop_after

WIDTH, HEIGHT = 300, 200


@pytest.fixture
def base():
    return np.random.default_rng(5).integers(0, 256, (HEIGHT, WIDTH), np.uint8)


@pytest.fixture
def picture():
    alpha = np.random.default_rng(6).integers(0, 256, (HEIGHT, WIDTH), np.uint8)
    return Picture(pixels=noise(WIDTH, HEIGHT).pixels, alpha=alpha)


def made(base, settings, picture, result=None):
    return changed(base, computed(base, settings, silent, Sight(picture, result)))


def test_what_is_transparent_is_redrawn_as_far_as_it_is(base, picture):
    assert np.array_equal(made(base, FromAlpha(), picture), 255 - picture.alpha)
    assert np.array_equal(made(base, FromAlpha(part="opaque"), picture), picture.alpha)


def test_a_picture_without_transparency_is_opaque_everywhere(base):
    assert not made(base, FromAlpha(), noise(WIDTH, HEIGHT)).any()
    assert (made(base, FromAlpha(part="opaque"), noise(WIDTH, HEIGHT)) == 255).all()


def test_brightness_is_what_pillow_says_it_is(base, picture):
    grey = np.asarray(Image.fromarray(np.ascontiguousarray(picture.rgb)).convert("L"))
    assert np.array_equal(made(base, FromLuminance(), picture), grey)
    assert np.array_equal(made(base, FromLuminance(part="dark"), picture), 255 - grey)
    above = made(base, FromLuminance(black=127, white=128), picture)
    assert np.array_equal(above, np.where(grey >= 128, 255, 0))


def test_a_change_counts_from_the_threshold_on_and_in_full_where_it_is_soft(base, picture):
    pixels = picture.pixels.copy()
    pixels[50, :256, 1] = picture.pixels[50, :256, 1] ^ np.uint8(255)
    result = Picture(pixels=pixels)
    most = np.abs(pixels[50].astype(int) - picture.pixels[50]).max(axis=-1)
    hard = made(base, FromChange(threshold=40, softness=0), picture, result)
    assert np.array_equal(hard[50], np.where(most >= 40, 255, 0))
    assert not np.delete(hard, 50, axis=0).any()
    soft = made(base, FromChange(threshold=40, softness=100), picture, result)
    expected = np.clip((most - 39) / 101, 0, 1) * 255
    assert np.abs(soft[50] - expected).max() <= 0.5


@pytest.mark.parametrize(
    ("mode", "join"),
    [
        ("replace", lambda below, covered: covered),
        ("add", np.maximum),
        ("subtract", lambda below, covered: np.minimum(below, 255 - covered)),
        ("intersect", np.minimum),
    ],
)
def test_it_is_joined_to_the_mask_as_an_area_is(base, picture, mode, join):
    found = made(base, FromAlpha(part="opaque", mode=mode), picture)
    assert np.array_equal(found, join(base, picture.alpha))


def test_it_ends_as_soon_as_it_is_not_wanted(base, picture):
    with pytest.raises(Stop):
        computed(base, FromLuminance(), stop_after(1), Sight(picture))
