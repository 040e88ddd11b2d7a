"""The history panel, as an artist uses it."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QListView

from app.model.brush import Brush, Sample
from app.panels.history_panel import HistoryPanel
from app.session.document import Document
from tests.support.easel import flat

ENABLED = Qt.ItemFlag.ItemIsEnabled


@pytest.fixture
def document(qapp):
    document = Document()
    document.open(flat(200, 200))
    return document


@pytest.fixture
def panel(qtbot, theme, document):
    panel = HistoryPanel(theme, document)
    qtbot.addWidget(panel)
    panel.resize(panel.width(), 400)
    panel.show()
    return panel


def dab(document, x=100):
    with document.stroke(Brush(size=30)) as stroke:
        stroke.extend(Sample(x, 100))


def steps(panel):
    view = panel.findChild(QListView, "history_steps")
    model = view.model()
    return [model.index(row).data() for row in range(model.rowCount())]


def now(panel):
    return panel.findChild(QListView, "history_steps").currentIndex().row()


def click(panel, row):
    view = panel.findChild(QListView, "history_steps")
    place = view.visualRect(view.model().index(row)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_it_lists_every_step_from_the_start_on(document, panel):
    assert (steps(panel), now(panel)) == (["Start"], 0)
    dab(document)
    document.invert()
    assert (steps(panel), now(panel)) == (["Start", "Brush Stroke", "Invert Mask"], 2)
    document.undo()
    assert (steps(panel), now(panel)) == (["Start", "Brush Stroke", "Invert Mask"], 1)


def test_a_click_goes_to_the_mask_as_it_was_then(document, panel):
    masks = [document.mask_snapshot().plane()]
    for x in (50, 90, 150):
        dab(document, x)
        masks.append(document.mask_snapshot().plane())
    for row in (1, 3, 0, 2):
        click(panel, row)
        assert np.array_equal(document.mask.plane, masks[row])
        assert now(panel) == document.undo_stack.index() == row
    assert len(steps(panel)) == 4


def test_arrow_keys_go_one_step(document, panel):
    dab(document)
    document.invert()
    view = panel.findChild(QListView, "history_steps")
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert document.undo_stack.index() == 1
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert document.undo_stack.index() == 2


def test_it_tells_what_the_steps_weigh_of_what_they_may(document, panel):
    dab(document)
    words = panel.findChild(QLabel, "history_weight").text()
    assert words == "Steps: 1 · 0.0 of 256 MB"
    for _ in range(3):
        document.use_as_picture(flat(2000, 2000))
        document.use_as_picture(flat(2000, 2001))
    assert document.undo_stack.nbytes > 10 << 20
    used = round(document.undo_stack.nbytes / 1_000_000)
    words = panel.findChild(QLabel, "history_weight").text()
    assert words == f"Steps: {document.undo_stack.count()} · {used} of 256 MB"


def test_what_is_undone_and_what_is_shown_is_also_said(document, panel):
    dab(document)
    document.invert()
    document.undo()
    model = panel.findChild(QListView, "history_steps").model()
    role = Qt.ItemDataRole.AccessibleTextRole
    said = [model.index(row).data(role) for row in range(3)]
    assert said == ["Start", "Brush Stroke, shown now", "Invert Mask, undone"]


def test_a_click_while_an_edit_is_tried_out_takes_that_back(document, panel):
    dab(document)
    before = document.mask_snapshot().plane()
    document.trial("Grow Mask").show({0: b"\xff"})
    click(panel, 1)
    assert np.array_equal(document.mask.plane, before)
    assert document.undo_stack.index() == 1


def test_while_an_edit_is_tried_out_undone_steps_are_off(document, panel):
    dab(document)
    document.invert()
    document.undo()
    trial = document.trial("Grow Mask")
    trial.show({0: b"\xff"})
    view = panel.findChild(QListView, "history_steps")
    is_on = [bool(view.model().index(row).flags() & ENABLED) for row in range(3)]
    assert is_on == [True, True, False]
    click(panel, 2)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert trial.is_live
    trial.drop()
    assert view.model().index(2).flags() & ENABLED
    click(panel, 2)
    assert document.undo_stack.index() == 2


def test_hidden_it_reads_nothing_and_shown_again_all(document, panel):
    panel.hide()
    dab(document)
    assert panel.findChild(QListView, "history_steps").currentIndex().row() == 0
    panel.show()
    assert (steps(panel), now(panel)) == (["Start", "Brush Stroke"], 1)


def test_the_newest_of_many_steps_is_in_sight(document, panel):
    for x in range(60):
        dab(document, x * 3)
    view = panel.findChild(QListView, "history_steps")
    seen = view.visualRect(view.currentIndex())
    assert view.viewport().rect().contains(seen)
    assert view.indexAt(QPoint(20, 5)).row() > 30


def test_its_button_asks_to_close_it(panel, qtbot):
    with qtbot.waitSignal(panel.close_wanted):
        QTest.mouseClick(
            panel.findChild(QAbstractButton, "history_close"), Qt.MouseButton.LeftButton
        )
