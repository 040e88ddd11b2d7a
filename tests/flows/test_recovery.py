"""Masks outlive the window: an artist leaves, comes back, and goes on."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListView, QWidget

from app.model.picture import Plane
from app.session.parameters import ParameterState
from app.shell.quit_dialog import QuitDialog
from app.shell.recovery.bar import OfferBar
from tests.support.studio import Studio, in_studio, photo

Story = Callable[[Studio], Awaitable[None]]
Live = Callable[[Story], None]


@pytest.fixture
def live(qapp: QApplication, tmp_path: Path) -> Live:
    return lambda story: in_studio(story, tmp_path, qapp)


@pytest.fixture
def painted(live: Live, tmp_path: Path) -> Plane:
    """The mask that somebody painted on harbour.png before they closed the window."""
    masks: list[Plane] = []

    async def story(studio: Studio) -> None:
        photo(tmp_path / "harbour.png")
        await studio.open(tmp_path / "harbour.png")
        studio.drag_across_middle()
        parameters(studio).edit(prompt="a red sail")
        masks.append(studio.document.mask_snapshot().plane())

    live(story)
    return masks[0]


def parameters(studio: Studio) -> ParameterState:
    found = studio.window.findChild(ParameterState)
    assert found is not None
    return found


async def offered(studio: Studio) -> OfferBar:
    bar = studio.find("recovery", OfferBar)
    await studio.until(bar.isVisible)
    return bar


async def listed(studio: Studio, count: int) -> None:
    await studio.until(lambda: studio.find("recover_list", QListView).model().rowCount() == count)


def test_a_mask_is_offered_at_the_next_start_and_gone_on_with(live: Live, painted: Plane) -> None:
    async def story(studio: Studio) -> None:
        bar = await offered(studio)
        assert "harbour.png" in bar.accessibleName()
        parameters(studio).edit(prompt="something else")
        studio.click("recovery_go_on")
        await studio.until(lambda: not studio.document.mask_is_empty)
        assert np.array_equal(studio.document.mask_snapshot().plane(), painted)
        await studio.until(lambda: studio.window.windowTitle().startswith("harbour.png"))
        assert studio.window.isWindowModified()
        assert not studio.document.can_undo
        assert parameters(studio).value.prompt == "a red sail"
        assert not bar.isVisible()

    live(story)


def test_it_is_kept_however_often_the_window_is_closed_in_between(
    live: Live, painted: Plane
) -> None:
    async def look(studio: Studio) -> None:
        await offered(studio)

    async def go_on(studio: Studio) -> None:
        await offered(studio)
        studio.click("recovery_go_on")
        await studio.until(lambda: not studio.document.mask_is_empty)
        assert np.array_equal(studio.document.mask_snapshot().plane(), painted)

    for story in (look, go_on, go_on):
        live(story)


def test_not_now_is_taken_for_an_answer_and_the_menu_still_has_it(
    live: Live, painted: Plane
) -> None:
    async def decline(studio: Studio) -> None:
        words = studio.find("empty_state").findChild(QLabel)
        await offered(studio)
        assert not words.isVisible()  # they would look out from below the offer
        studio.click("recovery_later")
        assert words.isVisible()
        assert "Recover" in studio.window.status.findChild(QLabel, "message").text()

    async def look(studio: Studio) -> None:
        studio.window.actions_table["recover"].trigger()
        await listed(studio, 1)
        assert not studio.find("recovery").isVisible()
        assert studio.find("recover_list").hasFocus()
        studio.click("recover_go_on")
        await studio.until(lambda: not studio.document.mask_is_empty)
        assert np.array_equal(studio.document.mask_snapshot().plane(), painted)

    live(decline)
    live(look)


def test_opening_a_picture_that_was_painted_on_offers_its_mask(
    live: Live, painted: Plane, tmp_path: Path
) -> None:
    async def story(studio: Studio) -> None:
        bar = await offered(studio)
        photo(tmp_path / "other.png")
        await studio.open(tmp_path / "other.png")
        await studio.until(bar.isHidden)
        await studio.open(tmp_path / "harbour.png")
        await studio.until(bar.isVisible)
        studio.drag_across_middle(30)
        assert bar.isHidden()  # painting is an answer too, for now
        studio.document.undo()

    live(story)
    live(offered_and_gone_on_with(painted))


def offered_and_gone_on_with(painted: Plane) -> Story:
    async def story(studio: Studio) -> None:
        await offered(studio)
        studio.click("recovery_go_on")
        await studio.until(lambda: not studio.document.mask_is_empty)
        assert np.array_equal(studio.document.mask_snapshot().plane(), painted)

    return story


def test_a_deleted_mask_can_be_had_back(live: Live, painted: Plane) -> None:
    async def story(studio: Studio) -> None:
        studio.window.actions_table["recover"].trigger()
        await listed(studio, 1)
        studio.click("recover_delete")
        await listed(studio, 0)
        studio.click("recover_shelf_deleted")
        await listed(studio, 1)
        studio.click("recover_bring_back")
        await listed(studio, 0)
        studio.click("recover_shelf_kept")
        await listed(studio, 1)
        studio.click("recover_delete")
        await listed(studio, 0)
        await studio.until(studio.find("recover_undo").isVisible)
        studio.click("recover_undo")
        await listed(studio, 1)

    live(story)


def test_where_the_picture_is_gone_another_can_be_laid_below(
    live: Live, painted: Plane, tmp_path: Path
) -> None:
    (tmp_path / "harbour.png").rename(tmp_path / "moved.png")

    async def story(studio: Studio) -> None:
        await offered(studio)
        studio.click("recovery_go_on")
        notice = studio.window.stage.notice
        await studio.until(notice.isVisible)
        assert notice.message is not None
        assert "harbour.png" in notice.message.title
        studio.click("notice_action")
        dialog = studio.find("recover_picture")
        dialog.fileSelected.emit(str(tmp_path / "moved.png"))
        dialog.close()
        await studio.until(lambda: studio.window.windowTitle().startswith("moved.png"))
        assert np.array_equal(studio.document.mask_snapshot().plane(), painted)

    live(story)


def test_a_changed_picture_is_opened_with_a_word(
    live: Live, painted: Plane, tmp_path: Path
) -> None:
    Image.new("RGB", (240, 160)).save(tmp_path / "harbour.png")

    async def story(studio: Studio) -> None:
        await offered(studio)
        studio.click("recovery_go_on")
        await studio.until(studio.window.stage.notice.isVisible)
        assert np.array_equal(studio.document.mask_snapshot().plane(), painted)

    live(story)


def test_a_mask_that_was_wiped_out_is_not_offered(live: Live, painted: Plane) -> None:
    async def wipe(studio: Studio) -> None:
        await offered(studio)
        studio.click("recovery_go_on")
        await studio.until(lambda: not studio.document.mask_is_empty)
        studio.document.clear()

    async def look(studio: Studio) -> None:
        studio.window.actions_table["recover"].trigger()
        await asyncio.sleep(0)
        await studio.until(lambda: studio.find("recover_list").isVisible())
        assert studio.find("recover_list", QListView).model().rowCount() == 0

    live(wipe)
    live(look)


def test_jobs_on_this_computer_are_asked_about_before_the_window_closes(
    live: Live, tmp_path: Path
) -> None:
    # As in the program: its loop goes on for a moment after the window is closed.
    QApplication.setQuitOnLastWindowClosed(False)

    async def story(studio: Studio) -> None:
        photo(tmp_path / "harbour.png")
        await studio.open(tmp_path / "harbour.png")
        studio.drag_across_middle(200)
        await studio.until(studio.find("generate").isEnabled)
        studio.click("generate")
        await studio.until(lambda: studio.strip.count() > 0)
        # All at once, as the job may be done at any moment.
        studio.window.close()
        studio.click("quit_wait")
        assert studio.window.isVisible()
        studio.window.close()
        (dialog,) = (one for one in studio.window.findChildren(QuitDialog) if one.isVisible())
        QTest.mouseClick(dialog.findChild(QWidget, "quit_anyway"), Qt.MouseButton.LeftButton)
        await studio.until(studio.window.isHidden)

    try:
        live(story)
    finally:
        QApplication.setQuitOnLastWindowClosed(True)
