"""A job's way from snapshot to saved files, step by step."""

import asyncio
import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.contract.parameters import Parameters
from app.contract.responses import ResultImage
from app.jobs import runner
from app.jobs.prepare import new_job
from app.jobs.steps import Listener
from app.jobs.traffic import Traffic
from app.model.encode import about_in
from app.model.errors import (
    AnswerLost,
    AppError,
    BadAnswer,
    BadLink,
    NoRoom,
    NotCreated,
    NotKept,
    NotSaved,
    OutOfCredit,
    RateLimited,
    Rejected,
    ServiceDown,
    StorageError,
    TaskNotFound,
    Unauthorized,
    Unreachable,
    Unreadable,
)
from app.model.geometry import Size
from app.model.job import TRANSITIONS, Job, JobState, Progress, Result
from app.model.metadata import JSON_KEY, TEXT_KEY
from app.model.picture import Picture
from app.model.png import encode_picture
from app.model.services import BUILTIN, PRESETS, Service
from tests.support.clock import LeapingClock
from tests.support.script import FolderShelf, NotedJournal, ScriptedBackend, ports, task

REMOTE = PRESETS[1]


def noise(seed: int) -> Picture:
    pixels = np.random.default_rng(seed).integers(0, 256, (40, 60, 4), np.uint8)
    pixels[..., 3] = 255
    return Picture(pixels=pixels, name="lake")


def job(service: Service = BUILTIN, **changes: object) -> Job:
    mask = np.zeros((40, 60), np.uint8)
    mask[10:20, 10:30] = 255
    chosen = {"prompt": "an islet", "model_name": "m", "image_num": 2, "mask_blur": 0, **changes}
    return new_job(service, Parameters(**chosen), noise(1), mask)  # type: ignore[arg-type]


def out_of_memory() -> Job:
    """What reading a large job back may meet."""
    raise NoRoom(None, Size(9000, 9000), 2, 1)


class Watched:
    """Runs a job and keeps what it told."""

    def __init__(
        self, backend: ScriptedBackend, folder: Path, *, is_attended: bool = False
    ) -> None:
        self.backend = backend
        self.journal = NotedJournal()
        self.shelf = FolderShelf(folder)
        self.ports = ports(backend, folder, self.journal, self.shelf)
        self.clock = LeapingClock()
        self.is_attended = is_attended
        self.states: list[JobState] = []
        self.errors: list[AppError | None] = []
        self.task_ids: list[str | None] = []
        self.progress: list[Progress] = []
        self.results: list[Result] = []

    def follow(self, state: JobState, task_id: str | None, error: AppError | None) -> None:
        self.states.append(state)
        self.errors.append(error)
        self.task_ids.append(task_id)

    def run(self, work: Job) -> JobState:
        return asyncio.run(self.start(work))

    async def start(self, work: Job, **facts: Any) -> JobState:
        """Run a job; `facts` say how far it has come."""
        self.traffic = Traffic(clock=self.clock, is_attended=self.is_attended)
        of = replace(runner.new_work(work, self.ports), **facts)
        listener = Listener(
            follow=self.follow, report=self.progress.append, deliver=self.results.append
        )
        return await runner.run(of, self.ports, self.traffic, listener)


def finished(*urls: str) -> ScriptedBackend:
    answers = {url: [encode_picture(noise(7 + n))] for n, url in enumerate(urls)}
    return ScriptedBackend(
        polls=[task("QUEUED"), task("SUCCEED", urls, seed="50")],
        fetches={url: list(data) for url, data in answers.items()},
    )


def test_every_step_is_on_disk_before_the_next_is_taken(tmp_path: Path) -> None:
    watched = Watched(finished("a", "b"), tmp_path)
    assert watched.run(job()) is JobState.DONE
    assert watched.journal.notes[:4] == ["prepared", "submitting", "submitted t-1", "saving"]
    assert sorted(watched.journal.notes[4:6]) == ["result 0", "result 1"]
    assert watched.journal.notes[-1] == "done"


def test_the_states_told_are_legal_steps(tmp_path: Path) -> None:
    watched = Watched(finished("a", "b"), tmp_path)
    watched.run(job())
    steps = list(zip(watched.states, watched.states[1:], strict=False))
    assert steps
    assert all(after in TRANSITIONS[before] for before, after in steps)


def test_results_keep_everything_outside_the_mask_and_say_how_they_were_made(
    tmp_path: Path,
) -> None:
    work = job()
    watched = Watched(finished("a", "b"), tmp_path)
    watched.run(work)
    for result in watched.results:
        with Image.open(result.path) as image:
            saved = np.asarray(image)
            about = json.loads(image.info["maskwright"])
            lines = image.info["parameters"]
        assert np.array_equal(saved[work.mask == 0], work.picture.rgb[work.mask == 0])
        raw = noise(7 + result.index)
        assert np.array_equal(saved[work.mask == 255], raw.rgb[work.mask == 255])
        assert result.seed == about["seed"] == 50 + result.index
        assert about["parameters"]["prompt"] == "an islet"
        assert lines.startswith("an islet\n")
        assert f"Seed: {result.seed}" in lines
        assert result.raw_path.read_bytes() == encode_picture(raw)


@pytest.mark.parametrize("kind", ["png", "webp", "jpeg"])
@pytest.mark.parametrize("describes", [True, False])
def test_a_result_tells_how_it_was_made_only_where_it_may(
    tmp_path: Path, kind: str, describes: bool
) -> None:
    work = job(response_image_type=kind, negative_prompt="fog", image_num=1)
    watched = Watched(finished("a"), tmp_path)
    watched.ports = replace(watched.ports, describes=lambda: describes)
    assert watched.run(work) is JobState.DONE
    (result,) = watched.results
    data = result.path.read_bytes()
    assert set(about_in(data)) == ({TEXT_KEY, JSON_KEY} if describes else set())
    if describes:
        assert about_in(data)[TEXT_KEY].startswith("an islet\nNegative prompt: fog\n")
        return
    with Image.open(result.path) as image:
        image.load()
        # What a format itself needs, and that the colours are sRGB, tells nothing of the artist.
        assert not image.info.keys() - {
            *("srgb", "jfif", "jfif_version", "jfif_unit"),
            "jfif_density",
            "loop",
            "background",
            "timestamp",
            "duration",
        }
        assert dict(image.getexif()) == {}
    assert not [word for word in (b"islet", b"fog", b"Maskwright", b"maskwright") if word in data]


def test_whether_results_tell_is_asked_when_each_is_saved(tmp_path: Path) -> None:
    watched = Watched(finished("a", "b"), tmp_path)
    answers = iter([True, False])
    watched.ports = replace(watched.ports, describes=lambda: next(answers))
    watched.run(job())
    telling = [bool(about_in(result.path.read_bytes())) for result in watched.results]
    assert sorted(telling) == [False, True]


def test_a_job_that_cannot_be_recorded_is_not_sent(tmp_path: Path) -> None:
    watched = Watched(finished("a", "b"), tmp_path)
    watched.journal.broken = True
    with pytest.raises(StorageError):
        watched.run(job())
    assert watched.backend.calls == []


@pytest.mark.parametrize("state", [JobState.SUBMITTED, JobState.SAVING, JobState.DONE])
def test_a_task_that_the_full_disk_does_not_record_is_set_aside_not_lost(
    tmp_path: Path, state: JobState
) -> None:
    watched = Watched(finished("a", "b"), tmp_path)
    watched.journal.full_at = {state}
    assert watched.run(job()) is JobState.LOST
    assert watched.task_ids[-1] == "t-1"
    assert isinstance(watched.errors[-1], StorageError)


def test_a_full_disk_does_not_hide_that_a_job_may_have_been_charged(tmp_path: Path) -> None:
    error = AnswerLost()
    watched = Watched(ScriptedBackend(submit_answer=error), tmp_path)
    watched.journal.full_at = {JobState.UNKNOWN}
    assert watched.run(job()) is JobState.UNKNOWN
    assert watched.states[-1] is JobState.UNKNOWN
    assert watched.errors[-1] is error


def test_an_id_that_was_salvaged_is_told_though_the_disk_refuses_it(tmp_path: Path) -> None:
    watched = Watched(ScriptedBackend(submit_answer=AnswerLost(task_id="t-7")), tmp_path)
    watched.journal.full_at = {JobState.UNKNOWN}
    watched.run(job())
    assert watched.task_ids[-1] == "t-7"


@pytest.mark.parametrize("state", [JobState.SUBMITTED, JobState.SAVING])
def test_a_task_whose_picture_memory_does_not_hold_now_is_set_aside(
    tmp_path: Path, state: JobState
) -> None:
    watched = Watched(finished("a", "b"), tmp_path)
    resumed = watched.start(job(), state=state, task_id="t-1", load=out_of_memory)
    assert asyncio.run(resumed) is JobState.LOST
    assert watched.task_ids[-1] == "t-1"
    assert isinstance(watched.errors[-1], NoRoom)


def test_an_answer_that_memory_does_not_hold_now_is_kept_as_it_came(tmp_path: Path) -> None:
    watched = Watched(finished("a"), tmp_path)

    def decode(data: bytes, name: str) -> Picture:
        raise NoRoom(None, Size(9000, 9000), 2, 1)

    watched.ports = replace(watched.ports, decode=decode)
    assert watched.run(job()) is JobState.PARTIAL
    assert isinstance(watched.errors[-1], NoRoom)
    (kept,) = tmp_path.glob("raw-0*")
    assert kept.read_bytes()


@pytest.mark.parametrize("state", [JobState.PREPARED, JobState.NOT_SENT, JobState.UNKNOWN])
def test_what_memory_does_not_hold_now_is_not_sent_and_stays_what_it_was(
    tmp_path: Path, state: JobState
) -> None:
    watched = Watched(finished("a", "b"), tmp_path)
    work = job()
    watched.journal.states[work.id] = state
    with pytest.raises(NoRoom):
        asyncio.run(watched.start(work, state=state, load=out_of_memory))
    assert watched.backend.calls == []
    assert watched.journal.states[work.id] is state


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (Unreachable("dns"), JobState.NOT_SENT),
        (RateLimited(), JobState.NOT_SENT),
        (NotCreated(), JobState.NOT_CREATED),
        (AnswerLost(), JobState.UNKNOWN),
        (BadAnswer(), JobState.UNKNOWN),
        (ServiceDown(), JobState.UNKNOWN),
        (Unauthorized(), JobState.REJECTED),
        (OutOfCredit(), JobState.REJECTED),
    ],
)
def test_a_failed_submit_says_whether_it_may_have_been_charged(
    tmp_path: Path, error: AppError, state: JobState
) -> None:
    watched = Watched(ScriptedBackend(submit_answer=error), tmp_path)
    assert watched.run(job(REMOTE)) is state
    assert watched.errors[-1] is error
    repeated = isinstance(error, RateLimited | Unreachable)
    assert watched.backend.calls == ["submit"] * (4 if repeated else 1)


def test_a_failed_task_ends_with_the_services_reason(tmp_path: Path) -> None:
    backend = ScriptedBackend(polls=[task("PROCESSING"), task("FAILED", reason="out of memory")])
    watched = Watched(backend, tmp_path)
    assert watched.run(job()) is JobState.FAILED
    assert str(watched.errors[-1]) == "out of memory"


def test_passing_trouble_while_polling_is_told_and_survived(tmp_path: Path) -> None:
    backend = finished("a", "b")
    backend.polls[:0] = [Unreachable("network"), ServiceDown(), TaskNotFound(), BadAnswer()]
    watched = Watched(backend, tmp_path)
    assert watched.run(job(REMOTE)) is JobState.DONE
    assert [p.trouble for p in watched.progress].count(True) == 4


def test_a_refused_key_sets_the_job_aside_instead_of_asking_for_ever(tmp_path: Path) -> None:
    watched = Watched(ScriptedBackend(polls=[Unauthorized()]), tmp_path)
    assert watched.run(job()) is JobState.LOST


def test_trouble_never_ends_a_job(tmp_path: Path) -> None:
    backend = finished("a", "b")
    backend.polls[:0] = [Unreachable("network"), ServiceDown(), Rejected(), OutOfCredit()] * 50
    watched = Watched(backend, tmp_path)
    assert watched.run(job(REMOTE)) is JobState.DONE
    assert watched.clock.now() > 3600


def test_a_picture_that_cannot_be_fetched_does_not_take_the_others_along(tmp_path: Path) -> None:
    backend = finished("a", "b")
    backend.fetches["a"] = [Unreachable("network")]
    watched = Watched(backend, tmp_path)
    before = watched.clock.now()
    assert watched.run(job(REMOTE)) is JobState.PARTIAL
    assert [result.index for result in watched.results] == [1]
    assert backend.calls.count("fetch a") == 6
    assert watched.clock.now() - before < 900


def test_a_link_that_aged_is_replaced_by_a_fresh_one(tmp_path: Path) -> None:
    backend = ScriptedBackend(
        polls=[task("SUCCEED", ["old"]), task("SUCCEED", ["new"])],
        fetches={"old": [BadAnswer("403")], "new": [encode_picture(noise(9))]},
    )
    assert Watched(backend, tmp_path).run(job(image_num=1)) is JobState.DONE


def test_an_unreadable_answer_is_kept_after_three_tries(tmp_path: Path) -> None:
    backend = finished("a")
    backend.fetches["a"] = [b"<html>expired</html>"]
    watched = Watched(backend, tmp_path)
    assert watched.run(job(image_num=1)) is JobState.PARTIAL
    kept = tmp_path / "result-0.unreadable.bin"
    assert kept.read_bytes() == b"<html>expired</html>"
    assert backend.calls.count("fetch a") == 3
    assert watched.journal.notes[-2:] == ["unreadable 0", "partial"]
    (error,) = watched.errors[-1:]
    assert isinstance(error, Unreadable)
    assert error.path == kept


def test_an_answer_that_is_a_picture_the_second_time_is_no_trouble(tmp_path: Path) -> None:
    backend = finished("a")
    backend.fetches["a"].insert(0, b"<svg/>")
    assert Watched(backend, tmp_path).run(job(image_num=1)) is JobState.DONE
    assert not list(tmp_path.glob("*.bin"))


def test_an_address_that_is_refused_is_told_without_much_ado(tmp_path: Path) -> None:
    backend = ScriptedBackend(
        polls=[task("SUCCEED", ["bad", "a"])],
        fetches={"bad": [BadLink("file")], "a": [encode_picture(noise(3))]},
    )
    watched = Watched(backend, tmp_path)
    assert watched.run(job(REMOTE)) is JobState.PARTIAL
    assert [result.index for result in watched.results] == [1]
    assert backend.calls.count("fetch bad") == 3


def test_all_pictures_share_the_fresh_links_of_one_poll(tmp_path: Path) -> None:
    old, new = ["a", "b", "c", "d"], ["e", "f", "g", "h"]
    backend = ScriptedBackend(
        polls=[task("SUCCEED", old), task("SUCCEED", new)],
        fetches={url: [BadAnswer("403")] for url in old}
        | {url: [encode_picture(noise(n))] for n, url in enumerate(new)},
    )
    assert Watched(backend, tmp_path).run(job(REMOTE, image_num=4)) is JobState.DONE
    assert backend.calls.count("poll t-1") == 2


def test_a_success_that_is_taken_back_still_counts(tmp_path: Path) -> None:
    backend = finished("a", "b")
    backend.polls[1:1] = [task("SUCCEED"), task("PROCESSING"), task("FAILED"), task("QUEUED")]
    assert Watched(backend, tmp_path).run(job(REMOTE)) is JobState.DONE


def test_a_success_without_pictures_ends_after_two_minutes(tmp_path: Path) -> None:
    watched = Watched(ScriptedBackend(polls=[task("SUCCEED")]), tmp_path)
    before = watched.clock.now()
    assert watched.run(job(REMOTE)) is JobState.PARTIAL
    assert 120 <= watched.clock.now() - before < 150
    assert watched.backend.calls.count("poll t-1") == 11
    assert str(watched.errors[-1]) == "0 of 2 pictures"


def test_more_pictures_than_asked_for_are_kept(tmp_path: Path) -> None:
    watched = Watched(finished("a", "b", "c"), tmp_path)
    assert watched.run(job(image_num=1)) is JobState.DONE
    assert len(watched.results) == 3


def test_a_picture_of_another_size_is_kept_as_it_came_and_resized_to_fit(tmp_path: Path) -> None:
    small = Picture(pixels=noise(5).pixels[:20, :30].copy())
    backend = finished("a")
    backend.fetches["a"] = [encode_picture(small)]
    watched = Watched(backend, tmp_path)
    assert watched.run(job(image_num=1)) is JobState.DONE
    (result,) = watched.results
    assert result.size == (60, 40)
    assert result.raw_path.read_bytes() == encode_picture(small)
    assert "other_size" in result.notices
    assert result.came_as == (30, 20)


def test_a_task_that_was_there_is_lost_only_after_minutes(tmp_path: Path) -> None:
    watched = Watched(ScriptedBackend(polls=[TaskNotFound()]), tmp_path)
    before = watched.clock.now()
    assert watched.run(job(REMOTE)) is JobState.LOST
    assert watched.clock.now() - before >= 300
    assert isinstance(watched.errors[-1], TaskNotFound)
    assert watched.journal.notes[-1] == "lost"


def test_the_engine_is_believed_at_once_that_it_forgot_a_task(tmp_path: Path) -> None:
    watched = Watched(ScriptedBackend(polls=[TaskNotFound()]), tmp_path)
    assert watched.run(job()) is JobState.LOST
    assert watched.backend.calls.count("poll t-1") == 1


def test_a_results_folder_that_is_gone_costs_no_picture(tmp_path: Path) -> None:
    """What was paid for is in the job's folder, and saved from there without asking again."""
    backend = finished("a", "b")
    watched, work = Watched(backend, tmp_path), job(REMOTE)
    watched.shelf.refuses = StorageError("missing", tmp_path / "results")
    assert watched.run(work) is JobState.PARTIAL
    assert isinstance(watched.errors[-1], NotSaved)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["raw-0", "raw-1"]
    watched.shelf.refuses = None
    backend.calls.clear()
    again = watched.start(work, state=JobState.PARTIAL, task_id="t-1")
    assert asyncio.run(again) is JobState.DONE
    assert backend.calls == []
    assert len(watched.results) == 2


def test_the_wait_for_another_round_is_told(tmp_path: Path) -> None:
    backend = finished("a", "b")
    backend.fetches["a"].insert(0, Unreachable("network"))
    watched = Watched(backend, tmp_path)
    assert watched.run(job(REMOTE)) is JobState.DONE
    saving = [told for told in watched.progress if told.step == "saving"]
    assert any(told.trouble and told.until is not None for told in saving)
    assert not saving[-1].trouble


def test_a_picture_that_finds_no_room_at_all_is_not_fetched_twice(tmp_path: Path) -> None:
    class Full(FolderShelf):
        def keep_raw(self, *of: Any) -> Path:
            raise StorageError("full", self.folder)

    backend = finished("a")
    watched = Watched(backend, tmp_path)
    watched.ports = ports(backend, tmp_path, watched.journal, Full(tmp_path))
    assert watched.run(job(REMOTE, image_num=1)) is JobState.PARTIAL
    assert backend.calls.count("fetch a") == 1
    assert isinstance(watched.errors[-1], NotKept)


@pytest.mark.parametrize(("lasts_s", "is_told"), [(3600, True), (0, False), (10**12, False)])
def test_until_when_the_service_has_what_could_not_be_kept_is_told_if_it_said_so(
    tmp_path: Path, lasts_s: int, is_told: bool
) -> None:
    class Full(FolderShelf):
        def keep_raw(self, *of: Any) -> Path:
            raise StorageError("full", self.folder)

    backend = finished("a")
    image = ResultImage(image_url="a", image_url_ttl=lasts_s)
    backend.polls = [task("SUCCEED").model_copy(update={"images": (image,)})]
    watched = Watched(backend, tmp_path)
    watched.ports = ports(backend, tmp_path, watched.journal, Full(tmp_path))
    before = datetime.now(UTC)
    watched.run(job(REMOTE, image_num=1))
    error = watched.errors[-1]
    assert isinstance(error, NotKept)
    if is_told:
        hour = timedelta(hours=1)
        assert before + hour <= error.until <= datetime.now(UTC) + hour
    else:
        assert error.until is None


def test_four_pictures_at_most_are_fetched_at_once_over_all_jobs(tmp_path: Path) -> None:
    class Counting(ScriptedBackend):
        at_once = most = 0

        async def fetch(self, image: ResultImage) -> bytes:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
            await asyncio.sleep(0)
            self.at_once -= 1
            return encode_picture(noise(3))

    async def story() -> int:
        backend = Counting(polls=[task("SUCCEED", list("abcdefgh"))])
        traffic = Traffic(clock=LeapingClock(), images_per_minute=0)
        surroundings = ports(backend, tmp_path)
        listener = Listener(
            follow=lambda state, task_id, error: None,
            report=lambda progress: None,
            deliver=lambda result: None,
        )
        works = [runner.new_work(job(REMOTE, image_num=8), surroundings) for _ in range(3)]
        await asyncio.gather(*(runner.run(work, surroundings, traffic, listener) for work in works))
        return backend.most

    assert asyncio.run(story()) == 4


def test_a_full_disk_is_waited_for_without_a_second_download(tmp_path: Path) -> None:
    class Filling(FolderShelf):
        left = 2

        def keep(self, *of: Any) -> Path:
            if self.left:
                self.left -= 1
                raise StorageError("full", self.folder)
            return super().keep(*of)

    backend = finished("a")
    watched = Watched(backend, tmp_path)
    watched.ports = ports(backend, tmp_path, watched.journal, Filling(tmp_path))
    assert watched.run(job(REMOTE, image_num=1)) is JobState.DONE
    assert backend.calls.count("fetch a") == 1
    assert [told.reason for told in watched.progress if told.trouble] == ["room", "room"]


def test_fewer_pictures_than_asked_for_is_said(tmp_path: Path) -> None:
    watched = Watched(finished("a"), tmp_path)
    assert watched.run(job(image_num=3)) is JobState.PARTIAL
    assert len(watched.results) == 1


def test_a_success_that_lists_its_pictures_late_is_waited_for(tmp_path: Path) -> None:
    backend = finished("a", "b")
    backend.polls.insert(1, task("SUCCEED"))
    assert Watched(backend, tmp_path).run(job()) is JobState.DONE


def test_what_was_set_aside_is_asked_for_again_without_a_second_submit(tmp_path: Path) -> None:
    backend = finished("a", "b")
    watched = Watched(backend, tmp_path)
    resumed = watched.start(job(), state=JobState.LOST, task_id="t-1", have=frozenset({0}))
    assert asyncio.run(resumed) is JobState.DONE
    assert [result.index for result in watched.results] == [1]
    assert "submit" not in backend.calls
    assert "fetch a" not in backend.calls


def test_a_note_under_way_is_finished_and_told_when_the_job_is_cancelled(tmp_path: Path) -> None:
    watched = Watched(finished("a", "b"), tmp_path)
    gate = watched.journal.gate = threading.Event()

    async def scenario() -> None:
        running = asyncio.create_task(watched.start(job()))
        await asyncio.to_thread(watched.journal.entered.wait)
        running.cancel()
        gate.set()
        with pytest.raises(asyncio.CancelledError):
            await running

    asyncio.run(scenario())
    assert watched.journal.notes == ["prepared"]
    assert watched.states == [JobState.PREPARED]


def test_a_picture_that_is_being_saved_is_saved_and_told_when_the_job_is_cancelled(
    tmp_path: Path,
) -> None:
    """Else it would be on disk, and nobody knew of it."""
    watched = Watched(finished("a"), tmp_path)
    keep, entered, gate = watched.shelf.keep, threading.Event(), threading.Event()

    def slowly(*facts: Any) -> Path:
        entered.set()
        gate.wait(10)
        return keep(*facts)

    watched.shelf.keep = slowly  # type: ignore[method-assign]

    async def scenario() -> None:
        running = asyncio.create_task(watched.start(job(image_num=1)))
        await asyncio.to_thread(entered.wait)
        running.cancel()
        gate.set()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert [result.index for result in watched.results] == [0]

    asyncio.run(scenario())
    assert watched.journal.notes[-1] == "result 0"


def test_progress_is_told_only_where_the_service_tells_it(tmp_path: Path) -> None:
    backend = finished("a", "b")
    backend.polls[:0] = [
        task("PROCESSING", progress_percent=0),
        task("PROCESSING", progress_percent="40"),
    ]
    watched = Watched(backend, tmp_path)
    watched.run(job())
    working = [p.fraction for p in watched.progress if p.step == "working"]
    assert working == [None, 0.4]


def test_a_bug_in_one_picture_leaves_no_other_at_work(tmp_path: Path) -> None:
    class Buggy(ScriptedBackend):
        async def fetch(self, image: ResultImage) -> bytes:
            if image.image_url == "a":
                raise RuntimeError("a bug")
            await asyncio.Event().wait()
            raise AssertionError("never set")

    watched = Watched(Buggy(polls=[task("SUCCEED", ["a", "b"])]), tmp_path)

    async def scenario() -> None:
        with pytest.raises(ExceptionGroup):
            await watched.start(job())
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(scenario())
