"""Sections fold, bars scroll, progress moves only where it may."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.look.progress import ProgressBar
from app.look.scroll import ScrollArea, ThinScroll
from app.look.sections import Section
from app.look.text import Label
from app.look.theme import Theme


def test_a_click_on_the_title_folds(qtbot: QtBot, theme: Theme) -> None:
    section = Section(theme, "Mask")
    qtbot.addWidget(section)
    inside = Label(theme, "Blur")
    section.body.addWidget(inside)
    section.show()
    with qtbot.waitSignal(section.folded_changed) as told:
        qtbot.mouseClick(section.head, Qt.MouseButton.LeftButton, pos=QPoint(40, 20))
    assert told.args == [True]
    assert not inside.isVisible()
    section.set_folded(False)
    assert inside.isVisible()


def test_the_bar_takes_no_room_and_drags_the_content(qtbot: QtBot, theme: Theme) -> None:
    area = ScrollArea(theme)
    qtbot.addWidget(area)
    area.resize(100, 100)
    content = QWidget()
    content.setMinimumHeight(400)
    area.setWidget(content)
    area.show()
    qtbot.waitUntil(area.bar.isVisible)
    assert area.viewport().width() == 100
    qtbot.mousePress(area.bar, Qt.MouseButton.LeftButton, pos=QPoint(3, 2))
    qtbot.mouseMove(area.bar, QPoint(3, 500))
    qtbot.mouseRelease(area.bar, Qt.MouseButton.LeftButton)
    assert area.verticalScrollBar().value() == area.verticalScrollBar().maximum()


def test_a_bar_along_the_foot_drags_the_content_sideways(qtbot: QtBot, theme: Theme) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    area.resize(100, 100)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    content = QWidget()
    content.resize(400, 50)
    area.setWidget(content)
    bar = ThinScroll(theme, area, Qt.Orientation.Horizontal, margin=10)
    area.show()
    qtbot.waitUntil(bar.isVisible)
    assert (bar.x(), bar.width()) == (10, 80)
    qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(2, 3))
    qtbot.mouseMove(bar, QPoint(500, 3))
    qtbot.mouseRelease(bar, Qt.MouseButton.LeftButton)
    assert area.horizontalScrollBar().value() == area.horizontalScrollBar().maximum()


def test_no_bar_where_all_is_seen(qtbot: QtBot, theme: Theme) -> None:
    area = ScrollArea(theme)
    qtbot.addWidget(area)
    area.resize(100, 100)
    area.setWidget(QWidget())
    area.show()
    assert not area.bar.isVisible()


def lit(bar: ProgressBar, theme: Theme) -> list[int]:
    """The columns that the value bar covers."""
    image = bar.grab().toImage()
    accent = theme.color("accent")
    return [x for x in range(2, image.width() - 2) if image.pixelColor(x, 2) == accent]


def test_progress_is_as_long_as_it_is(qtbot: QtBot, theme: Theme) -> None:
    bar = ProgressBar(theme)
    qtbot.addWidget(bar)
    bar.resize(200, 4)
    bar.set_fraction(0.5)
    assert 95 <= max(lit(bar, theme)) <= 100
    bar.set_fraction(0.0)
    assert not lit(bar, theme)


def test_progress_nobody_knows_travels(qtbot: QtBot, theme: Theme) -> None:
    bar = ProgressBar(theme)
    qtbot.addWidget(bar)
    bar.resize(200, 4)
    bar.show()
    bar.set_fraction(None)
    qtbot.waitUntil(lambda: len(lit(bar, theme)) > 10)
    first = lit(bar, theme)
    qtbot.waitUntil(lambda: lit(bar, theme) != first)


def test_reduced_motion_keeps_the_track_full_and_still(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Theme, "reduced_motion", True)
    bar = ProgressBar(theme)
    qtbot.addWidget(bar)
    bar.resize(200, 4)
    bar.show()
    bar.set_fraction(None)
    assert len(lit(bar, theme)) == 196
