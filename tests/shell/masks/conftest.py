"""A picture that masks are read for, in its window."""

import pytest

from tests.shell.conftest import make_picture
from tests.shell.masks.room import H, Room, W


@pytest.fixture
def room(qtbot, shown, theme, document, preferences, beside, tasks):
    document.open(make_picture("lake.png", W, H))
    room = Room(qtbot, shown, theme, document, preferences, beside, tasks)
    yield room
    room.work.close()
