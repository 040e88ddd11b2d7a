"""The history beside the canvas."""

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QWidget

from tests.shell.operating.hands import LEFT, button, trigger


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
