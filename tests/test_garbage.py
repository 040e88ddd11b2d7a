"""Where garbage is collected."""

import gc
from collections.abc import Iterator
from threading import Thread, current_thread, main_thread
from weakref import finalize

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.garbage import Collector


@pytest.fixture
def anywhere() -> Iterator[None]:
    """At first any thread collects, as Python comes; afterwards it is as it was."""
    before = gc.isenabled()
    gc.enable()
    yield
    (gc.enable if before else gc.disable)()


class Ring:
    """Refers to itself, and holds an object of Qt's."""

    def __init__(self) -> None:
        self.itself = self
        self.held = QObject()


@pytest.mark.usefixtures("anywhere")
def test_only_the_window_s_thread_collects(qtbot: QtBot) -> None:
    collector, threads = Collector(), []
    finalize(Ring(), lambda: threads.append(current_thread()))
    others = Thread(target=lambda: [[] for _ in range(100 * gc.get_threshold()[0])])
    others.start()
    others.join()
    assert threads == []
    rings = [Ring() for _ in range(gc.get_threshold()[0])]
    del rings
    qtbot.waitUntil(lambda: bool(threads), timeout=10 * collector._timer.interval())
    assert threads == [main_thread()]
