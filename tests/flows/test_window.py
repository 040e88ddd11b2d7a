"""What an artist does, in the whole program, with real mouse and key events."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDoubleSpinBox, QPlainTextEdit

from app.storage.folders import Folders
from tests.support.studio import Studio, in_studio, photo, pixels_of

Live = Callable[..., None]
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def live(qapp: QApplication, tmp_path: Path) -> Live:
    return lambda story: in_studio(story, tmp_path, qapp)


async def opened(studio: Studio, tmp_path: Path) -> np.ndarray:
    before = photo(tmp_path / "photo.png")
    await studio.open(tmp_path / "photo.png")
    studio.find("image_num", QDoubleSpinBox).setValue(1)
    studio.find("mask_blur", QDoubleSpinBox).setValue(0)
    return before


async def generated(studio: Studio, pictures: int) -> None:
    await studio.until(studio.find("generate").isEnabled)
    studio.click("generate")
    await studio.until(lambda: studio.pictures() >= pictures)


def test_paint_generate_and_find_the_pictures_saved(live: Live, tmp_path: Path) -> None:
    async def story(studio: Studio) -> None:
        before = await opened(studio, tmp_path)
        studio.find("image_num", QDoubleSpinBox).setValue(2)
        studio.drag_across_middle()
        mask = studio.document.mask_snapshot().plane()
        await generated(studio, 2)

        first, second = studio.saved()
        for path in (first, second):
            after = pixels_of(path)
            assert np.array_equal(after[mask == 0], before[mask == 0])
            assert not np.array_equal(after[mask == 255], before[mask == 255])
            with Image.open(path) as image:
                assert "Mask blur: 0" in image.info["parameters"]
        assert not np.array_equal(pixels_of(first), pixels_of(second))

    live(story)


def test_the_sample_picture_is_one_click_away(live: Live) -> None:
    async def story(studio: Studio) -> None:
        assert not studio.find("generate").isEnabled()
        studio.click("try_sample")
        await studio.until(lambda: studio.canvas.isVisible())
        await studio.until(lambda: "lake" in studio.window.windowTitle())

    live(story)


def test_generate_says_in_words_what_is_missing(live: Live, tmp_path: Path) -> None:
    async def story(studio: Studio) -> None:
        generate = studio.find("generate", QAbstractButton)
        assert "Open a picture" in generate.toolTip()
        await opened(studio, tmp_path)
        await studio.until(lambda: "Paint" in generate.toolTip())
        studio.drag_across_middle()
        await studio.until(generate.isEnabled)
        studio.press(Qt.Key.Key_Z, CTRL)
        await studio.until(lambda: not generate.isEnabled())

    live(story)


def test_painting_goes_on_while_a_job_runs_and_does_not_reach_it(
    live: Live, tmp_path: Path
) -> None:
    async def story(studio: Studio) -> None:
        before = await opened(studio, tmp_path)
        studio.drag_across_middle()
        sent = studio.document.mask_snapshot().plane()
        studio.press(Qt.Key.Key_Return, CTRL)
        await studio.until(lambda: studio.strip.count() > 0)
        middle = studio.canvas.rect().center()
        studio.drag((middle.x(), middle.y() - 60), (middle.x(), middle.y() + 60))
        assert studio.document.mask_snapshot().plane().sum() > sent.sum()
        await studio.until(lambda: studio.pictures() == 1)
        (path,) = studio.saved()
        after = pixels_of(path)
        assert np.array_equal(after[sent == 0], before[sent == 0])

    live(story)


def test_a_click_shows_a_result_in_place_and_another_click_goes_back(
    live: Live, tmp_path: Path
) -> None:
    async def story(studio: Studio) -> None:
        await opened(studio, tmp_path)
        studio.drag_across_middle()
        await generated(studio, 1)
        plain = studio.canvas.grab().toImage()
        studio.click_item(0)
        await studio.until(lambda: studio.canvas.grab().toImage() != plain)
        studio.click_item(0)
        await studio.until(lambda: studio.canvas.grab().toImage() == plain)

    live(story)


def test_a_result_becomes_the_picture_and_undo_brings_the_old_one_back(
    live: Live, tmp_path: Path
) -> None:
    async def story(studio: Studio) -> None:
        before = await opened(studio, tmp_path)
        studio.drag_across_middle()
        await generated(studio, 1)
        studio.click_item(0)
        await studio.until(studio.find("result_use").isEnabled)
        studio.click("result_use")
        document = studio.document
        await studio.until(lambda: not np.array_equal(document.picture.rgb, before))
        studio.press(Qt.Key.Key_Z, CTRL)
        assert document.picture is not None
        assert np.array_equal(document.picture.rgb, before)

    live(story)


def test_a_cancelled_job_ends_and_leaves_nothing_behind(live: Live, tmp_path: Path) -> None:
    async def story(studio: Studio) -> None:
        await opened(studio, tmp_path)
        studio.find("image_num", QDoubleSpinBox).setValue(8)
        studio.drag_across_middle(200)
        await studio.until(studio.find("generate").isEnabled)
        studio.click("generate")
        await studio.until(lambda: studio.strip.count() > 0)
        studio.press(Qt.Key.Key_Escape, SHIFT)
        await studio.until(lambda: studio.pictures() == studio.strip.count() == 0)
        assert studio.saved() == []

    live(story)


def test_a_large_picture_is_sent_in_part_and_comes_back_whole(live: Live, tmp_path: Path) -> None:
    async def story(studio: Studio) -> None:
        before = photo(tmp_path / "wide.png", 2400, 600)
        await studio.open(tmp_path / "wide.png")
        studio.find("image_num", QDoubleSpinBox).setValue(1)
        studio.find("mask_blur", QDoubleSpinBox).setValue(0)
        studio.drag_across_middle(30)
        mask = studio.document.mask_snapshot().plane()
        await generated(studio, 1)
        (path,) = studio.saved()
        after = pixels_of(path)
        assert after.shape == before.shape
        assert np.array_equal(after[mask == 0], before[mask == 0])
        assert not np.array_equal(after[mask == 255], before[mask == 255])

    live(story)


def test_a_file_that_is_no_picture_leaves_the_open_one_as_it_is(live: Live, tmp_path: Path) -> None:
    async def story(studio: Studio) -> None:
        before = await opened(studio, tmp_path)
        (tmp_path / "broken.png").write_bytes((tmp_path / "photo.png").read_bytes()[:200])
        studio.window.recent.chosen.emit(str(tmp_path / "broken.png"))
        notice = studio.find("notice")
        await studio.until(notice.isVisible)
        document = studio.document
        assert document.picture is not None
        assert np.array_equal(document.picture.rgb, before)

    live(story)


def test_a_journal_that_cannot_be_read_is_put_aside_and_told(live: Live, tmp_path: Path) -> None:
    journal = Folders.under(tmp_path).data / "journal.sqlite"
    journal.parent.mkdir(parents=True)
    journal.write_bytes(b"no journal at all" * 100)

    async def story(studio: Studio) -> None:
        notice = studio.find("notice")
        await studio.until(notice.isVisible)
        assert "damaged" in notice.accessibleName()
        assert [path.name for path in journal.parent.glob("journal.damaged*")]

    live(story)


def test_single_keys_are_letters_while_a_prompt_is_typed(live: Live, tmp_path: Path) -> None:
    async def story(studio: Studio) -> None:
        await opened(studio, tmp_path)
        prompt = studio.find("prompt", QPlainTextEdit)
        prompt.setFocus()
        QTest.keyClicks(prompt, "bex[]")
        assert prompt.toPlainText() == "bex[]"
        assert studio.find("tool_brush", QAbstractButton).isChecked()
        studio.canvas.setFocus()
        studio.press(Qt.Key.Key_E)
        assert studio.find("tool_eraser", QAbstractButton).isChecked()

    live(story)


def test_what_was_chosen_survives_a_restart(live: Live, tmp_path: Path) -> None:
    async def first(studio: Studio) -> None:
        await opened(studio, tmp_path)
        studio.find("steps", QDoubleSpinBox).setValue(44)
        studio.canvas.setFocus()
        studio.press(Qt.Key.Key_BracketRight)
        sizes.append(studio.tools.brush.size)

    async def second(studio: Studio) -> None:
        assert studio.find("steps", QDoubleSpinBox).value() == 44
        assert studio.tools.brush.size == sizes[0]
        assert studio.window.recent.actions()[0].text().endswith("photo.png")

    sizes: list[float] = []
    live(first)
    live(second)


def test_the_service_that_the_environment_names_is_the_one_in_use(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASKWRIGHT_BASE_URL", "https://api.ppio.com")

    async def story(studio: Studio) -> None:
        assert "PPIO" in studio.find("service", QAbstractButton).accessibleName()

    live(story)


def test_an_address_in_the_environment_that_is_none_is_said(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASKWRIGHT_BASE_URL", "http://example.org")

    async def story(studio: Studio) -> None:
        assert studio.find("notice").isVisible()
        assert "Built-in" in studio.find("service", QAbstractButton).accessibleName()

    live(story)
