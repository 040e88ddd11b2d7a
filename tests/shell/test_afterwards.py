"""What follows from an edit is said once, when the edit is on the screen."""

from PySide6.QtWidgets import QWidget

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
