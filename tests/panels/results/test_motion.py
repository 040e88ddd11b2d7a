"""Clocks run and bars glide while there is something to see, and else nothing does."""

import pytest
from pytestqt.qtbot import QtBot

from app.look.theme import Theme
from app.model.job import JobState, Progress
from app.panels.results.motion import Motion
from tests.panels.results.bench import Bench
from tests.support.jobs import asking, job, result


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
