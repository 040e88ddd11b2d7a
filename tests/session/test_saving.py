"""Saving beside the window: from a snapshot, one after the other, onto a real disk."""

import asyncio

import numpy as np
import pytest

from app.model.errors import StorageError
from app.session.document import Document
from app.session.open_project import OpenProject
from app.session.parameters import ParameterState
from app.session.saving import Saving
from app.session.tasks import Tasks
from tests.support.projects import is_same, make_project, reopened, save_project, store


class Desk:
    """An open picture and what saves it; `hold` keeps the disk from answering."""

    def __init__(self) -> None:
        self.document = Document()
        self.parameters = ParameterState()
        self.opened = OpenProject(self.document, self.parameters)
        self.failures: list[BaseException] = []
        self.told: list[object] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.writes = 0
        self.saving = Saving(
            self.opened, lambda: store, self.beside, Tasks(self.failures.append).spawn
        )
        self.saving.saved.connect(self.told.append)
        self.saving.failed.connect(self.told.append)
        self.opened.open(make_project(60, 40).picture)

    async def beside(self, work, *arguments):
        self.writes += 1
        await self.gate.wait()
        return await asyncio.to_thread(work, *arguments)


def live(story) -> Desk:
    async def run() -> Desk:
        desk = Desk()
        await story(desk)
        await desk.saving.finish()
        assert desk.failures == []
        return desk

    return asyncio.run(run())


def test_what_is_saved_is_what_was_open_when_it_was_asked_for(qapp, tmp_path):
    async def story(desk):
        desk.document.fill()
        desk.parameters.edit(prompt="as it was")
        desk.gate.clear()
        desk.saving.save_as(tmp_path / "boat.ora")
        assert desk.saving.is_saving
        desk.document.clear()
        desk.parameters.edit(prompt="later")
        desk.gate.set()

    desk = live(story)
    project = reopened(tmp_path / "boat.ora").project
    assert (project.mask == 255).all()
    assert project.parameters["prompt"] == "as it was"
    assert desk.told == [tmp_path / "boat.ora"]
    assert desk.opened.is_unsaved
    desk.document.undo()
    desk.parameters.edit(prompt="as it was")
    assert not desk.opened.is_unsaved


def test_asked_for_often_the_last_state_is_saved_and_no_alarm_raised(qapp, tmp_path):
    async def story(desk):
        desk.saving.save_as(tmp_path / "boat.ora")
        await desk.saving.finish()
        desk.gate.clear()
        for edit in (desk.document.fill, desk.document.clear, desk.document.fill):
            edit()
            desk.saving.save()
        desk.gate.set()
        await desk.saving.finish()

    desk = live(story)
    assert desk.writes == 3  # the one before, the first of three, and the last
    assert (reopened(tmp_path / "boat.ora").project.mask == 255).all()
    assert not desk.opened.is_unsaved
    assert all(path == tmp_path / "boat.ora" for path in desk.told)


def test_it_is_finished_when_what_was_asked_for_meanwhile_is_saved_too(qapp, tmp_path):
    """The program's end waits for that once."""

    async def story(desk):
        desk.gate.clear()
        desk.saving.save_as(tmp_path / "boat.ora")
        desk.document.fill()
        desk.saving.save_as(tmp_path / "boat.ora")
        asyncio.get_running_loop().call_soon(desk.gate.set)
        await desk.saving.finish()
        assert (desk.writes, desk.saving.is_saving) == (2, False)

    live(story)
    assert (reopened(tmp_path / "boat.ora").project.mask == 255).all()


def test_what_memory_does_not_hold_twice_keeps_nobody_from_saving_later(
    qapp, tmp_path, monkeypatch
):
    def full():
        raise MemoryError

    async def story(desk):
        with monkeypatch.context() as patched:
            patched.setattr(desk.opened, "snapshot", full)
            with pytest.raises(MemoryError):
                desk.saving.save_as(tmp_path / "boat.ora")
        assert not desk.saving.is_saving
        desk.saving.save_as(tmp_path / "boat.ora")

    assert live(story).told == [tmp_path / "boat.ora"]


def test_what_waits_is_not_done_to_another_project(qapp, tmp_path):
    async def story(desk):
        desk.gate.clear()
        desk.saving.save_as(tmp_path / "boat.ora")
        desk.saving.save_as(tmp_path / "boat.ora")
        desk.opened.open(make_project(30, 20, seed=2, name="other.png").picture)
        desk.gate.set()

    desk = live(story)
    assert desk.writes == 1
    assert np.array_equal(
        reopened(tmp_path / "boat.ora").project.picture.pixels, make_project(60, 40).picture.pixels
    )
    assert (desk.opened.name, desk.opened.kept) == ("other.png", None)


@pytest.mark.parametrize("way", ["overwrite", "keep_both"])
def test_what_another_program_changed_is_left_until_it_is_said(qapp, tmp_path, way):
    path = tmp_path / "boat.ora"
    theirs = make_project(seed=9)

    async def story(desk):
        desk.saving.save_as(path)
        await desk.saving.finish()
        path.unlink()
        save_project(path, theirs, None)
        desk.document.fill()
        desk.saving.save()
        await desk.saving.finish()
        assert desk.told[-1].kind == "changed"
        assert is_same(reopened(path).project, theirs)
        assert desk.opened.is_unsaved
        getattr(desk.saving, way)()

    desk = live(story)
    assert not desk.opened.is_unsaved
    ours = tmp_path / ("boat.ora" if way == "overwrite" else "boat-2.ora")
    others = tmp_path / ("boat.ora~" if way == "overwrite" else "boat.ora")
    assert desk.opened.kept.path == desk.told[-1] == ours
    assert (reopened(ours).project.mask == 255).all()
    assert is_same(reopened(others).project, theirs)


def test_a_failure_leaves_all_as_it_was(qapp, tmp_path):
    async def story(desk):
        desk.document.fill()
        desk.saving.save_as(tmp_path / "gone" / "boat.ora")

    desk = live(story)
    (told,) = desk.told
    assert isinstance(told, StorageError)
    assert (desk.opened.kept, desk.opened.is_unsaved) == (None, True)
    assert not desk.saving.is_saving


def test_without_a_file_there_is_nothing_to_save_over(qapp):
    async def story(desk):
        with pytest.raises(RuntimeError):
            desk.saving.save()

    live(story)


def test_what_is_given_up_holds_nobody_up_and_says_nothing(qapp, tmp_path):
    rests = []

    async def story(desk):
        desk.saving.rested.connect(lambda: rests.append(desk.saving.is_saving))
        desk.gate.clear()
        desk.saving.save_as(tmp_path / "boat.ora")
        desk.saving.save_as(tmp_path / "later.ora")
        await asyncio.sleep(0)
        desk.saving.abandon()
        await desk.saving.finish()

    desk = live(story)
    assert rests == [False]
    assert desk.told == []
    assert list(tmp_path.iterdir()) == []


def test_it_rests_once_nothing_waits_to_be_saved_any_more(qapp, tmp_path):
    rests = []

    async def story(desk):
        desk.saving.rested.connect(lambda: rests.append(len(desk.told)))
        desk.saving.save_as(tmp_path / "boat.ora")
        desk.saving.save_as(tmp_path / "later.ora")

    live(story)
    assert rests == [2]
