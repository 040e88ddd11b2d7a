"""A large JPEG is decoded at a fraction of its size, beside the real thing."""

from io import BytesIO
from threading import Event

import numpy as np
import pytest
from PIL import Image

from app.model.geometry import Size
from app.model.picture import Picture
from app.storage.pictures import drafts
from app.storage.pictures.reduced import reduced, reduced_beside

W, H = 2200, 1600
LEFT, RIGHT = (200, 30, 30), (20, 40, 220)


@pytest.fixture(scope="module")
def jpeg() -> bytes:
    pixels = np.empty((H, W, 3), np.uint8)
    pixels[:, : W // 2], pixels[:, W // 2 :] = LEFT, RIGHT
    out = BytesIO()
    Image.fromarray(pixels).save(out, "JPEG")
    return out.getvalue()


def picture(jpeg: bytes, orientation: int) -> Picture:
    frame = reduced(lambda: BytesIO(jpeg), orientation)
    return drafts.reduced(Size(**frame.data), *frame.parts)


def near(pixel: np.ndarray, colour: tuple[int, int, int]) -> bool:
    return bool(np.abs(pixel[2::-1].astype(int) - colour).max() < 12)


def test_it_is_small_and_whole(jpeg: bytes) -> None:
    draft = picture(jpeg, 1)
    assert draft.size == (W // 2, H // 2)
    assert near(draft.pixels[5, 5], LEFT)
    assert near(draft.pixels[5, -5], RIGHT)


def test_it_stands_upright(jpeg: bytes) -> None:
    draft = picture(jpeg, 6)
    assert draft.size == (H // 2, W // 2)
    assert near(draft.pixels[5, 5], LEFT)
    assert near(draft.pixels[-5, 5], RIGHT)


def test_it_is_told_while_the_rest_is_decoded(jpeg: bytes) -> None:
    told, watched = Event(), Event()
    watched.set()
    with reduced_beside(lambda: BytesIO(jpeg), 1, lambda frame: told.set(), watched):
        assert told.wait(30)


def test_it_is_neither_begun_nor_told_when_all_is_there(jpeg: bytes) -> None:
    begun: list[bytes] = []
    told: list[object] = []

    def again() -> BytesIO:
        begun.append(jpeg)
        return BytesIO(jpeg)

    with reduced_beside(again, 1, told.append, Event()):
        pass
    assert (begun, told) == ([], [])


def test_what_is_late_is_not_waited_for(jpeg: bytes) -> None:
    begun, go_on, told = Event(), Event(), Event()

    def again() -> BytesIO:
        begun.set()
        assert go_on.wait(30)
        return BytesIO(jpeg)

    watched = Event()
    watched.set()
    with reduced_beside(again, 1, lambda frame: told.set(), watched):
        assert begun.wait(30)
    go_on.set()
    assert not told.wait(0.3)
