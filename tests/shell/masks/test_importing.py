"""A picture read as a mask: what is shown is what will be kept."""

from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.model.brush import Brush, Sample
from app.session.viewing import Viewing
from app.shell.messages import message_for
from tests.shell.masks.room import H, W, grey, noise, paint
from tests.support.jobs import HeldQueue, job


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
    before = room.mask.copy()
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
    before, plane = room.mask.copy(), noise()
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
