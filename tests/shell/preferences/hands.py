"""Hands and eyes for the pages of the Preferences."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit


def line(dialog, name) -> QLineEdit:
    return dialog.findChild(QLineEdit, name)


def note(dialog, name="key_note") -> str:
    return dialog.findChild(QLabel, name).text()


def type_into(dialog, name, text):
    field = line(dialog, name)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    return field


def click(qtbot, dialog, name):
    qtbot.mouseClick(dialog.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)
