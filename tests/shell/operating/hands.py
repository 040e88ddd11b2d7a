"""Hands for the operations, and eyes for their bar."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.look.slider_field import SliderField
from app.model.brush import Brush, Sample
from app.model.operations.reaching import grow
from app.model.operations.settings import Grow
from tests.support.masks import changed, silent

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


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
