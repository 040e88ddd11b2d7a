"""A program that ends in the middle of a job finds its way on, with the journal that is on disk."""

import asyncio
import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.contract.parameters import Parameters
from app.jobs.ports import Ports
from app.jobs.prepare import new_job
from app.jobs.recalling import recall
from app.jobs.resuming import Archive, Earlier, Outcome, left_over, resume_all
from app.jobs.runner import new_work, run
from app.jobs.steps import Listener
from app.jobs.traffic import Traffic
from app.model.errors import AnswerLost, AppError
from app.model.job import Job, JobState, Result
from app.model.png import encode_picture
from app.model.services import BUILTIN, PRESETS, Service, custom, recorded
from app.storage.jobs.journal import SqliteJournal
from app.storage.jobs.shelf import ResultShelf
from tests.support.clock import LeapingClock
from tests.support.jobs import picture_of
from tests.support.pictures import load_bytes
from tests.support.script import ScriptedBackend, no_original, task

REMOTE = PRESETS[1]
PICTURE = picture_of()
MASK = np.full((40, 60), 255, np.uint8)


class World:
    """What outlives the program: the disk, and a service that makes tasks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.backend = ScriptedBackend(
            polls=[task("SUCCEED", ["a", "b"], seed="7")],
            fetches={url: [encode_picture(PICTURE)] for url in "ab"},
        )
        self.results: list[Result] = []

    def job(self, service: Service = REMOTE) -> Job:
        chosen = Parameters(prompt="an islet", model_name="m", image_num=2, mask_blur=0)
        return new_job(service, chosen, PICTURE, MASK)

    def ports(self, journal: SqliteJournal) -> Ports:
        out = self.folder / "out"
        shelf = ResultShelf(self.folder / "jobs", lambda: out, lambda: "{index}", dated=False)
        return Ports(
            backend=self.backend,
            journal=journal,
            shelf=shelf,
            decode=load_bytes,
            original=no_original,
        )

    def listener(self, end_at: JobState | None = None) -> Listener:
        """Ends the program, as it were, once a job has reached a state."""

        def follow(state: JobState, task_id: str | None, error: AppError | None) -> None:
            if state is end_at and (current := asyncio.current_task()):
                current.cancel()

        return Listener(follow=follow, report=lambda progress: None, deliver=self.results.append)

    def run_until(self, end_at: JobState, work: Job) -> None:
        """A program that ends when its job has come so far."""

        async def program() -> None:
            with closing(SqliteJournal(self.folder, load_bytes)) as journal:
                ports = self.ports(journal)
                await run(new_work(work, ports), ports, self.traffic(), self.listener(end_at))

        with pytest.raises(asyncio.CancelledError):
            asyncio.run(program())

    def resume(self) -> list[Outcome]:
        """A program that goes on with what the last one left."""

        async def program() -> list[Outcome]:
            with closing(SqliteJournal(self.folder, load_bytes)) as journal:
                journal.recover()
                archive: Archive = journal

                async def ready(service: Service) -> Ports:
                    return self.ports(journal)

                listen = self.listener()
                return await resume_all(archive, ready, self.traffic(), lambda earlier: listen)

        return asyncio.run(program())

    @staticmethod
    def traffic() -> Traffic:
        return Traffic(clock=LeapingClock(), is_attended=False)

    def saved(self) -> list[str]:
        return sorted(path.name for path in (self.folder / "out").iterdir())


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.mark.parametrize("end_at", [JobState.PREPARED, JobState.SUBMITTED, JobState.SAVING])
def test_a_job_is_finished_once_wherever_the_program_ended(world: World, end_at: JobState) -> None:
    world.run_until(end_at, world.job())
    (outcome,) = world.resume()
    assert (outcome.state, outcome.error) == (JobState.DONE, None)
    assert world.backend.calls.count("submit") == 1
    assert world.saved() == ["1.png", "2.png"]
    assert world.resume() == []


def ended_after_the_first(world: World) -> Job:
    """The job of a program that ended when one of its two pictures was saved."""
    both, world.backend.polls = world.backend.polls, [task("SUCCEED", ["a"], seed="7")]
    work = world.job()

    async def program() -> None:
        with closing(SqliteJournal(world.folder, load_bytes)) as journal:
            ports, running = world.ports(journal), asyncio.current_task()
            assert running is not None
            listener = replace(world.listener(), deliver=lambda result: running.cancel())
            await run(new_work(work, ports), ports, world.traffic(), listener)

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(program())
    world.backend.polls = both
    return work


def test_pictures_that_were_saved_before_are_neither_fetched_nor_saved_again(
    world: World,
) -> None:
    ended_after_the_first(world)
    world.backend.calls.clear()
    (outcome,) = world.resume()
    assert outcome.state is JobState.DONE
    assert "fetch a" not in world.backend.calls
    assert world.saved() == ["1.png", "2.png"]


def recalled(world: World) -> tuple[Earlier, list[Job], list[Result]]:
    """What the next program knows of that job, its own picture of it and those that it shows."""
    jobs: list[Job] = []
    results: list[Result] = []
    with closing(SqliteJournal(world.folder, load_bytes)) as journal:
        (earlier,) = left_over(journal)
        asyncio.run(recall(earlier, journal, jobs.append, results.append))
    return earlier, jobs, results


def test_pictures_of_an_earlier_run_are_shown_as_they_were(world: World) -> None:
    work = ended_after_the_first(world)
    earlier, (job,), (shown,) = recalled(world)
    assert (earlier.asked, earlier.work.have) == (2, {0})
    assert (job.id, job.parameters) == (work.id, work.parameters)
    assert (shown.job_id, shown.index, shown.seed) == (work.id, 0, 7)
    assert (shown.path, shown.size) == (world.folder / "out" / "1.png", PICTURE.size)
    assert shown.raw_path.read_bytes() == encode_picture(PICTURE)
    assert shown.thumbnail.shape == (40, 60, 4)
    assert world.backend.calls.count("submit") == 1


@pytest.mark.parametrize("trouble", ["moved", "broken", "pipe"])
def test_a_picture_that_is_not_there_any_more_is_not_shown(world: World, trouble: str) -> None:
    ended_after_the_first(world)
    path = world.folder / "out" / "1.png"
    path.rename(world.folder / "elsewhere.png")
    if trouble == "broken":
        path.write_bytes(b"no picture")
    if trouble == "pipe":
        os.mkfifo(path)
    earlier, _, shown = recalled(world)
    assert (earlier.asked, shown) == (2, [])


def test_pictures_are_shown_though_the_folder_of_their_job_is_gone(world: World) -> None:
    work = ended_after_the_first(world)
    (parameters,) = world.folder.rglob(f"{work.id}/parameters.json")
    parameters.unlink()
    earlier, jobs, (shown,) = recalled(world)
    assert (earlier.asked, jobs) == (1, [])
    assert shown.thumbnail.shape == (40, 60, 4)


def test_a_job_whose_answer_was_lost_is_told_and_not_touched(world: World) -> None:
    world.backend.submit_answer = AnswerLost("504", kind="trouble")
    work = world.job()

    async def program() -> JobState:
        with closing(SqliteJournal(world.folder, load_bytes)) as journal:
            ports = world.ports(journal)
            return await run(new_work(work, ports), ports, world.traffic(), world.listener())

    assert asyncio.run(program()) is JobState.UNKNOWN
    (outcome,) = world.resume()
    assert outcome.state is JobState.UNKNOWN
    assert isinstance(outcome.error, AnswerLost)
    assert (outcome.error.kind, outcome.error.detail) == ("trouble", "504")
    assert outcome.earlier.attempt is not None
    assert world.backend.calls == ["submit"]


def test_what_the_engine_was_sent_when_the_program_ended_is_sent_again(world: World) -> None:
    """It went with the program, and costs nothing."""

    class Killed(BaseException):
        pass

    class Ending(ScriptedBackend):
        async def submit(self, *of: object) -> None:
            raise Killed

    working, world.backend = world.backend, Ending()
    work = world.job(BUILTIN)

    async def program() -> None:
        with closing(SqliteJournal(world.folder, load_bytes)) as journal:
            ports = world.ports(journal)
            await run(new_work(work, ports), ports, world.traffic(), world.listener())

    with pytest.raises(Killed):
        asyncio.run(program())
    world.backend = working
    (outcome,) = world.resume()
    assert outcome.state is JobState.DONE


def test_jobs_are_left_over_in_the_order_they_were_started(world: World) -> None:
    jobs = [world.job() for _ in range(3)]
    for one in jobs:
        world.run_until(JobState.PREPARED, one)
    with closing(SqliteJournal(world.folder, load_bytes)) as journal:
        assert [earlier.work.id for earlier in left_over(journal)] == [one.id for one in jobs]


def test_a_service_is_known_again_by_its_id_and_address() -> None:
    for service in (*PRESETS, custom("https://a.example/x")):
        assert recorded(service.id, service.base_url) == service
    assert recorded("ppinfra", "https://elsewhere.example").id == "custom"
