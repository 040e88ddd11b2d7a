"""Parts of the frame on the screen, and their buttons."""

from PySide6.QtWidgets import QAbstractButton


def show(qtbot, widget, width=1000):
    qtbot.addWidget(widget)
    widget.resize(width, max(widget.height(), 28))
    widget.show()
    return widget


def button(parent, name):
    return parent.findChild(QAbstractButton, name)
