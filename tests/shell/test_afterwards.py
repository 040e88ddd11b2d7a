"""What follows from an edit is said once, when the edit is on the screen."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from app.shell.afterwards import afterwards


def test_it_is_said_once_and_after_what_was_asked_to_be_painted(qtbot):
    order = []

    class Sheet(QWidget):
        def paintEvent(self, event):
            order.append("painted")

    sheet = Sheet()
    qtbot.addWidget(sheet)
    sheet.show()
    qtbot.waitUntil(lambda: bool(order))
    order.clear()
    note = afterwards(lambda: order.append("said"), sheet)
    sheet.update()
    for index in range(3):
        note(index)
    assert order == []
    qtbot.waitUntil(lambda: "said" in order)
    assert order == ["painted", "said"]
    note()
    qtbot.waitUntil(lambda: order == ["painted", "said", "said"])


def test_nothing_is_said_of_what_is_gone(qtbot):
    class Source(QObject):
        told = Signal(int)

    source, gone, said = Source(), QWidget(), []
    source.told.connect(afterwards(lambda: said.append("gone"), gone))
    source.told.connect(afterwards(lambda: said.append("here"), source))
    source.told.emit(1)
    delete(gone)
    source.told.emit(2)
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["here"]
