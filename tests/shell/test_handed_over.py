"""Files of a second program arrive in the window of the first."""

import threading
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.shell.handed_over import HandedOver
from app.storage.instance import Instance, hand_over


def test_a_file_is_opened_and_a_minimized_window_comes_back(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    opened: list[Path] = []
    with Instance.take(tmp_path) as instance:
        assert instance is not None
        HandedOver(window, instance, opened.append)
        other = threading.Thread(target=hand_over, args=(tmp_path, tmp_path / "a.png"))
        other.start()
        qtbot.waitUntil(lambda: opened == [tmp_path / "a.png"])
        other.join(20)
    assert not window.windowState() & Qt.WindowState.WindowMinimized


def test_what_was_left_before_anyone_watched_is_not_forgotten(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    opened: list[Path] = []
    with Instance.take(tmp_path) as instance:
        assert instance is not None
        note = f'{{"file": "{bytes(tmp_path / "early.png").hex()}"}}'
        (instance.inbox / "1.json").write_text(note)
        HandedOver(window, instance, opened.append)
    assert opened == [tmp_path / "early.png"]


def test_without_a_file_nothing_is_opened(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    opened: list[Path] = []
    with Instance.take(tmp_path) as instance:
        assert instance is not None
        HandedOver(window, instance, opened.append)
        other = threading.Thread(target=hand_over, args=(tmp_path, None))
        other.start()
        qtbot.waitUntil(lambda: not window.windowState() & Qt.WindowState.WindowMinimized)
        other.join(20)
    assert opened == []
