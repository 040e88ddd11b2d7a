"""What can be done with a result."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from app.model.errors import StorageError
from app.session.viewing import Viewing
from app.shell.results import ResultActions
from tests.shell.conftest import make_picture
from tests.support.jobs import job, result


class Disk:
    """Reads every picture but those that are gone; notes what is copied where."""

    def __init__(self) -> None:
        self.copied: list[tuple[Path, Path]] = []
        self.broken = False

    async def load(self, path: Path):
        if self.broken:
            raise StorageError("missing", path)
        return make_picture(path.name)

    async def copy(self, source: Path, to: Path) -> None:
        if self.broken:
            raise StorageError("full", to)
        self.copied.append((source, to))


@pytest.fixture
def disk():
    return Disk()


@pytest.fixture
def viewing(document, disk, tasks):
    return Viewing(document, disk.load, tasks.spawn)


@pytest.fixture
def actions(shown, document, picture, viewing, disk, tasks):
    document.open(picture)
    return ResultActions(shown, document, viewing, disk.copy, tasks.spawn)


@pytest.fixture
def selected(viewing, actions, tmp_path):
    one = result(job(), 0, folder=tmp_path)
    viewing.select(one)
    return one


def test_they_are_off_until_a_result_is_selected(shown, actions, viewing):
    assert not shown.actions_table["save_result"].isEnabled()
    viewing.select(result(job(), 0))
    assert shown.actions_table["save_result"].isEnabled()
    viewing.select(None)
    assert not shown.actions_table["use_result"].isEnabled()


def test_a_copy_is_saved_where_the_artist_says(qtbot, shown, selected, disk, tasks, tmp_path):
    shown.actions_table["save_result"].trigger()
    dialog = shown.findChild(QFileDialog, "save_dialog")
    qtbot.waitUntil(dialog.isVisible)
    dialog.fileSelected.emit(str(tmp_path / "mine.png"))
    dialog.reject()
    tasks.run()
    assert disk.copied == [(selected.path, tmp_path / "mine.png")]
    assert shown.findChild(QWidget, "message").text() == "Saved as mine.png."


def test_the_chosen_format_ends_the_name(qtbot, shown, actions, selected):
    actions.save_as(selected)
    dialog = shown.findChild(QFileDialog, "save_dialog")
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.nameFilters() == ["PNG (*.png)", "WebP (*.webp)", "JPEG (*.jpg *.jpeg)"]
    dialog.filterSelected.emit("JPEG (*.jpg *.jpeg)")
    assert [Path(path).name for path in dialog.selectedFiles()] == [f"{selected.path.stem}.jpg"]
    dialog.reject()


def test_the_dialog_begins_where_the_last_copy_went(shown, actions, selected, tasks, tmp_path):
    actions.save_as(selected)
    dialog = shown.findChild(QFileDialog, "save_dialog")
    dialog.fileSelected.emit(str(tmp_path / "mine.png"))
    dialog.reject()
    tasks.run()
    dialog.setObjectName("")
    actions.save_as(selected)
    again = shown.findChild(QFileDialog, "save_dialog")
    assert Path(again.directory().absolutePath()) == tmp_path
    again.reject()


def test_a_full_disk_is_told(qtbot, shown, actions, selected, disk, tasks, tmp_path):
    disk.broken = True
    actions.save_as(selected)
    dialog = shown.findChild(QFileDialog, "save_dialog")
    dialog.fileSelected.emit(str(tmp_path / "mine.png"))
    dialog.reject()
    tasks.run()
    assert shown.findChild(QWidget, "notice_title").text() == "The disk is full"


def test_using_it_is_one_step_that_can_be_undone(shown, selected, document, picture, tasks):
    shown.actions_table["use_result"].trigger()
    tasks.run()
    assert document.picture.name == selected.path.name
    document.undo_stack.undo()
    assert document.picture is picture


def test_its_pixels_go_to_the_clipboard(qapp, shown, selected, tasks):
    shown.actions_table["copy_result"].trigger()
    tasks.run()
    image = qapp.clipboard().image()
    assert (image.width(), image.height()) == (60, 40)
    assert image.pixelColor(3, 3).getRgb() == (90, 90, 90, 255)


def test_it_is_shown_and_hidden(shown, selected, viewing, tasks):
    shown.actions_table["show_result"].trigger()
    tasks.run()
    assert viewing.shown is selected
    shown.actions_table["show_result"].trigger()
    assert viewing.shown is None


@pytest.mark.parametrize("name", ["use_result", "copy_result", "show_result"])
def test_a_file_that_is_gone_is_told(shown, selected, document, picture, disk, tasks, name):
    disk.broken = True
    shown.actions_table[name].trigger()
    tasks.run()
    assert "is not there any more" in shown.findChild(QWidget, "notice_title").text()
    assert document.picture is picture
