"""A window that opens what a test puts on its disk."""

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from app.shell.opening import Opening
from tests.shell.conftest import make_picture
from tests.shell.opening.disk import Disk


@pytest.fixture
def disk():
    return Disk(make_picture)


@pytest.fixture
def prompt(shown):
    editor = QPlainTextEdit(shown.panel)
    editor.show()
    return editor


@pytest.fixture
def opening(shown, theme, prompt, opened, preferences, disk, beside, tasks):
    return Opening(shown, theme, opened, preferences, disk.load, beside, tasks.spawn)
