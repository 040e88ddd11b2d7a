"""Operations on the mask and the history, as an artist asks for them."""

from dataclasses import replace
from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QListView, QWidget

from app.canvas.canvas import Canvas
from app.look.sliders import SliderField
from app.model.brush import Brush, Sample
from app.model.job import JobState
from app.model.operations.reaching import grow
from app.model.operations.settings import FillHoles, Grow, Levels
from app.panels.operations.faces import FACES
from app.session.operations import OPERATIONS, Operations
from app.session.viewing import Viewing
from app.shell.editing import Editing
from app.shell.keeping import keep_operations
from app.shell.operating import Operating
from tests.shell.conftest import make_picture
from tests.support.jobs import HeldQueue, asking, job, result
from tests.support.masks import changed, silent

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def operating(shown, theme, document, tools, operations):
    shown.set_canvas(Canvas(document, tools, theme))
    Editing(shown, document, tools, shown)
    operating = Operating(shown, theme, document, operations, shown)
    document.open(make_picture("lake.png", 300, 200))
    paint(document)
    shown.stage.take_keys()
    return operating


def paint(document, x=100):
    with document.stroke(Brush(size=40)) as stroke:
        stroke.extend(Sample(x, 100))


def bar(window):
    return window.findChild(QWidget, "operation")


def button(window, name):
    return window.findChild(QAbstractButton, name)


def slider(window, name):
    return bar(window).findChild(SliderField, f"operation_{name}")


def write(field, number):
    """Type into a field, which hands the keys to its editor with the first of them."""
    QTest.keyClicks(field, number[0])
    QTest.keyClicks(field.spin, number[1:])


def settled(qtbot, work):
    qtbot.waitUntil(lambda: not work.is_computing)


def grown(plane, radius):
    return changed(plane, grow(plane, Grow(radius=radius), silent))


def trigger(window, name):
    window.actions_table[name].trigger()


@pytest.mark.parametrize(
    ("key", "held", "radius"),
    [(Qt.Key.Key_BracketRight, ALT, 1), (Qt.Key.Key_BracketRight, ALT | SHIFT, 10)],
)
def test_keys_grow_the_mask_at_once(shown, operating, document, work, qtbot, key, held, radius):
    before = document.mask_snapshot().plane()
    QTest.keyClick(shown, key, held)
    qtbot.waitUntil(lambda: document.undo_stack.count() == 2)
    assert np.array_equal(document.mask.plane, grown(before, radius))
    assert document.undo_stack.undoText() == "Grow Mask"
    assert bar(shown) is None, "nothing is asked"


def test_growing_and_shrinking_by_key_are_a_step_each(shown, operating, document, qtbot):
    for key in (Qt.Key.Key_BracketRight, Qt.Key.Key_BracketRight, Qt.Key.Key_BracketLeft):
        QTest.keyClick(shown, key, ALT)
    qtbot.waitUntil(lambda: document.undo_stack.count() == 4)
    names = [document.undo_stack.text(step) for step in range(4)]
    assert names == ["Brush Stroke", "Grow Mask", "Grow Mask", "Shrink Mask"]


def test_everything_nothing_and_again(shown, operating, document):
    before = document.mask_snapshot().plane()
    QTest.keyClick(shown, Qt.Key.Key_A, CTRL)
    assert (document.mask.plane == 255).all()
    document.undo()
    assert not shown.actions_table["reselect"].isEnabled()
    QTest.keyClick(shown, Qt.Key.Key_D, CTRL)
    assert document.mask_is_empty
    QTest.keyClick(shown, Qt.Key.Key_D, CTRL | SHIFT)
    assert np.array_equal(document.mask.plane, before)
    QTest.keyClick(shown, Qt.Key.Key_Backspace, ALT)
    assert (document.mask.plane == 255).all()
    assert document.undo_stack.undoText() == "Fill Mask"


def test_a_button_opens_the_bar_and_the_mask_shows_it(shown, operating, document, work, qtbot):
    before = document.mask_snapshot().plane()
    QTest.mouseClick(shown.options.buttons["grow_by"], LEFT)
    assert bar(shown).isVisible()
    settled(qtbot, work)
    assert np.array_equal(document.mask.plane, grown(before, 8))
    assert slider(shown, "radius").hasFocus()


def test_enter_applies_and_what_was_typed_counts(shown, operating, document, work, qtbot):
    before = document.mask_snapshot().plane()
    trigger(shown, "grow_by")
    field = slider(shown, "radius")
    write(field, "12")
    QTest.keyClick(field.spin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: document.undo_stack.count() == 2)
    assert np.array_equal(document.mask.plane, grown(before, 12))
    assert bar(shown).isHidden()
    assert shown.stage.holds(shown.focusWidget())


def test_escape_cancels_and_leaves_no_trace(shown, operating, document, work, qtbot):
    before = document.mask_snapshot().plane()
    trigger(shown, "grow_by")
    settled(qtbot, work)
    QTest.keyClick(slider(shown, "radius"), Qt.Key.Key_Escape)
    assert bar(shown).isHidden()
    assert np.array_equal(document.mask.plane, before)
    assert document.undo_stack.count() == 1


def test_escape_while_typing_cancels_and_forgets_what_was_typed(
    shown, operating, document, operations, work, qtbot
):
    trigger(shown, "grow_by")
    write(slider(shown, "radius"), "40")
    QTest.keyClick(slider(shown, "radius").spin, Qt.Key.Key_Escape)
    assert bar(shown).isHidden()
    assert document.undo_stack.count() == 1
    trigger(shown, "grow_by")
    assert operations.settings == Grow()


@pytest.mark.parametrize(("key", "steps"), [(Qt.Key.Key_Return, 2), (Qt.Key.Key_Escape, 1)])
def test_keys_reach_it_from_the_canvas_too(
    shown, operating, document, operations, qtbot, key, steps
):
    trigger(shown, "feather")
    shown.stage.take_keys()
    with qtbot.waitSignal(operations.closed):
        QTest.keyClick(shown.focusWidget(), key)
    assert document.undo_stack.count() == steps


def test_dragging_a_slider_is_followed(shown, operating, document, operations, work, qtbot):
    before = document.mask_snapshot().plane()
    trigger(shown, "grow_by")
    field = slider(shown, "radius")
    QTest.mousePress(field, LEFT, pos=QPoint(30, 10))
    for x in range(30, 60, 5):
        QTest.mouseMove(field, QPoint(x, 10))
    QTest.mouseRelease(field, LEFT, pos=QPoint(55, 10))
    radius = round(operations.settings.radius)
    assert radius > 8
    qtbot.waitUntil(lambda: np.array_equal(document.mask.plane, grown(before, radius)))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("invert", 255 - 7),
        ("fill", 255),
        ("select_all", 255),
        ("clear", 0),
        ("select_none", 0),
    ],
)
def test_what_is_asked_for_meanwhile_waits_for_what_is_computed(
    shown, operating, document, work, qtbot, name, expected
):
    gate = Event()

    def slow(base, report):
        gate.wait(10)
        return {0: b"\x07"}

    work.run("Slow", slow)
    trigger(shown, name)
    assert document.undo_stack.count() == 1
    gate.set()
    qtbot.waitUntil(lambda: document.undo_stack.count() == 3)
    assert document.undo_stack.text(1) == "Slow"
    assert document.mask.plane[0, 0] == expected


def test_undo_takes_back_even_the_first_thing_that_is_tried(
    shown, operating, document, work, qtbot
):
    document.close()
    document.open(make_picture("other.png", 300, 200))
    assert not shown.actions_table["undo"].isEnabled()
    trigger(shown, "from_luminance")
    settled(qtbot, work)
    assert "Mask from Brightness" in shown.actions_table["undo"].text()
    shown.stage.take_keys()
    QTest.keyClick(shown, Qt.Key.Key_Z, CTRL)
    assert document.mask_is_empty
    assert bar(shown).isHidden()
    assert not shown.actions_table["undo"].isEnabled()


def test_there_is_nothing_to_redo_while_something_is_tried(
    shown, operating, document, operations, work, qtbot
):
    paint(document, 200)
    document.undo()
    redo = shown.actions_table["redo"]
    assert "Brush Stroke" in redo.text()
    trigger(shown, "grow_by")
    assert (redo.isEnabled(), redo.text()) == (False, "&Redo")
    assert "Grow Mask" in shown.actions_table["undo"].text(), "before it is computed"
    shown.stage.take_keys()
    QTest.keyClick(shown, Qt.Key.Key_Z, CTRL | SHIFT)
    assert operations.current == "grow_by"
    operations.cancel()
    assert redo.isEnabled()


def test_buttons_apply_and_cancel(shown, operating, document, operations, work, qtbot):
    trigger(shown, "grow_by")
    QTest.mouseClick(button(shown, "operation_cancel"), LEFT)
    assert document.undo_stack.count() == 1
    trigger(shown, "grow_by")
    with qtbot.waitSignal(operations.closed):
        QTest.mouseClick(button(shown, "operation_apply"), LEFT)
    assert document.undo_stack.count() == 2


def test_as_long_as_it_is_open_the_hints_are_its_own(shown, operating, operations, work, qtbot):
    hints = shown.findChild(QWidget, "key_hints")
    before = hints.accessibleName()
    trigger(shown, "feather")
    assert hints.accessibleName() == "Enter: apply, Esc: never mind"
    settled(qtbot, work)
    operations.cancel()
    assert hints.accessibleName() == before


def test_painting_on_keeps_it_and_closes_the_bar(shown, operating, document, work, qtbot):
    trigger(shown, "grow_by")
    settled(qtbot, work)
    paint(document, 200)
    assert bar(shown).isHidden()
    assert document.undo_stack.count() == 3


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_every_operation_has_a_face_for_all_its_settings(name):
    fields = {field.name for field in FACES[name].fields}
    assert fields == set(OPERATIONS[name].settings.__dataclass_fields__)


@pytest.mark.parametrize("name", sorted(set(OPERATIONS) - {"from_change"}))
@pytest.mark.parametrize(("width", "taken"), [(1024, 0), (1440, 0), (1024, 220)])
def test_no_bar_is_wider_than_the_canvas(shown, operating, operations, name, width, taken):
    shown.resize(width, 680)
    if taken:
        column = QWidget()
        column.setFixedWidth(taken)
        shown.add_column(column)
    QApplication.processEvents()
    operations.open(name)
    QApplication.processEvents()
    lying = bar(shown)
    assert lying.width() == shown.stage.width()
    assert lying.height() < shown.stage.height() / (2 if taken else 3)
    for part in lying.findChildren(QWidget):
        if part.isVisible() and part.parent() is not lying and part.objectName():
            place = part.rect().translated(part.mapTo(lying, QPoint()))
            assert lying.rect().contains(place)
            assert part.width() >= min(part.sizeHint().width(), part.maximumWidth())
    operations.cancel()


def test_a_switch_turns_off_what_it_makes_needless(shown, operating, operations):
    trigger(shown, "fill_holes")
    assert slider(shown, "area").isEnabled()
    bar(shown).findChild(QCheckBox, "operation_any_size").click()
    assert operations.settings == FillHoles(any_size=True)
    assert not slider(shown, "area").isEnabled()


def test_fields_show_settings_in_their_own_units(shown, operating, operations):
    trigger(shown, "levels")
    operations.edit(strength=0.5, gamma=2)
    assert slider(shown, "strength").number == 50
    assert slider(shown, "gamma").number == pytest.approx(2)
    assert operations.settings == Levels(strength=0.5, gamma=2)


def test_settings_can_be_had_back_as_they_were_at_first(shown, operating, operations):
    trigger(shown, "levels")
    back = button(shown, "operation_reset")
    assert not back.isEnabled()
    operations.edit(strength=0.5, black=20)
    QTest.mouseClick(back, LEFT)
    assert operations.settings == Levels()
    assert slider(shown, "black").number == 0
    assert not back.isEnabled()


def test_settings_survive_a_restart(shown, operating, document, operations, work, preferences):
    keep_operations(preferences, operations)
    trigger(shown, "grow_by")
    operations.edit(radius=21)
    operations.cancel()
    again = Operations(document, work)
    keep_operations(preferences, again)
    assert again.state()["grow_by"] == {"radius": 21}


@pytest.fixture
def queue():
    return HeldQueue()


@pytest.fixture
def viewing(operating, document, queue, tasks):
    async def load(path):
        return reddened(path)

    viewing = Viewing(document, load, tasks.spawn)
    operating.offer_results(queue, viewing, tasks.spawn)
    return viewing


def reddened(path):
    """A result's picture: a spot of it was redrawn, in each result another one."""
    picture = make_picture(path.name, 300, 200)
    pixels = picture.pixels.copy()
    pixels[spot_of(path)] = 200
    return type(picture)(pixels=pixels)


def spot_of(path):
    start = 50 + 20 * int(path.stem[-1])
    return slice(start, start + 10), slice(50, 60), slice(3)


def deliver(queue, pictures):
    """A job's pictures arrive."""
    of = job(parameters=asking(pictures))
    queue.add(of)
    results = [result(of, index) for index in range(pictures)]
    for one in results:
        queue.deliver(one)
    return results


def change_of(one):
    plane = np.zeros((200, 300), np.uint8)
    plane[spot_of(one.path)[:2]] = 255
    return plane


def test_the_change_of_the_shown_result_becomes_the_mask(
    shown, operations, document, queue, viewing, work, tasks, qtbot
):
    first, _ = deliver(queue, 2)
    viewing.toggle(first)
    tasks.run()
    assert viewing.shown is not None
    trigger(shown, "from_change")
    tasks.run()
    settled(qtbot, work)
    assert operations.current == "from_change"
    assert viewing.shown is None  # else nothing of the trial would be seen
    assert np.array_equal(document.mask.plane, change_of(first))


def test_with_no_result_selected_the_change_is_that_of_the_newest(
    shown, document, queue, viewing, work, tasks, qtbot
):
    assert not shown.actions_table["from_change"].isEnabled()
    deliver(queue, 1)
    _, newest = deliver(queue, 2)
    queue.add(job())  # of which there is nothing yet
    trigger(shown, "from_change")
    tasks.run()
    settled(qtbot, work)
    assert np.array_equal(document.mask.plane, change_of(newest))


def test_only_what_has_transparent_places_makes_a_mask_of_them(shown, operating, document):
    action = shown.actions_table["from_alpha"]
    assert not action.isEnabled()
    alpha = np.full((200, 300), 255, np.uint8)
    alpha[:50] = 0
    document.open(replace(make_picture("cut-out.png", 300, 200), alpha=alpha))
    assert action.isEnabled()
    document.close()
    assert not action.isEnabled()


def test_without_results_there_is_no_change_to_take(shown, queue, viewing):
    (only,) = deliver(queue, 1)
    assert shown.actions_table["from_change"].isEnabled()
    queue.finish(queue.entry(only.job_id).job, JobState.DONE)
    queue.remove(only.job_id)
    assert not shown.actions_table["from_change"].isEnabled()


def test_a_result_of_another_size_is_refused_in_words(
    shown, operations, document, queue, viewing, tasks
):
    deliver(queue, 1)
    document.open(make_picture("small.png", 30, 20))
    trigger(shown, "from_change")
    tasks.run()
    assert operations.current == ""
    assert "another size" in shown.findChild(QLabel, "notice_title").text()


def test_the_history_is_a_column_beside_the_canvas(shown, operating, document, qtbot):
    width = shown.stage.width()
    trigger(shown, "history")
    panel = shown.findChild(QWidget, "history")
    qtbot.waitUntil(lambda: shown.stage.width() == width - panel.width())
    assert panel.mapTo(shown, QPoint()).x() > shown.stage.mapTo(shown, QPoint()).x()
    assert shown.actions_table["history"].isChecked()
    view = panel.findChild(QListView)
    assert view.model().rowCount() == 2
    QTest.mouseClick(button(shown, "history_close"), LEFT)
    assert panel.isHidden()
    assert not shown.actions_table["history"].isChecked()
    qtbot.waitUntil(lambda: shown.stage.width() == width)


def test_closing_the_picture_closes_the_history(shown, operating, document):
    trigger(shown, "history")
    document.close()
    assert shown.findChild(QWidget, "history").isHidden()
