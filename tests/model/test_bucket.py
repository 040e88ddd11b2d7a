"""The bucket: up to the paint around a pixel, and no farther."""

import numpy as np
import pytest

from app.model.brush import Brush, Sample
from app.model.bucket import change_at
from app.model.geometry import Size
from app.model.mask import Mask
from app.model.selecting import Mode, Selecting
from app.model.stroke import Stroke

SIZE = Size(200, 160)


def filled(base: np.ndarray, x: int, y: int, mode: Mode = "add", **selecting) -> np.ndarray:
    """The mask after a click on a pixel."""
    mask = Mask.of(base)
    change = change_at(x, y, Selecting(**selecting), mode, base, lambda _share: None)
    mask.swap_tiles(dict(change))
    return mask.plane


def ring(hardness: float, size: float = 20, opacity: float = 1.0) -> np.ndarray:
    """A round stroke around (100, 80), 50 pixels from there."""
    mask = Mask(SIZE)
    stroke = Stroke(mask, Brush(size=size, hardness=hardness, opacity=opacity))
    for turn in np.linspace(0, 2 * np.pi, 100):
        stroke.extend(Sample(100 + 50 * np.cos(turn), 80 + 50 * np.sin(turn)))
    stroke.finish()
    return mask.plane.copy()


def distance() -> np.ndarray:
    rows, columns = np.mgrid[: SIZE.height, : SIZE.width]
    return np.hypot(columns + 0.5 - 100, rows + 0.5 - 80)


@pytest.mark.parametrize("hardness", [1, 0.5, 0])
def test_what_is_enclosed_is_filled_without_a_seam(hardness):
    base = ring(hardness)
    plane = filled(base, 100, 80)
    assert plane[distance() < 48].min() == 255
    assert plane[distance() < 50].min() > 240  # a soft stroke's crest is not quite even
    outside = distance() > 52
    assert (plane[outside] == base[outside]).all()


def test_up_to_faint_paint_it_is_filled_too():
    base = ring(0.5, opacity=0.7)
    plane = filled(base, 100, 80)
    assert plane[distance() < 44].min() == 255
    assert (plane[distance() > 55] == base[distance() > 55]).all()


def test_through_a_gap_it_runs_out():
    base = ring(1)
    base[75:85, 140:] = 0
    assert filled(base, 100, 80).min() > 127


def test_nothing_around_fills_everything():
    assert filled(np.zeros((50, 60), np.uint8), 3, 4).min() == 255


def test_a_diagonal_line_holds():
    base = np.zeros((20, 20), np.uint8)
    np.fill_diagonal(base, 255)
    plane = filled(base, 15, 2)
    assert plane[2, 15] == 255
    assert plane[15, 2] == 0


def test_subtracting_takes_what_hangs_together_with_its_soft_edge():
    base = ring(0.3)
    base[:10, :10] = 255
    plane = filled(base, 150, 80, "subtract")
    assert plane[10:].max() == 0
    assert plane[:10, :10].min() == 255


def test_subtracting_beside_paint_leaves_the_paint_alone():
    base = ring(1)
    assert (filled(base, 100, 80, "subtract")[base > 127] == base[base > 127]).all()


def test_on_paint_it_makes_that_solid():
    base = ring(1, opacity=0.7)
    plane = filled(base, 150, 80)
    assert plane[80, 150] == 255
    assert plane[80, 100] == 0


def test_it_replaces_and_intersects():
    base = ring(1)
    base[:10, :10] = 255
    plane = filled(base, 150, 80, "replace")
    assert plane[5, 5] == 0
    assert plane[80, 150] == 255
    assert (filled(base, 150, 80, "intersect")[:10, :10] == 0).all()


def test_the_opacity_is_what_it_fills_with():
    plane = filled(ring(1), 100, 80, opacity=0.5)
    assert plane[80, 100] == 128
    assert plane[80, 150] == 255
