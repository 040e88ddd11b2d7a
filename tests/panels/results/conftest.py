"""A strip in a window of its own, with a queue that does what the test says."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.panels.results.bench import Bench, unattached


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    """A strip with its queue, in a window 1440 wide, the keyboard in a text field above it."""
    made = unattached(qtbot)
    made.attach()
    yield made
    made.theme.deleteLater()


@pytest.fixture
def bare(qtbot: QtBot) -> Iterator[Bench]:
    """A strip before its queue comes."""
    made = unattached(qtbot)
    yield made
    made.theme.deleteLater()
