"""A rough line around an object becomes the object's own outline."""

import numpy as np
import pytest

from app.model.geometry import Rect
from app.model.mask import Mask
from app.model.outline.snap import Cutout, snap, snapped_change
from app.model.picture import Picture
from app.model.selecting import Selecting
from app.model.selection.shapes import Polygon
from tests.support.masks import Stop, disc, silent, stop_after


def scene(size: int, coverage: np.ndarray, seed: int = 1) -> Picture:
    """A reddish object with dark stripes on a grey ground that gets lighter, all of it noisy."""
    noise = np.random.default_rng(seed)
    across, down = np.meshgrid(np.arange(size), np.arange(size))
    ground = np.stack([80 + 90 * across / size, 90 + 60 * down / size, 100 + 50 * across / size])
    stripes = 70 * (down % max(2, size // 12) < size // 40)
    thing = np.stack([40 - stripes / 3, 70 - stripes / 2, 190 - stripes])
    share = coverage / 255
    mixed = ground * (1 - share) + thing * share + noise.normal(0, 5, (3, size, size))
    pixels = np.full((size, size, 4), 255, np.uint8)
    pixels[:, :, :3] = np.clip(mixed, 0, 255).transpose(1, 2, 0)
    return Picture(pixels=pixels)


def rough(middle: tuple[float, float], radius: float, waver: float = 0.08) -> Polygon:
    """A line that a hurried hand draws."""
    turns = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    far = radius * (1 + waver * np.sin(5 * turns) + waver / 2 * np.cos(11 * turns))
    points = zip(middle[0] + far * np.cos(turns), middle[1] + far * np.sin(turns), strict=True)
    return Polygon(tuple((float(x), float(y)) for x, y in points))


def found(picture: Picture, shape: Polygon) -> np.ndarray:
    """What is found, on a plane of the picture's size."""
    height, width = picture.pixels.shape[:2]
    plane = np.zeros((height, width), np.uint8)
    cutout = snap(picture, shape, silent)
    plane[cutout.box.slices] = cutout.coverage
    return plane


@pytest.mark.parametrize("size", [120, 500, 1400])
def test_edge_is_the_objects_to_two_pixels(size):
    middle, radius = (size * 0.52, size * 0.47), size * 0.3
    plane = found(scene(size, disc(size, middle, radius, 2)), rough(middle, radius * 1.25))
    assert plane[disc(size, middle, radius - 2) == 255].min() > 127
    assert plane[disc(size, middle, radius + 2) == 0].max() < 128


def test_edge_is_smooth():
    size, middle, radius = 500, (250.0, 240.0), 140.0
    truth = disc(size, middle, radius, 2)
    plane = found(scene(size, truth), rough(middle, 175))
    edge = (truth > 0) & (truth < 255)
    assert np.abs(plane[edge].astype(int) - truth[edge]).mean() < 60
    assert len(np.unique(plane[edge])) > 50


def test_nothing_outside_the_line_is_found():
    size, middle = 400, (200.0, 200.0)
    shape = rough((230.0, 200.0), 110)  # cuts the object
    picture = scene(size, disc(size, middle, 120, 1))
    plane = found(picture, shape)
    outside = snap(picture, shape, silent).box
    assert plane.any()
    inside = np.zeros_like(plane)
    inside[outside.slices] = shape.cover(outside)
    assert (plane <= inside).all()


def test_object_may_be_cut_off_by_the_picture():
    size, middle = 400, (390.0, 200.0)
    plane = found(scene(size, disc(size, middle, 130, 1)), rough(middle, 170))
    assert plane[disc(size, middle, 126) == 255].min() > 127
    assert plane[disc(size, middle, 134) == 0].max() < 128


def test_hole_is_found_by_a_line_around_it():
    size, middle = 600, (300, 300)
    hole = disc(size, middle, 110, 1)
    ring = np.minimum(disc(size, middle, 230, 1), 255 - hole)
    plane = found(scene(size, ring), rough(middle, 140))
    assert (plane > 127)[hole > 250].mean() > 0.99
    assert (plane > 127)[hole < 5].mean() < 0.01


@pytest.mark.parametrize(
    "shape",
    [
        Polygon(((-10.0, -10.0), (500.0, -10.0), (500.0, 500.0), (-10.0, 500.0))),
        Polygon(((50.0, 50.0), (52.0, 50.0), (51.0, 53.0))),
        Polygon(((50.0, 50.0), (300.0, 50.4), (300.0, 50.9))),
        rough((5.0, 5.0), 3.0),
    ],
    ids=["everything", "speck", "sliver", "corner"],
)
def test_where_little_can_be_told_it_is_the_line_at_most(shape):
    picture = scene(400, disc(400, (200, 200), 100, 1))
    plane = found(picture, shape)
    drawn = shape.cover(snap(picture, shape, silent).box)
    assert plane.any()
    assert plane.sum() <= drawn.sum()


def test_even_picture_gives_something_inside_the_line():
    picture = Picture(pixels=np.full((300, 300, 4), 255, np.uint8))
    assert found(picture, rough((150.0, 150.0), 100)).any()


def test_line_beside_the_picture_finds_nothing():
    picture = scene(100, disc(100, (50, 50), 30, 1))
    cutout = snap(picture, rough((500.0, 500.0), 50), silent)
    assert cutout.box.is_empty
    assert not cutout.cover(cutout.box.grown(3)).any()


def test_same_line_finds_the_same():
    picture = scene(400, disc(400, (200, 200), 100, 1))
    shape = rough((200.0, 200.0), 130)
    assert np.array_equal(found(picture, shape), found(picture, shape))


def test_progress_grows_to_the_end():
    picture, told = scene(700, disc(700, (350, 350), 200, 1)), []
    snap(picture, rough((350.0, 350.0), 260), told.append)
    assert told == sorted(told)
    assert 0 == told[0] < told[-1] < 1


def test_work_ends_when_it_is_not_wanted():
    picture = scene(700, disc(700, (350, 350), 200, 1))
    with pytest.raises(Stop):
        snap(picture, rough((350.0, 350.0), 260), stop_after(3))


@pytest.mark.parametrize("mode", ["add", "subtract", "intersect", "replace"])
def test_change_joins_the_object_to_the_mask(mode):
    size, middle = 400, (200, 200)
    picture, shape = scene(size, disc(size, middle, 100, 1)), rough(middle, 130)
    base = disc(size, (280, 200), 90)
    mask = Mask.of(base)
    mask.swap_tiles(dict(snapped_change(picture, shape, Selecting(), mode, base, silent)))
    object_ = found(picture, shape)
    joined = {
        "add": np.maximum(base, object_),
        "subtract": np.minimum(base, 255 - object_),
        "intersect": np.minimum(base, object_),
        "replace": object_,
    }
    assert np.array_equal(mask.plane, joined[mode])


def test_change_is_as_soft_and_as_strong_as_the_tool():
    size, middle = 400, (200, 200)
    picture, base = scene(size, disc(size, middle, 100, 1)), np.zeros((size, size), np.uint8)
    selecting = Selecting(feather=20, opacity=0.5)
    mask = Mask.of(base)
    change = snapped_change(picture, rough(middle, 130), selecting, "add", base, silent)
    mask.swap_tiles(dict(change))
    assert mask.plane.max() == 128
    row = mask.plane[200, 200:340].astype(int)
    assert (np.diff(row) <= 0).all()
    assert 5 < row[110] < 60


def test_cutout_covers_any_rectangle():
    cutout = Cutout(np.full((2, 3), 9, np.uint8), Rect(4, 5, 7, 7))
    assert cutout.cover(cutout.box).tolist() == [[9] * 3] * 2
    assert cutout.cover(cutout.box.moved(2, 1)).tolist() == [[9, 0, 0], [0, 0, 0]]
    assert not cutout.cover(cutout.box.moved(9, 9)).any()
