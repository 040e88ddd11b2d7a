"""Ties buttons to actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.look.buttons import IconButton
from app.shell.afterwards import afterwards

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QAbstractButton

    from app.shell.actions import Actions


def link(button: QAbstractButton, action: QAction) -> None:
    """Let a click on `button` mean `action`, and switch the button on and off soon after it."""
    button.clicked.connect(action.trigger)
    follow = afterwards(lambda: button.setEnabled(action.isEnabled()), button)
    action.enabledChanged.connect(follow)
    button.setEnabled(action.isEnabled())


def link_by_name(button: QAbstractButton, actions: Actions, action_id: str) -> None:
    """Link `button`, and have the tooltip of an icon name the key that the action has now."""
    link(button, actions[action_id])
    if isinstance(button, IconButton):
        text = button.accessibleName()
        actions.keys.changed.connect(lambda: button.set_text(text, actions.keys.shown(action_id)))
        button.set_text(text, actions.keys.shown(action_id))
