"""A job in the strip: its places, its words, and what comes of it."""

import time
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.look.dates import moment
from app.model.job import JobState, Progress
from app.panels.results import metrics
from app.panels.results.painter import figure_beside
from app.panels.results.words import caption, state_figure, state_word
from tests.panels.results.bench import LONG, Bench
from tests.support.jobs import asking, job, result, work_of


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
