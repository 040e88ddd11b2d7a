"""Cancelling a job where it is shown, or watching it no more."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.model.job import JobState, Progress
from app.model.services import PRESETS
from tests.panels.results.bench import LONG, Bench
from tests.support.jobs import asking, job, result


def test_the_first_waiting_place_tells_the_state_and_cancels(bench: Bench) -> None:
    asked = job(parameters=asking(3))
    bench.queue.add(asked)
    bench.queue.deliver(result(asked, 0))
    bench.click_at(bench.strip.cancel_rect(1).center())
    assert bench.queue.asked == [("cancel", asked.id)]
    bench.click_at(bench.strip.cancel_rect(2).center())
    assert len(bench.queue.asked) == 1


def menu_at_the_cross(bench: Bench, qtbot: QtBot) -> dict[str, QAction]:
    bench.click_at(bench.strip.cancel_rect(0).center())
    menu = bench.strip.findChild(QMenu, "result_menu")
    assert isinstance(menu, QMenu)
    qtbot.waitUntil(menu.isVisible)
    return {action.text(): action for action in menu.actions()}


def test_of_a_long_job_the_cross_asks_whether_to_cancel_or_to_stop_watching(
    bench: Bench, qtbot: QtBot
) -> None:
    asked = job(service=PRESETS[1])
    bench.queue.add(asked, state=JobState.SUBMITTED, progress=LONG, task_id="t")
    offered = menu_at_the_cross(bench, qtbot)
    assert list(offered) == ["Cancel", "Stop watching"]
    assert bench.queue.asked == []
    offered["Stop watching"].trigger()
    assert bench.queue.asked == [("set_aside", asked.id)]


def test_what_was_cancelled_too_late_can_be_watched_no_more(bench: Bench, qtbot: QtBot) -> None:
    asked = job(service=PRESETS[1])
    facts = {"state": JobState.SUBMITTED, "task_id": "t", "is_unwanted": True}
    bench.queue.add(asked, progress=Progress(step="working"), **facts)
    assert list(menu_at_the_cross(bench, qtbot)) == ["Stop watching"]


@pytest.mark.parametrize(
    "facts", [{"progress": LONG}, {"progress": Progress(step="working"), "task_id": "t"}]
)
def test_else_the_cross_cancels_at_once(bench: Bench, facts: dict[str, Any]) -> None:
    asked = job(service=PRESETS[1])
    bench.queue.add(asked, **facts)
    bench.click_at(bench.strip.cancel_rect(0).center())
    assert bench.queue.asked == [("cancel", asked.id)]


def test_a_job_of_the_engine_is_cancelled_however_long_it_takes(bench: Bench) -> None:
    asked = job()
    bench.queue.add(asked, progress=LONG, task_id="t")
    bench.click_at(bench.strip.cancel_rect(0).center())
    assert bench.queue.asked == [("cancel", asked.id)]


def test_a_press_that_leaves_the_cross_cancels_nothing(bench: Bench) -> None:
    bench.queue.add(job(parameters=asking(1)))
    cross = bench.strip.cancel_rect(0).center()
    QTest.mousePress(bench.strip.viewport(), Qt.MouseButton.LeftButton, pos=cross)
    QTest.mouseRelease(bench.strip.viewport(), Qt.MouseButton.LeftButton, pos=cross - QPoint(60, 0))
    assert bench.queue.asked == []


def test_a_place_can_be_cancelled_from_the_keyboards_menu(bench: Bench, qtbot: QtBot) -> None:
    asked = job(parameters=asking(1))
    bench.queue.add(asked)
    bench.shelf.setFocus()
    bench.shelf.setCurrentIndex(bench.shelf.model().index(0, 0))
    bench.shelf._open_menu(bench.shelf.currentIndex(), QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert bench.queue.asked == [("cancel", asked.id)]
