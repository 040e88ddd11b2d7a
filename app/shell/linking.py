"""Ties buttons to actions."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton


def link(button: QAbstractButton, action: QAction) -> None:
    """Let a click on `button` mean `action`, and switch the button on and off with it."""
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    button.setEnabled(action.isEnabled())
