"""What helps the hand: stabiliser, symmetry, edges."""

from math import hypot

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.model.aids import SYMMETRIES, Aids
from app.model.brush import Brush, Sample
from app.model.edges import Edges
from app.model.geometry import Rect, Size
from app.model.mask import Mask
from app.model.picture import Picture
from app.model.stabiliser import LONGEST, Stabiliser
from app.model.stroke import Stroke
from tests.support.hands import SIZE, brushes, hands, painted

odd = Size(151, 199)


@given(brushes, hands, st.sampled_from(SYMMETRIES), st.booleans(), st.sampled_from([SIZE, odd]))
def test_a_symmetric_stroke_is_symmetric_to_the_pixel(brush, hand, symmetry, erase, size):
    mask = Mask(size)
    mask.plane[...] = 255 if erase else 0
    painted(mask, brush, hand, erase=erase, aids=Aids(symmetry=symmetry))
    if symmetry in ("vertical", "both"):
        assert (mask.plane == mask.plane[:, ::-1]).all()
    if symmetry in ("horizontal", "both"):
        assert (mask.plane == mask.plane[::-1]).all()


@given(brushes, hands)
def test_symmetry_only_adds(brush, hand):
    plain, both = Mask(SIZE), Mask(SIZE)
    painted(plain, brush, hand)
    painted(both, brush, hand, aids=Aids(symmetry="both"))
    mirrored = np.maximum(plain.plane, plain.plane[:, ::-1])
    assert (both.plane == np.maximum(mirrored, mirrored[::-1])).all()


@given(brushes, hands, st.sampled_from(SYMMETRIES))
def test_nothing_changes_outside_the_rectangles_told(brush, hand, symmetry):
    mask = Mask(SIZE)
    stroke = Stroke(mask, brush, aids=Aids(symmetry=symmetry))
    for sample in hand:
        before = mask.plane.copy()
        told = stroke.extend(sample)
        changed = mask.plane != before
        for rect in told:
            assert Rect.of(SIZE).contains(rect)
            changed[rect.slices] = False
        assert not changed.any()


def test_the_axes_go_through_the_middle():
    size = Size(101, 60)
    assert Aids().axes(size) == ()
    assert Aids(symmetry="vertical").axes(size) == (((50.5, 0), (50.5, 60)),)
    assert Aids(symmetry="horizontal").axes(size) == (((0, 30), (101, 30)),)
    assert len(Aids(symmetry="both").axes(size)) == 2


# The stabiliser


@given(hands, st.floats(0.01, 1), st.sampled_from([0.1, 1, 8]))
def test_the_brush_is_never_farther_from_the_hand_than_the_string(hand, strength, zoom):
    steady = Stabiliser(strength, zoom)
    for sample in hand:
        tip = steady.follow(sample)
        string = strength * LONGEST / zoom
        assert hypot(tip.x - sample.x, tip.y - sample.y) <= string * (1 + 1e-9)
        assert tip.pressure == sample.pressure or sample == hand[0]


@given(hands)
def test_without_strength_the_brush_is_where_the_hand_is(hand):
    steady = Stabiliser(0, 1)
    assert [steady.follow(sample) for sample in hand] == hand
    assert steady.let_go() is None


@given(hands, st.floats(0.01, 1))
def test_a_stroke_catches_up_with_the_hand_when_it_ends(hand, strength):
    end = hand[-1]
    assume(0 <= end.x < SIZE.width and 0 <= end.y < SIZE.height)
    mask = Mask(SIZE)
    painted(mask, Brush(size=9, size_pressure=False), hand, aids=Aids(stabiliser=strength))
    assert mask.plane[int(end.y), int(end.x)] > 200


def test_a_trembling_hand_paints_a_steady_line():
    shaken = [Sample(20 + n, 100 + 5 * (-1) ** n) for n in range(110)]
    plain, steady = Mask(SIZE), Mask(SIZE)
    brush = Brush(size=4, hardness=1)
    painted(plain, brush, shaken)
    painted(steady, brush, shaken, aids=Aids(stabiliser=0.5))
    heights = [np.ptp(np.flatnonzero(mask.plane[:, 40:80].any(axis=1))) for mask in (plain, steady)]
    assert heights[0] >= 12
    assert heights[1] <= 8


# Edges


def halves(level: int = 200, width: int = 300, height: int = 200) -> Picture:
    """Dark on the left, `level` on the right; some noise."""
    noise = np.random.default_rng(3).integers(-6, 7, (height, width, 3))
    pixels = np.full((height, width, 4), 40, np.int16)
    pixels[:, width // 2 :] = level
    pixels[..., :3] += noise
    pixels[..., 3] = 255
    return Picture(pixels=pixels.astype(np.uint8))


ACROSS = [Sample(100, 100), Sample(200, 100)]


def test_with_edges_paint_stays_on_the_colour_that_it_began_on():
    picture = halves()
    mask = Mask(picture.size)
    aids = Aids(edges=True, tolerance=40)
    painted(mask, Brush(size=80, hardness=1), ACROSS, aids=aids, picture=picture)
    assert (mask.plane[100, 70:148] == 255).all()
    assert not mask.plane[:, 152:].any()


def test_the_edge_itself_is_soft():
    picture = halves()
    mask = Mask(picture.size)
    aids = Aids(edges=True, tolerance=40)
    painted(mask, Brush(size=80, hardness=1), ACROSS, aids=aids, picture=picture)
    assert ((mask.plane[100, 148:152] > 0) & (mask.plane[100, 148:152] < 255)).any()


def test_with_a_wide_tolerance_edges_do_not_matter():
    picture = halves()
    limited, plain = Mask(picture.size), Mask(picture.size)
    brush = Brush(size=80)
    aids = Aids(edges=True, tolerance=255)
    painted(limited, brush, ACROSS, aids=aids, picture=picture)
    painted(plain, brush, ACROSS)
    assert (limited.plane == plain.plane).all()


@given(brushes, hands, st.integers(0, 255), st.booleans())
def test_edges_only_ever_hold_back(brush, hand, tolerance, erase):
    picture = halves(120, SIZE.width, SIZE.height)
    limited, plain = Mask(SIZE), Mask(SIZE)
    for mask in (limited, plain):
        mask.plane[...] = 100
    aids = Aids(edges=True, tolerance=tolerance)
    painted(limited, brush, hand, erase=erase, aids=aids, picture=picture)
    painted(plain, brush, hand, erase=erase)
    change, most = (np.abs(mask.plane.astype(int) - 100) for mask in (limited, plain))
    assert (change <= most).all()


def test_one_odd_pixel_does_not_stand_for_the_colour():
    picture = halves()
    pixels = picture.pixels.copy()
    pixels[100, 100, :3] = 255
    odd_one = Picture(pixels=pixels)
    mask = Mask(odd_one.size)
    aids = Aids(edges=True, tolerance=40)
    hand = [Sample(100.5, 100.5)]
    painted(mask, Brush(size=60, hardness=1), hand, aids=aids, picture=odd_one)
    assert mask.plane[100, 90] == 255


def test_a_stroke_from_outside_takes_the_colour_at_the_rim():
    picture = halves()
    mask = Mask(picture.size)
    aids = Aids(edges=True, tolerance=40)
    hand = [Sample(-50, 100), Sample(290, 100)]
    painted(mask, Brush(size=20, hardness=1), hand, aids=aids, picture=picture)
    assert mask.plane[100, 100] == 255
    assert mask.plane[100, 200] == 0


def test_the_limit_is_the_same_however_it_is_looked_at():
    picture = halves(width=700, height=300)
    at_once, bit_by_bit = (Edges(picture, 32, Sample(10, 10)) for _ in range(2))
    at_once.reveal(Rect(0, 0, 700, 300))
    for left in range(0, 700, 90):
        for top in (0, 150):
            bit_by_bit.reveal(Rect(left, top, min(700, left + 90), top + 150))
    assert (at_once.limit == bit_by_bit.limit).all()


def test_only_tiles_under_the_brush_are_looked_at():
    picture = halves(width=2000, height=2000)
    stroke = Stroke(Mask(picture.size), Brush(size=50), aids=Aids(edges=True), picture=picture)
    stroke.extend(Sample(1000, 1000))
    stroke.extend(Sample(1100, 1000))
    assert stroke._edges is not None
    assert len(stroke._edges._known) <= 6


def test_edges_need_a_picture():
    mask = Mask(SIZE)
    painted(mask, Brush(size=20), [Sample(50, 50)], aids=Aids(edges=True))
    assert mask.plane[50, 50] == 255


@pytest.mark.parametrize("alpha", [None, 7])
def test_alpha_does_not_count(alpha):
    picture = halves()
    if alpha is not None:
        picture = Picture(pixels=picture.pixels.copy(), alpha=np.full((200, 300), alpha, np.uint8))
    mask = Mask(picture.size)
    painted(mask, Brush(size=9), [Sample(50, 50)], aids=Aids(edges=True), picture=picture)
    assert mask.plane[50, 50] == 255
