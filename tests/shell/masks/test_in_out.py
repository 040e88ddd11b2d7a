"""Masks come in and go out: files, clipboard, drops."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from app.model.mask_source import mask_of
from app.shell.pixels import picture_of
from tests.shell.masks.room import grey, noise
from tests.support.pictures import load

NO_BUTTON = Qt.MouseButton.NoButton


def test_a_file_goes_out_and_comes_back_bit_by_bit(room, tmp_path):
    plane = noise()
    room.begin(grey(plane))
    room.click("import_keep")
    room.window.actions_table["export_mask"].trigger()
    dialog = room.window.findChild(QFileDialog, "export_dialog")
    assert Path(dialog.selectedFiles()[0]).name == "lake-mask.png"
    dialog.fileSelected.emit(str(tmp_path / "out.png"))
    dialog.reject()
    room.tasks.run()
    assert room.message() == "Saved as out.png."
    assert np.array_equal(mask_of(load(tmp_path / "out.png")), plane)

    room.document.clear()
    room.window.actions_table["import_mask"].trigger()
    dialog = room.window.findChild(QFileDialog, "import_dialog")
    dialog.fileSelected.emit(str(tmp_path / "out.png"))
    dialog.reject()
    room.tasks.run()
    room.settle()
    room.click("import_keep")
    assert np.array_equal(room.mask, plane)


def test_an_export_that_fails_is_told(room, tmp_path):
    (tmp_path / "taken.png").mkdir()
    room.tasks.spawn(room.exchange._export(tmp_path / "taken.png"))
    room.tasks.run()
    assert room.window.stage.notice.isVisible()


@pytest.mark.parametrize(
    ("name", "words"),
    [("gone/mask.png", "“gone” is not there any more"), ("mask.jpg", "end the name in .png.")],
)
def test_why_a_mask_was_not_saved_is_told(room, tmp_path, name, words):
    room.tasks.spawn(room.exchange._export(tmp_path / name))
    room.tasks.run()
    told = [room.find(f"notice_{part}").text() for part in ("title", "text")]
    assert words in " ".join(told)


def test_a_file_that_is_no_picture_is_told_and_changes_nothing(room, tmp_path):
    (tmp_path / "a.txt").write_text("a lake")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.txt"))])
    room.exchange.take(data)
    room.tasks.run()
    assert room.window.stage.notice.isVisible()
    assert not room.is_asking
    assert room.document.mask_is_empty


def test_a_copied_mask_is_grey_and_comes_back_bit_by_bit(clipboard, room):
    plane = noise()
    room.begin(grey(plane))
    room.click("import_keep")
    room.window.actions_table["copy_mask"].trigger()
    room.tasks.run()
    data = clipboard.mimeData()
    assert data.hasFormat("image/png")
    image = data.imageData()
    assert np.array_equal(mask_of(picture_of(image, "")), plane)
    room.document.clear()
    room.window.actions_table["paste_mask"].trigger()
    room.tasks.run()
    room.settle()
    room.click("import_keep")
    assert np.array_equal(room.mask, plane)
    assert room.message() != ""


def test_pasting_words_as_a_mask_says_that_there_is_no_picture(clipboard, room):
    clipboard.setText("a lake")
    room.window.actions_table["paste_mask"].trigger()
    assert "no picture" in room.message()
    assert not room.is_asking


def drop(widget, image: QImage, keys: Qt.KeyboardModifier) -> QDropEvent:
    data = QMimeData()
    data.setImageData(image)
    at, moves = QPoint(5, 5), Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    QApplication.sendEvent(widget, QDragEnterEvent(at, moves, data, NO_BUTTON, keys))
    event = QDropEvent(QPointF(at), moves, data, NO_BUTTON, keys)
    QApplication.sendEvent(widget, event)
    return event


def image_of_mask(plane: np.ndarray) -> QImage:
    height, width = plane.shape
    return QImage(plane.data, width, height, width, QImage.Format.Format_Grayscale8).copy()


def test_with_shift_a_drop_is_a_mask_and_nothing_is_moved(room):
    plane = noise()
    event = drop(room.window, image_of_mask(plane), Qt.KeyboardModifier.ShiftModifier)
    assert event.dropAction() is Qt.DropAction.CopyAction
    assert "Shift" in room.message()
    room.tasks.run()
    room.settle()
    assert np.array_equal(room.mask, plane)


def test_without_shift_a_drop_is_a_picture(qtbot, room):
    with qtbot.waitSignal(room.dropping.dropped):
        drop(room.window, image_of_mask(noise()), Qt.KeyboardModifier.NoModifier)


def test_without_a_picture_every_drop_is_one(qtbot, room):
    room.document.close()
    with qtbot.waitSignal(room.dropping.dropped):
        drop(room.window, image_of_mask(noise()), Qt.KeyboardModifier.ShiftModifier)
