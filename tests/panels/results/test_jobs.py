"""Running jobs: their places, states, clocks and ends."""

import time
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.look.dates import moment
from app.look.theme import Theme
from app.model.job import JobState, Progress
from app.model.services import PRESETS
from app.panels.results import metrics
from app.panels.results.motion import Motion
from app.panels.results.painter import figure_beside
from app.panels.results.silhouette import silhouette
from app.panels.results.words import caption, state_figure, state_word
from tests.panels.results.bench import Bench
from tests.support.jobs import asking, job, picture_of, result, work_of


def test_a_job_has_a_place_for_every_picture_at_once(bench: Bench) -> None:
    bench.queue.add(job(parameters=asking(4)))
    assert bench.kinds == ["waiting"] * 4
    assert bench.strip.items()[0].text.startswith("Image 1 of 4: Preparing, 0:0")


def test_pictures_of_an_earlier_run_come_where_they_belong(bench: Bench) -> None:
    asked = job(parameters=asking(3))
    work = replace(work_of(asked), have=frozenset({0, 2}))
    bench.queue.add(asked, work=work)
    assert [item.index for item in bench.strip.items()] == [1]
    bench.queue.recall(result(asked, 2))
    assert bench.kinds == ["waiting", "picture"]
    bench.click(1)
    assert bench.viewing.shown is bench.queue.entry(asked.id).results[0]


def test_a_job_that_has_all_and_runs_still_is_seen(bench: Bench) -> None:
    asked = job(parameters=asking(2))
    bench.queue.add(asked, work=replace(work_of(asked), have=frozenset({0, 1})))
    assert bench.kinds == ["waiting", "waiting"]


def test_pictures_take_their_places_in_the_order_of_their_index(bench: Bench) -> None:
    asked = job(parameters=asking(3))
    bench.queue.add(asked)
    places = [bench.strip.item_rect(row) for row in range(3)]
    bench.queue.deliver(result(asked, 2))
    assert bench.kinds == ["waiting", "waiting", "picture"]
    bench.queue.deliver(result(asked, 0))
    assert bench.kinds == ["picture", "waiting", "picture"]
    assert [item.index for item in bench.strip.items()] == [0, 1, 2]
    assert [bench.strip.item_rect(row) for row in range(3)] == places


@pytest.mark.parametrize(
    ("progress", "word", "figure"),
    [
        (Progress(step="waiting"), "Waiting", "0:14"),
        (Progress(step="preparing"), "Preparing", "0:14"),
        (Progress(step="uploading", fraction=0.42), "Uploading", "42 %"),
        (Progress(step="uploading", fraction=1.0), "Sent", "0:14"),
        (Progress(step="queued"), "Queued", "0:14"),
        (Progress(step="working"), "Working", "0:14"),
        (Progress(step="working", fraction=0.6), "Working", "60 %"),
        (Progress(step="working", trouble=True), "Trying again", "0:14"),
        (Progress(step="working", is_long=True), "Working", "0:14"),
        (Progress(step="waiting", reason="rate"), "Images a minute", "0:14"),
        (Progress(step="waiting", reason="limited"), "Slowed down", "0:14"),
        (Progress(step="waiting", reason="unreachable", trouble=True), "No connection", "0:14"),
        (Progress(step="waiting", reason="key"), "Needs a key", "0:14"),
        (Progress(step="waiting", reason="refused"), "Key refused", "0:14"),
        (Progress(step="waiting", reason="account"), "Account refused", "0:14"),
        (Progress(step="saving", fraction=0.5), "Saving", "2 / 4"),
        (Progress(step="saving", trouble=True), "Trying again", "2 / 4"),
        (Progress(step="saving", trouble=True, reason="room"), "Disk full", "2 / 4"),
    ],
)
def test_states_are_said_in_words(bench: Bench, progress: Progress, word: str, figure: str) -> None:
    asked = job(parameters=asking(4))
    done = (result(asked, 0), result(asked, 1)) if progress.step == "saving" else ()
    started = time.monotonic() - 14.2
    entry = bench.queue.add(asked, progress=progress, started=started, results=done)
    assert (state_word(entry), state_figure(entry)) == (word, figure)


@pytest.mark.parametrize(
    ("word", "shown"), [("Working", "0:14"), ("No connection", ""), ("Images a minute", "")]
)
def test_a_word_that_leaves_no_room_for_the_figure_stands_alone(
    bench: Bench, word: str, shown: str
) -> None:
    assert figure_beside(bench.theme, word, "0:14", metrics.NARROW_THUMBNAIL_WIDTH - 20) == shown


def test_a_wait_is_counted_down(bench: Bench) -> None:
    until = time.monotonic() + 30.2
    entry = bench.queue.add(job(), progress=Progress(step="waiting", reason="limited", until=until))
    assert state_figure(entry) == "30 s"


def test_the_first_waiting_place_tells_the_state_and_cancels(bench: Bench) -> None:
    asked = job(parameters=asking(3))
    bench.queue.add(asked)
    bench.queue.deliver(result(asked, 0))
    bench.click_at(bench.strip.cancel_rect(1).center())
    assert bench.queue.asked == [("cancel", asked.id)]
    bench.click_at(bench.strip.cancel_rect(2).center())
    assert len(bench.queue.asked) == 1


LONG = Progress(step="queued", is_long=True)
HELD = datetime(2026, 3, 14, 15, 3).astimezone()
FULL = Progress(step="saving", trouble=True, reason="room", held_until=HELD)


@pytest.mark.parametrize(
    ("facts", "remark"),
    [
        ({"progress": Progress(step="working")}, ""),
        ({"progress": LONG}, "Longer than usual"),
        ({"progress": FULL}, f"Disk full, at the service until {moment(HELD)}"),
        ({"progress": LONG, "is_unwanted": True}, "Kept when it comes"),
    ],
)
def test_what_is_unusual_is_said_in_the_line_under_the_leading_place(
    bench: Bench, facts: dict[str, Any], remark: str
) -> None:
    bench.queue.add(job(parameters=asking(2)), **facts)
    first, second = bench.shelf.items
    assert caption(first) == (remark or "14:03 · 2 images")
    assert caption(second) == ""
    assert bench.strip.items()[0].text.endswith(remark)


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


def test_a_cancelled_job_keeps_what_had_arrived(bench: Bench) -> None:
    asked = job(parameters=asking(3))
    bench.queue.add(asked)
    bench.queue.deliver(result(asked, 1))
    bench.queue.finish(asked, JobState.CANCELLED)
    assert bench.kinds == ["picture"]
    assert bench.strip.items()[0].index == 1


def test_a_cancelled_job_without_results_leaves_no_trace(bench: Bench) -> None:
    asked, other = job(parameters=asking(2)), job(parameters=asking(1))
    bench.queue.add(asked)
    bench.queue.add(other)
    bench.queue.finish(asked, JobState.CANCELLED)
    assert [item.job_id for item in bench.strip.items()] == [other.id]
    bench.queue.remove(asked.id)
    assert bench.strip.count() == 1


def test_a_finished_job_takes_no_focus_and_shows_nothing(bench: Bench) -> None:
    asked = job(parameters=asking(1))
    bench.queue.add(asked)
    bench.queue.deliver(result(asked, 0))
    bench.queue.finish(asked, JobState.DONE)
    assert QApplication.focusWidget() is bench.editor
    assert bench.viewing.selected is None
    assert bench.viewing.shown is None


def test_a_new_result_does_not_replace_the_one_that_is_looked_at(bench: Bench) -> None:
    (first,) = bench.queue.add_done(job(parameters=asking(1)))
    bench.click(0)
    bench.queue.add_done(job(parameters=asking(4)))
    assert bench.viewing.shown is first


def test_the_newest_comes_into_view_only_from_the_end(bench: Bench) -> None:
    for _ in range(10):
        bench.queue.add_done(job(parameters=asking(8)))
    bar = bench.shelf.horizontalScrollBar()
    bench.strip.item_rect(0)
    assert bar.value() == bar.maximum() > 0
    bar.setValue(100)
    bench.queue.add_done(job(parameters=asking(8)))
    bench.strip.item_rect(0)
    assert bar.value() == 100


def test_of_a_wide_job_the_place_that_tells_its_state_comes_into_view(bench: Bench) -> None:
    bench.window.resize(1024, 260)
    bench.queue.add_done(job(parameters=asking(8)))
    bench.strip.item_rect(0)
    for first in (8, 16):
        bench.queue.add(job(parameters=asking(8)))
        bench.strip.item_rect(0)
        assert 0 < bench.strip.item_rect(first).left() < 50


def test_no_timer_runs_while_nothing_does(bench: Bench) -> None:
    asked = job(parameters=asking(1))
    bench.queue.add(asked, progress=Progress(step="working"))
    motion = bench.shelf.motion
    assert (motion.is_ticking, motion.is_moving) == (True, True)
    bench.queue.deliver(result(asked, 0))
    bench.queue.finish(asked, JobState.DONE)
    assert (motion.is_ticking, motion.is_moving) == (False, False)


def test_no_timer_runs_behind_a_folded_strip(bench: Bench) -> None:
    bench.queue.add(job(parameters=asking(1)), progress=Progress(step="working"))
    bench.strip.set_folded(True)
    motion = bench.shelf.motion
    assert (motion.is_ticking, motion.is_moving) == (False, False)
    bench.strip.set_folded(False)
    assert bench.shelf.motion.is_moving


def test_a_waiting_job_only_ticks(bench: Bench) -> None:
    bench.queue.add(job(parameters=asking(1)), progress=Progress(step="queued"))
    assert bench.shelf.motion.is_ticking
    assert not bench.shelf.motion.is_moving


def test_reduced_motion_only_ticks(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Theme, "reduced_motion", True)
    asked = job(parameters=asking(1))
    bench.queue.add(asked, progress=Progress(step="working"))
    bench.queue.change(asked, progress=Progress(step="working", fraction=0.5))
    assert bench.shelf.motion.is_ticking
    assert not bench.shelf.motion.is_moving
    assert bench.shelf.motion.value(asked.id) == 0.5
    bench.strip.grab()


def test_a_bar_glides_to_its_value_and_then_stands(qtbot: QtBot) -> None:
    motion = Motion()
    motion.set_visible(True)
    motion.follow({"a": 0.0})
    motion.follow({"a": 0.8})
    assert motion.is_moving
    qtbot.waitUntil(lambda: not motion.is_moving)
    assert motion.value("a") == 0.8
    assert motion.value("b") is None


def test_the_silhouette_shows_what_is_redrawn() -> None:
    mask = np.zeros((400, 600), np.uint8)
    mask[100:200, 100:300] = 255
    asked = job(picture=picture_of(600, 400), mask=mask)
    image = silhouette(asked, QSize(80, 60), QColor("#FF0000"))
    assert image.size() == QSize(80, 40)
    assert image.pixelColor(40, 20) == QColor("#FF0000")


def test_the_silhouette_of_an_inverted_mask_has_a_hole() -> None:
    mask = np.zeros((400, 600), np.uint8)
    mask[150:250, 250:350] = 255
    asked = job(
        picture=picture_of(600, 400),
        mask=mask,
        parameters=asking(1, inpainting_mask_invert=1),
    )
    image = silhouette(asked, QSize(60, 40), QColor("#FF0000"))
    assert image.pixelColor(30, 20).alpha() == 0
    assert image.pixelColor(5, 5).alpha() == 255


def test_a_job_that_redraws_nothing_has_no_silhouette() -> None:
    mask = np.zeros((40, 60), np.uint8)
    assert silhouette(job(mask=mask), QSize(60, 40), QColor("#FF0000")).isNull()
