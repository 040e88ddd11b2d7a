"""Tasks that are set aside and asked for later."""

import asyncio
import threading
from pathlib import Path
from typing import Any

from app.model.errors import AnswerLost, SetAside, TaskNotFound
from app.model.job import JobState
from tests.session.queue.desk import REMOTE, Desk, Stalling, at_desk, succeeding
from tests.support.script import ScriptedBackend, task


def test_a_task_that_is_set_aside_can_be_asked_for_later(tmp_path: Path) -> None:
    backend = succeeding()
    finished, backend.polls = backend.polls, [task("QUEUED")]

    async def story(desk: Desk) -> None:
        desk.submit(service=REMOTE)
        await desk.until(lambda: bool(desk.queue.entries) and desk.only.progress.is_long)
        desk.queue.set_aside(desk.only.id)
        await desk.until(desk.ended)
        assert isinstance(desk.only.error, SetAside)
        assert desk.only.way == "ask"
        desk.backend.polls = finished
        desk.queue.retry(desk.only.id)
        await desk.until(lambda: desk.ended() and desk.only.state is JobState.DONE)

    desk = at_desk(backend, tmp_path, story)
    assert desk.backend.calls.count("submit") == 1


def test_a_task_that_is_set_aside_amidst_a_step_takes_it_before_any_other(tmp_path: Path) -> None:
    """Else two would be at work on it at once, and the journal know a step that no job may take."""

    gate, is_saving = threading.Event(), threading.Event()

    async def story(desk: Desk) -> None:
        note = desk.journal.note

        def slowly(job_id: str, state: JobState, **facts: Any) -> None:
            if state is JobState.SAVING:
                is_saving.set()
                gate.wait(20)
            note(job_id, state, **facts)

        desk.journal.note = slowly
        desk.submit(service=REMOTE)
        await asyncio.to_thread(is_saving.wait, 20)
        desk.queue.set_aside(desk.only.id)
        desk.queue.retry(desk.only.id)
        desk.queue.remove(desk.only.id)
        gate.set()
        await desk.until(desk.ended)
        assert desk.only.state is JobState.SAVING
        desk.queue.retry(desk.only.id)
        await desk.until(lambda: desk.ended() and desk.only.state is JobState.DONE)

    desk = at_desk(succeeding(), tmp_path, story)
    expected = ["submitted t-1", "saving", "submitted t-1", "saving", "result 0", "done"]
    assert desk.journal.notes[2:] == expected


def test_what_is_being_sent_a_second_time_is_not_set_aside(tmp_path: Path) -> None:
    """Its id is that of the first time, if it is one at all."""

    async def story(desk: Desk) -> None:
        desk.backend.release.set()
        desk.submit(service=REMOTE)
        await desk.until(desk.ended)
        assert desk.only.task_id == "t-0"
        desk.backend.release.clear()
        desk.backend.submit_answer = "t-1"
        desk.queue.send_again(desk.only.id)
        await desk.until(lambda: desk.backend.calls.count("submit") == 2)
        desk.queue.set_aside(desk.only.id)
        desk.backend.release.set()
        await desk.until(lambda: desk.ended() and desk.only.state is JobState.DONE)

    lost = AnswerLost(task_id="t-0")
    at_desk(succeeding(Stalling, submit_answer=lost), tmp_path, story)


def test_a_task_that_is_set_aside_and_taken_off_the_list_is_given_up(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit(service=REMOTE)
        await desk.until(lambda: bool(desk.queue.entries) and desk.only.task_id is not None)
        desk.queue.set_aside(desk.only.id)
        await desk.until(desk.ended)
        desk.queue.remove(desk.only.id)
        await asyncio.to_thread(desk.journal.is_hidden.wait, 20)

    desk = at_desk(ScriptedBackend(polls=[task("QUEUED")]), tmp_path, story)
    assert desk.journal.notes[-2:] == ["cancelled", "hidden"]
    assert desk.queue.entries == ()


def test_a_task_that_was_set_aside_is_asked_for_again_not_sent_again(tmp_path: Path) -> None:
    backend = succeeding()
    finished = backend.polls
    backend.polls = [TaskNotFound()]

    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(desk.ended)
        assert desk.only.state is JobState.LOST
        desk.backend.polls = finished
        desk.queue.retry(desk.only.id)
        await desk.until(lambda: desk.ended() and desk.only.state is JobState.DONE)

    desk = at_desk(backend, tmp_path, story)
    assert desk.backend.calls.count("submit") == 1
