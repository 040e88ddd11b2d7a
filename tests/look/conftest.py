"""A theme that is on."""

import pytest
from PySide6.QtWidgets import QApplication

from app.look.theme import Theme


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme()
    theme.apply("dark")
    return theme
