"""Masks come in and go out: files, clipboard, drops; what is shown is what will be kept."""

from pathlib import Path
from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.model.brush import Brush, Sample
from app.model.mask_source import mask_of
from app.model.picture import Picture
from app.session.viewing import Viewing
from app.session.work import MaskWork
from app.shell.dropping import Dropping
from app.shell.entries import Fact
from app.shell.importing import Importing
from app.shell.masks_in_out import MasksInOut
from app.shell.messages import message_for
from app.shell.pixels import picture_of
from app.storage.masks import export_mask
from tests.support.jobs import HeldQueue, job
from tests.support.pictures import load

W, H = 60, 40
NO_BUTTON = Qt.MouseButton.NoButton


def grey(plane: np.ndarray, alpha: np.ndarray | None = None, name: str = "m.png") -> Picture:
    pixels = np.dstack([plane] * 3 + [np.full_like(plane, 255)])
    return Picture(pixels=np.ascontiguousarray(pixels), alpha=alpha, name=name)


def noise(width: int = W, height: int = H, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width), np.uint8)


class Room:
    """A window with a picture, and hands for its masks."""

    def __init__(self, qtbot, window, theme, document, preferences, beside, tasks) -> None:
        self.qtbot, self.window, self.document, self.tasks = qtbot, window, document, tasks
        self.preferences = preferences
        self.work = MaskWork(document)
        self.importing = Importing(window, theme, document, self.work, preferences)
        self.dropping = Dropping(window)
        for fact in (Fact.PICTURE, Fact.MASK):
            window.actions_table.state(fact, True)

        async def read(path: Path) -> Picture:
            return load(path)

        async def write(path: Path, plane) -> None:
            export_mask(path, plane)

        self.exchange = MasksInOut(
            window, document, self.importing, self.dropping, read, write, beside, tasks.spawn
        )

    def find(self, name: str) -> QWidget:
        found = self.window.findChild(QWidget, name)
        assert found is not None, name
        return found

    @property
    def bar(self) -> QWidget:
        return self.find("import_mask")

    @property
    def is_asking(self) -> bool:
        bar = self.window.findChild(QWidget, "import_mask")
        return bar is not None and bar.isVisible()

    @property
    def mask(self) -> np.ndarray:
        return self.document.mask.plane

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.work.is_computing)

    def begin(self, picture: Picture) -> None:
        self.importing.begin(picture)
        self.settle()

    def choose(self, segments: str, index: int) -> None:
        QTest.mouseClick(self.find(segments).buttons[index], Qt.MouseButton.LeftButton)
        self.settle()

    def click(self, name: str) -> None:
        QTest.mouseClick(self.find(name), Qt.MouseButton.LeftButton)
        self.settle()

    @property
    def steps(self) -> list[str]:
        stack = self.document.undo_stack
        return [stack.text(index) for index in range(stack.count())]

    def message(self) -> str:
        return self.find("message").text()


@pytest.fixture
def room(qtbot, shown, theme, document, preferences, beside, tasks):
    from tests.shell.conftest import make_picture

    document.open(make_picture("lake.png", W, H))
    room = Room(qtbot, shown, theme, document, preferences, beside, tasks)
    yield room
    room.work.close()


def paint(document) -> None:
    with document.stroke(Brush(size=12, hardness=1, opacity=1)) as stroke:
        stroke.extend(Sample(10, 10, 1.0))
        stroke.extend(Sample(20, 10, 1.0))


# ---- what the bar shows ----


def test_a_mask_is_seen_before_it_is_kept_and_is_one_step(room):
    plane = noise()
    room.begin(grey(plane))
    assert np.array_equal(room.mask, plane)
    assert room.steps == []
    room.click("import_keep")
    assert np.array_equal(room.mask, plane)
    assert room.steps == ["Import Mask"]
    assert not room.bar.isVisible()
    room.document.undo()
    assert room.document.mask_is_empty


def test_cancelled_nothing_has_happened(room):
    paint(room.document)
    before = room.mask.plane.copy()
    room.begin(grey(noise()))
    room.click("import_cancel")
    assert np.array_equal(room.mask, before)
    assert room.steps == ["Brush Stroke"]
    assert not room.bar.isVisible()


@pytest.mark.parametrize(
    ("key", "is_kept"), [(Qt.Key.Key_Return, True), (Qt.Key.Key_Escape, False)]
)
@pytest.mark.parametrize("focus", ["import_mask", "stage"])
def test_keys_end_it_wherever_the_focus_is(room, key, is_kept, focus):
    room.begin(grey(noise()))
    room.find(focus).setFocus()
    QTest.keyClick(room.find(focus), key)
    room.settle()
    assert room.steps == (["Import Mask"] if is_kept else [])
    assert not room.bar.isVisible()


def test_return_on_cancel_cancels(room):
    room.begin(grey(noise()))
    room.find("import_cancel").setFocus()
    QTest.keyClick(room.find("import_cancel"), Qt.Key.Key_Return)
    room.settle()
    assert room.steps == []


def test_inverse_and_opacity_are_shown_at_once(room):
    plane, alpha = noise(seed=1), noise(seed=2)
    room.begin(grey(plane, alpha))
    assert np.array_equal(room.mask, alpha)
    room.choose("import_by", 0)
    assert np.array_equal(room.mask, plane)
    room.find("import_inverse").setChecked(True)
    room.settle()
    assert np.array_equal(room.mask, 255 - plane)


def test_without_alpha_there_is_no_choice_of_it(room):
    room.begin(grey(noise()))
    assert not room.find("import_by").buttons[1].isEnabled()


def test_another_size_is_scaled_or_placed_or_refused(room):
    plane = np.full((20, 30), 255, np.uint8)
    room.begin(grey(plane))
    assert room.find("import_fit").isVisible()
    assert "30 × 20, the picture is 60 × 40" in room.find("import_sizes").text()
    assert (room.mask == 255).all()
    room.choose("import_fit", 1)
    assert int(room.mask.astype(int).sum()) == 255 * 30 * 20
    assert (room.mask[10:30, 15:45] == 255).all()
    room.choose("import_fit", 2)
    assert not room.mask.any()
    assert not room.find("import_keep").isEnabled()


def test_the_same_size_asks_nothing_about_sizes(room):
    room.begin(grey(noise()))
    assert not room.find("import_fit").isVisible()


def test_added_to_what_is_there_nothing_is_lost(room):
    paint(room.document)
    before, plane = room.mask.plane.copy(), noise()
    room.begin(grey(plane))
    room.choose("import_mode", 1)
    assert np.array_equal(room.mask, np.maximum(before, plane))


def test_the_last_choice_is_remembered(room):
    room.begin(grey(noise(30, 20), noise(30, 20)))
    room.choose("import_by", 0)
    room.choose("import_fit", 1)
    room.find("import_inverse").setChecked(True)
    room.click("import_keep")
    room.begin(grey(noise(30, 20), noise(30, 20)))
    assert room.find("import_by").current == "luminance"
    assert room.find("import_fit").current == "centre"
    assert room.find("import_inverse").isChecked()


def choices(room) -> list[object]:
    segments = [room.find(f"import_{name}").current for name in ("by", "fit", "mode")]
    return [*segments, room.find("import_inverse").isChecked()]


@pytest.mark.parametrize("way_out", ["import_cancel", "undo"])
def test_what_was_chosen_for_a_cancelled_import_is_forgotten(room, way_out):
    room.begin(grey(noise(30, 20), noise(30, 20)))
    before = choices(room)
    for segments in ("import_by", "import_fit", "import_mode"):
        room.choose(segments, 1 - (segments == "import_by"))
    room.find("import_inverse").setChecked(True)
    assert choices(room) == ["luminance", "centre", "add", True]
    if way_out == "undo":
        room.document.undo()
    else:
        room.click(way_out)
    room.begin(grey(noise(30, 20), noise(30, 20)))
    assert choices(room) == before
    assert room.preferences.value.masks == {}


@pytest.mark.parametrize("name", ["results_list", "results_fold"])
def test_return_in_the_results_is_theirs_and_no_answer(room, tasks, name):
    queue = HeldQueue()
    viewing = Viewing(room.document, room.exchange._load, tasks.spawn)
    room.window.strip.attach(queue, viewing, message_for)
    queue.add_done(job())
    room.begin(grey(noise()))
    room.find(name).setFocus()
    QTest.keyClick(room.window.windowHandle(), Qt.Key.Key_Return)
    assert room.is_asking
    assert room.steps == []


def test_what_could_not_be_chosen_is_not_remembered(room):
    room.begin(grey(noise()))
    room.click("import_keep")
    alpha = noise(seed=5)
    room.begin(grey(noise(), alpha))
    assert np.array_equal(room.mask, alpha)


def test_painting_on_keeps_what_is_shown(room):
    plane = noise()
    room.begin(grey(plane))
    paint(room.document)
    assert room.steps == ["Import Mask", "Brush Stroke"]
    assert not room.bar.isVisible()


def test_so_does_a_dab_beside_the_picture(room):
    room.begin(grey(noise()))
    with room.document.stroke(Brush(size=12)) as stroke:
        stroke.extend(Sample(-90, -90, 1.0))
    assert room.steps == ["Import Mask"]
    assert not room.bar.isVisible()


def test_as_long_as_it_asks_the_hints_are_its_own(room):
    hints = room.find("key_hints")
    room.window.status.show_tool("brush")
    before = hints.accessibleName()
    room.begin(grey(noise()))
    assert hints.accessibleName() == "Enter: apply, Esc: never mind"
    room.click("import_cancel")
    assert hints.accessibleName() == before


def test_undo_takes_back_what_is_only_shown(room):
    room.begin(grey(noise()))
    room.document.undo()
    assert room.document.mask_is_empty
    assert not room.bar.isVisible()


def test_a_second_import_takes_the_place_of_the_first(room):
    room.begin(grey(noise(seed=1)))
    plane = noise(seed=2)
    room.begin(grey(plane))
    assert np.array_equal(room.mask, plane)
    assert room.bar.isVisible()
    room.click("import_keep")
    assert room.steps == ["Import Mask"]


def test_an_edit_that_is_still_computed_is_not_lost_to_an_import(room):
    gate = Event()

    def slow(base, report):
        gate.wait(10)
        return {0: b"\x07"}

    room.work.run("Slow", slow)
    room.importing.begin(grey(noise()))
    gate.set()
    room.qtbot.waitUntil(lambda: room.is_asking)
    assert room.document.undo_stack.undoText() == "Slow"


def test_the_bar_takes_the_pointer_and_stays_in_the_stage(room):
    room.begin(grey(noise()))
    assert room.window.stage.rect().contains(room.bar.geometry())
    room.window.resize(1024, 680)
    QApplication.processEvents()
    assert room.window.stage.rect().contains(room.bar.geometry())


@pytest.mark.parametrize("taken", [0, 220])
def test_every_choice_is_whole_in_the_smallest_window(room, taken):
    room.window.resize(1024, 680)
    if taken:
        column = QWidget()
        column.setFixedWidth(taken)
        room.window.add_column(column)
    QApplication.processEvents()
    room.begin(grey(noise(30, 20), noise(30, 20)))
    QApplication.processEvents()
    names = ("by", "inverse", "fit", "mode", "cancel", "keep")
    parts = [room.find(f"import_{name}") for name in names]
    places = [QRect(part.mapTo(room.bar, QPoint()), part.size()) for part in parts]
    assert room.window.stage.rect().contains(room.bar.geometry())
    for at, (part, place) in enumerate(zip(parts, places, strict=True)):
        assert part.isVisible()
        assert part.width() >= part.sizeHint().width()
        assert room.bar.rect().contains(place)
        assert not any(place.intersects(other) for other in places[at + 1 :])


def test_it_is_as_high_as_what_it_asks_each_time(room):
    room.window.resize(1024, 680)
    heights = []
    for width in (W, W // 2, W):
        room.begin(grey(noise(width, H)))
        QApplication.processEvents()
        heights.append(room.bar.height())
        keep = room.find("import_keep")
        assert room.bar.rect().contains(QRect(keep.mapTo(room.bar, QPoint()), keep.size()))
        room.click("import_cancel")
    assert heights[0] < heights[1]
    assert heights[0] == heights[2]


# ---- files ----


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


# ---- the clipboard ----


def test_a_copied_mask_is_grey_and_comes_back_bit_by_bit(qapp, room):
    plane = noise()
    room.begin(grey(plane))
    room.click("import_keep")
    room.window.actions_table["copy_mask"].trigger()
    room.tasks.run()
    data = qapp.clipboard().mimeData()
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


def test_pasting_words_as_a_mask_says_that_there_is_no_picture(qapp, room):
    qapp.clipboard().setText("a lake")
    room.window.actions_table["paste_mask"].trigger()
    assert "no picture" in room.message()
    assert not room.is_asking


# ---- drops ----


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
