"""From a finished task to pictures on disk: what meets one stops no other."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.contract.responses import ResultImage
from app.jobs import runner
from app.jobs.steps import Listener
from app.jobs.traffic import Traffic
from app.model.errors import BadAnswer, BadLink, NotKept, NotSaved, StorageError, Unreachable
from app.model.job import JobState
from app.model.png import encode_picture
from tests.jobs.watched import REMOTE, Watched, finished, job, noise
from tests.support.clock import LeapingClock
from tests.support.script import FolderShelf, ScriptedBackend, ports, task


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
    assert {told.held_until for told in watched.progress if told.trouble} == {error.until}
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
