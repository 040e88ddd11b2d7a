"""The menus of the whole program: nothing in them is there for show."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.shell.actions import TABLE
from tests.support.studio import Studio, in_studio, photo


def test_every_action_of_the_menus_is_answered(qapp: QApplication, tmp_path: Path) -> None:
    async def story(studio: Studio) -> None:
        actions = studio.window.actions_table
        assert [entry.id for entry in TABLE if not actions.answers(entry.id)] == []

    in_studio(story, tmp_path, qapp)


def test_the_options_of_every_tool_fit_the_smallest_window(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def story(studio: Studio) -> None:
        photo(tmp_path / "photo.png")
        await studio.open(tmp_path / "photo.png")
        studio.window.resize(1024, 680)
        await studio.until(lambda: studio.window.width() == 1024)
        options = studio.window.options
        for name in ("brush", "lasso", "wand", "hand"):
            studio.click(f"tool_{name}")
            await studio.until(lambda: options.least_width() <= options.width())
        assert studio.window.minimumSizeHint().width() <= 1024
        assert studio.window.minimumSizeHint().height() <= 680

    in_studio(story, tmp_path, qapp)
