"""Results shown in place of the open picture."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from app.model.errors import PictureError
from app.model.picture import Picture
from app.session.tasks import Tasks
from app.session.viewing import PictureCache, Viewing
from tests.support.jobs import OpenPicture, job, picture_of, result

JOB = job()
FIRST, SECOND, THIRD = (result(JOB, index) for index in range(3))


class Files:
    """Pictures that can be read, each as slowly as the test says."""

    def __init__(self) -> None:
        self.read: list[Path] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.missing: set[Path] = set()

    async def load(self, path: Path) -> Picture:
        self.read.append(path)
        await self.gate.wait()
        if path in self.missing:
            raise PictureError("missing", path)
        return picture_of()


class Room:
    """A `Viewing` on a running loop."""

    def __init__(self, cache_bytes: int = 10**6) -> None:
        self.files = Files()
        self.document = OpenPicture(picture_of())
        self.bugs: list[BaseException] = []
        self.tasks = Tasks(self.bugs.append)
        self.viewing = Viewing(
            self.document, self.files.load, self.tasks.spawn, cache_bytes=cache_bytes
        )
        self.failures: list[object] = []
        self.changes: list[str] = []
        self.viewing.failed.connect(self.failures.append)
        self.viewing.shown_changed.connect(lambda: self.changes.append("shown"))
        self.viewing.selected_changed.connect(lambda: self.changes.append("selected"))

    async def settle(self) -> None:
        """Wait until nothing is being read any more."""
        await asyncio.gather(*self.tasks._tasks)


def in_room(story: Callable[[Room], Awaitable[None]], **facts: int) -> Room:
    async def scenario() -> Room:
        room = Room(**facts)
        await story(room)
        await room.tasks.aclose()
        return room

    room = asyncio.run(scenario())
    assert room.bugs == []
    return room


def test_a_result_is_shown_once_its_pixels_are_read() -> None:
    async def story(room: Room) -> None:
        room.files.gate.clear()
        room.viewing.toggle(FIRST)
        assert (room.viewing.selected, room.viewing.shown) == (FIRST, None)
        room.files.gate.set()
        await room.settle()
        assert room.viewing.shown is FIRST
        assert room.viewing.picture is not None

    assert in_room(story).changes == ["selected", "shown"]


def test_toggling_again_goes_back_and_keeps_the_selection() -> None:
    async def story(room: Room) -> None:
        room.viewing.toggle(FIRST)
        await room.settle()
        room.viewing.toggle(FIRST)
        assert room.viewing.shown is None
        assert room.viewing.picture is None
        assert room.viewing.selected is FIRST

    in_room(story)


def test_toggling_again_while_it_is_read_shows_nothing() -> None:
    async def story(room: Room) -> None:
        room.files.gate.clear()
        room.viewing.toggle(FIRST)
        await asyncio.sleep(0)
        room.viewing.toggle(FIRST)
        room.files.gate.set()
        await room.settle()
        assert room.viewing.shown is None

    assert "shown" not in in_room(story).changes


def test_the_last_request_wins_and_overtaken_ones_are_never_read() -> None:
    async def story(room: Room) -> None:
        room.files.gate.clear()
        room.viewing.show(FIRST)
        await asyncio.sleep(0)
        room.viewing.show(SECOND)
        room.viewing.show(THIRD)
        room.files.gate.set()
        await room.settle()
        assert room.viewing.shown is THIRD
        assert room.files.read == [FIRST.path, THIRD.path]

    assert in_room(story).changes.count("shown") == 1


def test_a_result_seen_before_is_shown_without_reading() -> None:
    async def story(room: Room) -> None:
        for one in (FIRST, SECOND):
            room.viewing.show(one)
            await room.settle()
        room.viewing.show(FIRST)
        assert room.viewing.shown is FIRST
        assert room.files.read == [FIRST.path, SECOND.path]

    in_room(story)


def test_a_file_that_cannot_be_read_is_told_and_nothing_is_shown() -> None:
    async def story(room: Room) -> None:
        room.viewing.show(FIRST)
        await room.settle()
        room.files.missing.add(SECOND.path)
        room.viewing.show(SECOND)
        await room.settle()
        assert room.viewing.shown is None
        room.viewing.show(FIRST)
        assert room.viewing.shown is FIRST

    (error,) = in_room(story).failures
    assert isinstance(error, PictureError)


def test_a_failure_that_was_overtaken_is_nobodys_concern() -> None:
    async def story(room: Room) -> None:
        room.files.missing.add(FIRST.path)
        room.files.gate.clear()
        room.viewing.show(FIRST)
        await asyncio.sleep(0)
        room.viewing.show(SECOND)
        room.files.gate.set()
        await room.settle()
        assert room.viewing.shown is SECOND

    assert in_room(story).failures == []


@pytest.mark.parametrize("opened", [picture_of(61, 40), None])
def test_another_size_of_picture_ends_the_view(opened: Picture | None) -> None:
    async def story(room: Room) -> None:
        room.viewing.show(FIRST)
        await room.settle()
        room.document.put(opened)
        assert room.viewing.shown is None

    in_room(story)


def test_a_picture_of_the_same_size_keeps_the_view() -> None:
    async def story(room: Room) -> None:
        room.viewing.show(FIRST)
        await room.settle()
        room.document.put(picture_of(value=9))
        assert room.viewing.shown is FIRST

    in_room(story)


def test_taking_the_shown_result_as_the_picture_ends_the_view() -> None:
    async def story(room: Room) -> None:
        room.viewing.show(FIRST)
        await room.settle()
        room.document.put(await room.viewing.picture_of(FIRST))
        assert room.viewing.shown is None

    in_room(story)


def test_results_of_a_removed_job_are_let_go() -> None:
    async def story(room: Room) -> None:
        room.viewing.show(FIRST)
        await room.settle()
        room.viewing.forget("another job")
        assert room.viewing.shown is FIRST
        room.viewing.forget(JOB.id)
        assert (room.viewing.shown, room.viewing.selected) == (None, None)

    in_room(story)


def test_selecting_shows_nothing() -> None:
    async def story(room: Room) -> None:
        room.viewing.select(FIRST)
        room.viewing.select(FIRST)
        room.viewing.select(None)
        assert room.files.read == []

    assert in_room(story).changes == ["selected", "selected"]


def test_the_cache_drops_what_was_used_least_recently() -> None:
    picture = picture_of()
    cache = PictureCache(2 * picture.pixels.nbytes)
    cache.put(FIRST.path, picture)
    cache.put(SECOND.path, picture)
    cache.get(FIRST.path)
    cache.put(THIRD.path, picture)
    assert cache.get(SECOND.path) is None
    assert cache.get(FIRST.path) is picture
    assert cache.bytes == 2 * picture.pixels.nbytes


def test_a_picture_larger_than_the_cache_is_shown_but_not_kept() -> None:
    async def story(room: Room) -> None:
        for _ in range(2):
            room.viewing.show(FIRST)
            await room.settle()
            assert room.viewing.shown is FIRST
            room.viewing.back()
        assert room.files.read == [FIRST.path] * 2

    in_room(story, cache_bytes=1)


def test_putting_a_picture_twice_counts_it_once() -> None:
    cache = PictureCache(10**6)
    for _ in range(2):
        cache.put(FIRST.path, picture_of())
    assert cache.bytes == picture_of().pixels.nbytes
