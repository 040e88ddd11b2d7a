"""Masks are kept by name and used again, on whatever picture is open."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from app.model.mask_source import scaled
from app.session.work import MaskWork
from app.shell.entries import Fact
from app.shell.library.library import Library
from app.storage.masks import MaskLibrary
from tests.shell.conftest import make_picture
from tests.support.pictures import load

W, H = 60, 40


def noise(seed: int = 1, width: int = W, height: int = H) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width), np.uint8)


class Room:
    """The library's window beside a picture."""

    def __init__(self, qtbot, window, theme, document, store, beside, tasks) -> None:
        self.qtbot, self.window, self.document = qtbot, window, document
        self.store, self.tasks = store, tasks
        self.work = MaskWork(document)
        self.library = Library(
            window, theme, document, self.work, lambda: store, beside, tasks.spawn
        )

    def open(self) -> None:
        self.window.actions_table["mask_library"].trigger()
        self.tasks.run()
        # As on a desktop: keys are shortcuts of the active window first.
        self.qtbot.waitUntil(self.find("mask_library").isActiveWindow)

    def find(self, name: str) -> QWidget:
        found = self.window.findChild(QWidget, name)
        assert found is not None, name
        return found

    @property
    def rows(self) -> list[str]:
        rows = self.find("library_list").model()
        return [rows.data(rows.index(at, 0)) for at in range(rows.rowCount())]

    def select(self, at: int) -> None:
        view = self.find("library_list")
        view.setCurrentIndex(view.model().index(at, 0))

    def click(self, name: str) -> None:
        QTest.mouseClick(self.find(name), Qt.MouseButton.LeftButton)
        self.tasks.run()
        self.qtbot.waitUntil(lambda: not self.work.is_computing)

    def type_name(self, name: str) -> None:
        QTest.keyClicks(self.find("library_name"), name)  # in the place of what is offered

    @property
    def note(self) -> str:
        return self.find("library_note").text()

    @property
    def steps(self) -> list[str]:
        stack = self.document.undo_stack
        return [stack.text(at) for at in range(stack.count())]


@pytest.fixture
def store(tmp_path):
    return MaskLibrary(tmp_path / "masks", load)


@pytest.fixture
def room(qtbot, shown, theme, document, store, beside, tasks):
    shown.actions_table.state(Fact.PICTURE, True)
    document.open(make_picture("lake.png", W, H))
    room = Room(qtbot, shown, theme, document, store, beside, tasks)
    yield room
    room.work.close()


def put_on(document, plane) -> None:
    from app.model.change import combine
    from app.model.geometry import Rect

    mask = document.mask
    document.apply("Import Mask", combine(mask.plane.copy(), plane, Rect.of(mask.size), "replace"))


def test_the_painted_mask_is_kept_under_the_pictures_name(room, store):
    put_on(room.document, noise())
    room.open()
    assert room.find("library_name").text() == "lake"
    room.click("library_keep")
    assert room.rows == ["lake"]
    assert room.note == "Kept as “lake”."
    assert np.array_equal(store.load(store.masks()[0]), noise())


def test_a_name_is_typed_and_return_keeps_it(room, store):
    put_on(room.document, noise())
    room.open()
    room.type_name("sky / clouds")
    QTest.keyClick(room.find("library_name"), Qt.Key.Key_Return)
    room.tasks.run()
    assert room.rows == ["sky / clouds"]


def test_nothing_painted_is_nothing_to_keep(room):
    room.open()
    assert not room.find("library_keep").isEnabled()
    put_on(room.document, noise())
    assert room.find("library_keep").isEnabled()
    room.document.undo()
    assert not room.find("library_keep").isEnabled()


def test_a_kept_mask_replaces_the_mask_in_one_step(room, store):
    store.keep("sky", noise(2))
    put_on(room.document, noise(1))
    room.open()
    room.select(0)
    room.click("library_replace")
    assert np.array_equal(room.document.mask.plane, noise(2))
    assert room.steps[-1] == "Mask from Library"
    room.document.undo()
    assert np.array_equal(room.document.mask.plane, noise(1))


def test_added_it_takes_nothing_away(room, store):
    store.keep("sky", noise(2))
    put_on(room.document, noise(1))
    room.open()
    room.select(0)
    room.click("library_add")
    assert np.array_equal(room.document.mask.plane, np.maximum(noise(1), noise(2)))


def test_on_a_picture_of_another_size_it_is_scaled_and_says_so(room, store):
    plane = noise(2, 30, 50)
    store.keep("tall", plane)
    room.open()
    room.select(0)
    room.click("library_replace")
    assert np.array_equal(room.document.mask.plane, scaled(plane, room.document.mask.size))
    assert room.note == "“tall” was scaled from 30 × 50 to the picture's 60 × 40."


def test_a_double_click_uses_it(room, store):
    store.keep("sky", noise(2))
    room.open()
    view = room.find("library_list")
    place = view.visualRect(view.model().index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    room.qtbot.waitUntil(lambda: room.steps == ["Mask from Library"])


def test_renamed_in_its_row(room, store):
    store.keep("sky", noise())
    room.open()
    room.select(0)
    room.find("library_list").setFocus()
    room.click("library_rename")
    editor = room.window.findChild(QLineEdit, "rename")
    editor.selectAll()
    QTest.keyClicks(editor, "sea")
    QTest.keyClick(editor, Qt.Key.Key_Return)

    def is_renamed() -> bool:  # what an editor holds is taken with the next event
        room.tasks.run()
        return room.rows == ["sea"]

    room.qtbot.waitUntil(is_renamed)
    assert room.note == "“sky” is called “sea” now."


def test_a_deleted_mask_comes_back_by_undo(room, store):
    store.keep("sky", noise(1))
    store.keep("sea", noise(2))
    room.open()
    room.select(0)
    room.click("library_delete")
    assert room.rows == ["sky"]
    assert room.note == "“sea” was deleted."
    room.click("library_undo")
    assert room.rows == ["sea", "sky"]
    assert not room.find("library_undo").isVisible()


def test_the_delete_key_deletes_and_leaves_the_mask_on_the_picture(room, store):
    store.keep("sky", noise())
    put_on(room.document, noise(3))
    room.open()
    room.select(0)
    view = room.find("library_list")
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    room.tasks.run()
    assert room.rows == []
    assert np.array_equal(room.document.mask.plane, noise(3))


def test_what_takes_the_place_of_a_deleted_mask_is_selected(room, store):
    for name in ("sky", "sea", "lake"):
        store.keep(name, noise())
    room.open()
    room.select(1)
    room.click("library_delete")
    room.click("library_delete")
    assert room.rows == ["lake"]


def test_a_damaged_file_is_shown_as_such_and_cannot_be_used(room, store, tmp_path):
    store.keep("good", noise())
    (tmp_path / "masks" / "bad.png").write_bytes(b"no picture")
    room.open()
    assert room.rows == ["bad", "good"]
    room.select(0)
    assert room.find("mask_library").current.is_damaged
    assert not room.find("library_replace").isEnabled()
    room.select(1)
    assert room.find("mask_library").current.look.size == (W, H)
    assert room.find("library_replace").isEnabled()


def test_a_mask_that_is_gone_is_told_and_nothing_happens(room, store):
    kept = store.keep("sky", noise())
    room.open()
    room.select(0)
    kept.path.unlink()
    room.click("library_replace")
    assert room.document.mask_is_empty
    assert "sky.png" in room.note
    room.click("library_delete")
    assert room.rows == []


def test_a_damaged_library_folder_is_told(room, tmp_path):
    put_on(room.document, noise())
    (tmp_path / "masks").write_text("in the way")
    room.open()
    room.click("library_keep")
    assert room.note != ""
    assert room.rows == []


def test_thumbnails_are_painted(room, store):
    store.keep("white", np.full((H, W), 255, np.uint8))
    room.open()
    view = room.find("library_list")
    shot = view.viewport().grab().toImage()
    rect = view.visualRect(view.model().index(0, 0))
    assert shot.pixelColor(rect.left() + 56, rect.center().y()).name() == "#ffffff"
