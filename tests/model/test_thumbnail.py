"""A small picture of the redrawn part."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.model.geometry import EMPTY, Rect, Size
from app.model.picture import Picture
from app.model.thumbnail import THUMBNAIL, frame, thumbnail


def test_it_shows_the_box_with_room_around_it() -> None:
    seen = frame(Size(3000, 2000), Rect(1000, 1000, 1300, 1200))
    assert seen.contains(Rect(1000, 1000, 1300, 1200))
    assert seen.width == 450
    assert seen.height == 300


def test_without_a_box_it_shows_the_whole_picture() -> None:
    assert frame(Size(300, 200), EMPTY) == Rect(0, 0, 300, 200)


@given(st.integers(1, 4000), st.integers(1, 4000), st.floats(0, 1), st.floats(0, 1))
def test_the_frame_stays_inside_the_picture(width: int, height: int, x: float, y: float) -> None:
    left, top = int(x * (width - 1)), int(y * (height - 1))
    box = Rect(left, top, left + 1, top + 1)
    seen = frame(Size(width, height), box)
    assert Rect.of(Size(width, height)).contains(seen)
    assert not seen.is_empty
    assert seen.contains(box)


def test_it_is_never_larger_than_asked_and_keeps_its_aspect() -> None:
    picture = Picture(pixels=np.full((900, 300, 4), 255, np.uint8))
    small = thumbnail(picture, Rect(0, 0, 300, 900))
    assert small.shape[0] <= THUMBNAIL.height
    assert small.shape[1] <= THUMBNAIL.width
    assert abs(small.shape[0] / small.shape[1] - 3) < 0.1
