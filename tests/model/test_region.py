"""Which part of a picture a job sends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contract.request import MAX_SIDE
from app.model.geometry import EMPTY, Rect, Size
from app.model.region import plan_region, redrawn_box


def test_an_untouched_mask_redraws_nothing() -> None:
    assert redrawn_box(np.zeros((40, 60), np.uint8), invert=False) == EMPTY


def test_a_full_mask_inverted_redraws_nothing() -> None:
    assert redrawn_box(np.full((40, 60), 255, np.uint8), invert=True) == EMPTY


def test_the_box_reaches_to_the_faintest_painted_pixel() -> None:
    mask = np.zeros((40, 60), np.uint8)
    mask[5, 7] = 1
    mask[30, 50] = 255
    assert redrawn_box(mask, invert=False) == Rect(7, 5, 51, 31)


def test_inverted_the_box_holds_what_is_not_fully_painted() -> None:
    mask = np.full((40, 60), 255, np.uint8)
    mask[3:6, 10:20] = 128
    assert redrawn_box(mask, invert=True) == Rect(10, 3, 20, 6)


@pytest.mark.parametrize("size", [Size(1, 1), Size(2048, 2048), Size(2048, 7)])
def test_a_picture_that_the_service_takes_goes_whole(size: Size) -> None:
    region = plan_region(size, Rect(0, 0, 1, 1), reach=500)
    assert region.rect == Rect.of(size)
    assert region.sent == size


def test_a_larger_picture_goes_as_the_part_around_the_mask_unscaled() -> None:
    region = plan_region(Size(8192, 8192), Rect(4000, 4000, 4600, 4400), reach=20)
    assert not region.is_scaled
    assert region.rect.contains(Rect(4000 - 300, 4000 - 300, 4600 + 300, 4400 + 300))
    assert region.rect.size.longest <= MAX_SIDE


def test_a_tiny_mask_still_gives_the_model_something_to_look_at() -> None:
    region = plan_region(Size(5000, 4000), Rect(10, 10, 14, 14), reach=12)
    assert region.rect == Rect(0, 0, 512, 512)


def test_a_mask_larger_than_the_service_takes_is_scaled_down() -> None:
    region = plan_region(Size(8000, 6000), Rect(100, 100, 7000, 5000), reach=12)
    assert region.is_scaled
    assert region.sent.longest == MAX_SIDE
    assert region.rect.contains(Rect(88, 88, 7012, 5012))


def test_a_box_that_fits_is_never_scaled_for_the_sake_of_context() -> None:
    region = plan_region(Size(8000, 6000), Rect(1000, 1000, 3000, 3000), reach=12)
    assert not region.is_scaled


@given(
    st.integers(1, 20000),
    st.integers(1, 20000),
    st.tuples(*[st.floats(0, 1)] * 4),
    st.integers(0, 450),
)
def test_every_plan_holds_the_box_inside_the_picture_within_the_limits(
    width: int, height: int, corners: tuple[float, float, float, float], reach: int
) -> None:
    size = Size(width, height)
    left, right = sorted((int(corners[0] * (width - 1)), int(corners[1] * (width - 1))))
    top, bottom = sorted((int(corners[2] * (height - 1)), int(corners[3] * (height - 1))))
    box = Rect(left, top, right + 1, bottom + 1)

    region = plan_region(size, box, reach=reach)

    assert Rect.of(size).contains(region.rect)
    assert region.rect.contains(box.grown(reach).within(Rect.of(size)))
    assert region.sent.longest <= MAX_SIDE
    assert min(region.sent) >= 1
