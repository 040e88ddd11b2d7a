"""A large picture is seen while it is still being decoded."""

import os
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.model.draft import Draft
from app.model.geometry import Size
from app.model.picture import Picture
from app.storage.pictures import drafts, reading
from app.storage.pictures.canvas import BYTES, Canvas
from app.storage.pictures.drafts import Rows
from tests.support.pictures import load, pictures

W, H = 2200, 1600
SIZE = Size(2048, 80)
LEFT, RIGHT = (200, 30, 30), (20, 40, 220)


@pytest.fixture(autouse=True)
def every_picture_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "LARGE", 1)
    monkeypatch.setattr(drafts, "INTERVAL_S", 0.005)
    monkeypatch.setattr(reading, "TICK_S", 0.002)


def two_halves(mode: str = "RGB") -> Image.Image:
    pixels = np.empty((H, W, 3), np.uint8)
    pixels[:, : W // 2], pixels[:, W // 2 :] = LEFT, RIGHT
    pixels ^= np.random.default_rng(1).integers(0, 2, pixels.shape, np.uint8)  # or it is one read
    return Image.fromarray(pixels).convert(mode)


def opened(path: Path) -> tuple[Picture, list[Draft]]:
    seen: list[Draft] = []
    return load(path, seen.append), seen


def turned(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def near(pixel: np.ndarray, colour: tuple[int, int, int]) -> bool:
    return bool(np.abs(pixel[2::-1].astype(int) - colour).max() < 12)


def test_the_size_is_told_first(tmp_path: Path) -> None:
    two_halves().save(tmp_path / "a.png", compress_level=1)
    _, seen = opened(tmp_path / "a.png")
    assert seen[0].size == (W, H)
    assert seen[0].picture is None


def test_of_a_png_the_rows_are_seen_that_are_there(tmp_path: Path) -> None:
    Image.new("RGB", (8000, 7000), LEFT).save(tmp_path / "a.png", compress_level=1)
    pictures.warm()
    if sys.platform != "win32":
        for pid in pictures.pids:  # so that there is time to look, whatever else is going on
            os.setpriority(os.PRIO_PROCESS, pid, 5)
    whole, (_, *seen) = opened(tmp_path / "a.png")
    known = [np.count_nonzero(draft.picture.alpha[:, -1]) for draft in seen if draft.picture]
    assert known == sorted(known)
    last = seen[-1].picture
    assert last is not None
    assert 0 < known[-1] <= last.size.height
    assert np.array_equal(last.pixels[: known[-1]], whole.pixels[::7, ::7][: known[-1]])


def rows_of(canvas: Canvas, *, is_ordered: bool, orientation: int = 1) -> Picture | None:
    rows = Rows(canvas, SIZE, orientation, is_ordered=is_ordered)
    rows._last = 0.0
    return rows.look()


def test_nothing_is_seen_of_a_canvas_that_nobody_wrote_to() -> None:
    canvas = Canvas(bytearray(BYTES * SIZE.area), SIZE.area)
    assert rows_of(canvas, is_ordered=True) is None


@pytest.mark.parametrize("is_ordered", [True, False])
def test_what_is_not_decoded_yet_is_transparent(is_ordered: bool) -> None:
    canvas = Canvas(bytearray(BYTES * SIZE.area), SIZE.area)
    written = canvas.pixels(SIZE).view(np.uint8).reshape(*SIZE[::-1], 4)
    written[:30] = (*(LEFT[::-1] if is_ordered else LEFT), 255)
    picture = rows_of(canvas, is_ordered=is_ordered)
    assert picture is not None
    assert picture.alpha is not None
    assert picture.alpha[:, 0].tolist() == [255] * 15 + [0] * 25
    assert near(picture.pixels[5, 5], LEFT)
    upside_down = rows_of(canvas, is_ordered=is_ordered, orientation=4)
    assert upside_down is not None
    assert upside_down.alpha is not None
    assert upside_down.alpha[:, 0].tolist() == [0] * 25 + [255] * 15


def test_what_is_decoded_elsewhere_has_a_size_and_nothing_else(tmp_path: Path) -> None:
    two_halves("L").save(tmp_path / "a.png", compress_level=1)
    _, seen = opened(tmp_path / "a.png")
    assert [draft.picture for draft in seen] == [None]


def test_a_small_picture_needs_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "LARGE", W * H + 1)
    two_halves().save(tmp_path / "a.jpg")
    assert opened(tmp_path / "a.jpg")[1] == []


def test_the_size_of_a_whole_picture_is_that_of_its_drafts(tmp_path: Path) -> None:
    two_halves().save(tmp_path / "a.png", exif=turned(8), compress_level=1)
    picture, seen = opened(tmp_path / "a.png")
    assert {draft.size for draft in seen} == {picture.size} == {Size(H, W)}
