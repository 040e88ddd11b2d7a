"""What becomes of a picture that arrived: composited, described, kept as it came."""

import asyncio
import json
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.model.encode import about_in
from app.model.errors import NoRoom, Unreadable
from app.model.geometry import Size
from app.model.job import JobState
from app.model.metadata import JSON_KEY, TEXT_KEY
from app.model.picture import Picture
from app.model.png import encode_picture
from tests.jobs.watched import Watched, finished, job, noise


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


def test_an_answer_that_memory_does_not_hold_now_is_kept_as_it_came(tmp_path: Path) -> None:
    watched = Watched(finished("a"), tmp_path)

    def decode(data: bytes, name: str) -> Picture:
        raise NoRoom(None, Size(9000, 9000), 2, 1)

    watched.ports = replace(watched.ports, decode=decode)
    assert watched.run(job()) is JobState.PARTIAL
    assert isinstance(watched.errors[-1], NoRoom)
    (kept,) = tmp_path.glob("raw-0*")
    assert kept.read_bytes()


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

    watched.shelf.keep = slowly

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
