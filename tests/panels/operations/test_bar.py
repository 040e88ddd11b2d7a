"""The bar of an operation over a bare stage; the window's part is in tests/shell."""

from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

import app.model.operations.computing as computing
from app.look.progress import ProgressBar
from app.look.segments import Segments
from app.look.slider_field import SliderField
from app.model.operations.settings import DARK, FromLuminance
from app.panels.operations.bar import LINE, OperationBar
from app.session.document import Document
from app.session.operations import OPERATIONS
from tests.support.easel import noise

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def document(qapp):
    document = Document()
    document.open(noise(300, 200))
    document.fill()
    return document


@pytest.fixture
def stage(qtbot):
    stage = QWidget()
    qtbot.addWidget(stage)
    stage.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    stage.resize(900, 500)
    stage.show()
    return stage


@pytest.fixture
def bar(stage, theme, operations):
    return OperationBar(theme, operations, stage, stage.setFocus)


@pytest.fixture
def gate(monkeypatch):
    """Lets nothing be computed until it is set."""
    gate, real = Event(), computing.computed

    def wait(base, settings, report, sight):
        report(0.5)
        gate.wait(10)
        return real(base, settings, report, sight)

    monkeypatch.setattr(computing, "computed", wait)
    yield gate
    gate.set()


def button(bar, name):
    return bar.findChild(QAbstractButton, f"operation_{name}")


def test_it_lies_along_the_upper_edge_and_follows_the_stage(stage, bar, operations):
    operations.open("levels")
    assert (bar.x(), bar.y(), bar.width(), bar.height()) == (0, 0, 900, LINE)
    stage.resize(600, 500)
    assert bar.width() == 600
    assert LINE < bar.height() < 2 * LINE
    stage.resize(1200, 500)
    assert (bar.width(), bar.height()) == (1200, LINE)


def test_progress_is_told_only_when_it_takes_long(bar, operations, gate, qtbot):
    operations.open("grow_by")
    progress = bar.findChild(ProgressBar)
    assert progress.isHidden()
    qtbot.waitUntil(progress.isVisible)
    qtbot.waitUntil(lambda: progress.fraction == 0.5)
    gate.set()
    qtbot.waitUntil(progress.isHidden)


def test_while_it_is_applied_nothing_can_be_changed_but_it_can_be_stopped(
    bar, operations, document, gate
):
    operations.open("feather")
    QTest.mouseClick(button(bar, "apply"), LEFT)
    assert bar.isVisible()
    assert not bar.findChild(SliderField).isEnabled()
    QTest.mouseClick(button(bar, "cancel"), LEFT)
    assert bar.isHidden()
    assert document.undo_stack.count() == 1


def test_the_next_time_everything_can_be_changed_again(bar, operations, gate, qtbot):
    operations.open("feather")
    QTest.mouseClick(button(bar, "apply"), LEFT)
    with qtbot.waitSignal(operations.closed):
        gate.set()
    operations.open("feather")
    assert bar.findChild(SliderField).isEnabled()


def test_one_operation_takes_the_place_of_another(bar, operations, qtbot):
    operations.open("levels")
    before = bar.accessibleName()
    operations.open("from_luminance")  # the one before is kept first
    qtbot.waitUntil(lambda: operations.current == "from_luminance")
    assert (before, bar.accessibleName()) == ("Levels", "From brightness")


def test_words_and_signs_choose_as_well_as_numbers(bar, operations):
    operations.open("from_luminance")
    part, mode = (bar.findChild(Segments, f"operation_{name}") for name in ("part", "mode"))
    part.buttons[1].click()
    mode.buttons[0].click()
    assert operations.settings == FromLuminance(part=DARK, mode="add")


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_on_cancel_cancels(bar, operations, document, key):
    operations.open("grow_by")
    button(bar, "cancel").setFocus()
    QTest.keyClick(button(bar, "cancel"), key)
    assert bar.isHidden()
    assert document.undo_stack.count() == 1


@pytest.mark.parametrize("name", sorted(set(OPERATIONS) - {"from_change"}))
def test_keys_have_somewhere_to_go(bar, operations, name):
    operations.open(name)
    focus = bar.window().focusWidget()
    assert focus is not None
    assert bar.isAncestorOf(focus)


def test_tab_goes_round_within_the_bar(bar, operations, stage):
    QLineEdit(stage).show()
    operations.open("grow_by")
    operations.edit(radius=9)  # or there is nothing to reset
    stops = []
    for _ in range(4):
        stops.append(QApplication.focusWidget().objectName())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert stops == [
        "operation_radius",
        "operation_reset",
        "operation_cancel",
        "operation_apply",
    ]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert QApplication.focusWidget().objectName() == "operation_apply"


def test_a_number_is_tried_out_as_it_is_typed(bar, operations, qtbot):
    operations.open("grow_by")
    field = bar.findChild(SliderField)
    QTest.keyClick(field, Qt.Key.Key_1)
    QTest.keyClick(field.spin, Qt.Key.Key_2)
    assert operations.settings.radius == 12
