"""What is shown before a picture is open."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.panels.empty_state import EmptyState
from tests.panels.hands import button, show


@pytest.mark.parametrize(
    ("name", "signal"), [("open_picture", "open_wanted"), ("try_sample", "sample_wanted")]
)
def test_its_buttons_say_what_is_wanted(qtbot, theme, name, signal):
    empty = show(qtbot, EmptyState(theme))
    with qtbot.waitSignal(getattr(empty, signal)):
        qtbot.mouseClick(button(empty, name), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("size", [(1044, 603), (628, 383)])
def test_cards_and_buttons_are_whole_in_both_windows(qtbot, theme, size):
    empty = show(qtbot, EmptyState(theme))
    empty.resize(*size)
    for part in empty.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        assert empty.rect().contains(part.geometry()), part
