"""The thread that keeps a mask: when it writes all of it, and what becomes of failures."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Event

import numpy as np
import pytest

from app.model.errors import StorageError
from app.model.picture import Picture
from app.storage.autosave.reading import read
from app.storage.autosave.store import TRASH, Autosaves
from app.storage.autosave.writer import AutosaveWriter
from tests.storage.conftest import RunChild
from tests.support.pictures import load
from tests.support.waiting import wait_for

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")

PATIENCE_S = 20.0
NOISE = np.random.default_rng(3).integers(0, 256, 128 * 128, np.uint8).tobytes()


def picture(name: str = "harbour.png") -> Picture:
    return Picture(pixels=np.full((128, 256, 4), 90, np.uint8), name=name)


class Told(SimpleQueue[Exception | None]):
    def next(self) -> Exception | None:
        return self.get(timeout=PATIENCE_S)


@pytest.fixture
def told() -> Told:
    return Told()


New = Callable[..., AutosaveWriter]


@pytest.fixture
def new(tmp_path: Path, told: Told) -> Iterator[New]:
    made: list[AutosaveWriter] = []

    def make(**times: float) -> AutosaveWriter:
        given = {"rest_s": 1e6, "most_s": 1e6, "retry_s": 1e6, **times}
        made.append(AutosaveWriter(tmp_path / "autosave", told.put, **given))
        return made[-1]

    yield make
    for writer in made:
        writer.close(PATIENCE_S)


def in_the_way(folder: Path) -> None:
    """Make it impossible to write into a folder, even for root."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(exist_ok=True)
    folder.write_bytes(b"")


def test_what_was_written_is_there_after_a_flush(new: New) -> None:
    writer = new()
    folder = writer.begin(picture(), {})
    writer.write({0: NOISE})
    assert writer.flush(PATIENCE_S)
    assert read(folder)[1][:, :128].tobytes() == NOISE


def test_a_disk_that_does_not_answer_is_known_until_it_does(
    new: New, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_back, sync = Event(), os.fsync

    def wait(descriptor: int) -> None:
        is_back.wait(PATIENCE_S)
        sync(descriptor)

    writer = new(stuck_s=0.01)
    assert writer.standing == "kept"
    monkeypatch.setattr(os, "fsync", wait)
    writer.begin(picture(), {})
    writer.write({0: NOISE})
    wait_for(lambda: writer.standing == "stuck")
    is_back.set()
    assert writer.flush(PATIENCE_S)
    wait_for(lambda: writer.standing == "kept")


@pytest.mark.parametrize("times", [{"rest_s": 0.01}, {"most_s": 0.01}])
def test_the_mask_is_written_whole_after_a_rest_or_a_while(
    new: New, times: dict[str, float]
) -> None:
    writer = new(**times)
    folder = writer.begin(picture(), {})
    writer.write({0: NOISE})
    wait_for(lambda: (folder / "state-2.json").exists())


def test_a_failure_is_told_once_and_what_was_painted_meanwhile_is_kept_later(
    new: New, told: Told
) -> None:
    writer = new(retry_s=0.02)
    folder = writer.begin(picture(), {})
    in_the_way(folder)
    writer.write({0: NOISE})
    assert isinstance(told.next(), StorageError)
    writer.write({1: NOISE})
    writer.write({0: b"\x07"})
    assert not writer.flush(PATIENCE_S)

    folder.unlink()

    assert told.next() is None
    assert told.empty()
    mask = read(folder)[1]
    assert (mask[0, 0], mask[:, 128:].tobytes()) == (7, NOISE)


def test_a_mask_that_is_left_while_the_disk_is_full_is_kept_later_too(new: New, told: Told) -> None:
    writer = new(retry_s=0.02)
    first = writer.begin(picture(), {})
    in_the_way(first)
    writer.write({0: NOISE})
    assert told.next() is not None
    second = writer.begin(picture("other.png"), {})
    writer.write({1: NOISE})
    first.unlink()
    assert told.next() is None
    assert read(first)[1][:, :128].tobytes() == NOISE
    assert read(second)[1][:, 128:].tobytes() == NOISE


def test_a_flush_tries_again_what_failed(new: New, told: Told) -> None:
    writer = new()
    folder = writer.begin(picture(), {})
    in_the_way(folder)
    writer.write({0: NOISE})
    assert told.next() is not None
    folder.unlink()
    assert writer.flush(PATIENCE_S)
    assert read(folder)[1].any()


FULL = """
import resource
from queue import SimpleQueue
import numpy as np
from app.model.picture import Picture
from app.storage.autosave.reading import read
from app.storage.autosave.writer import AutosaveWriter
from tests.support.waiting import wait_for

noise = np.random.default_rng(3).integers(0, 256, 128 * 128, np.uint8).tobytes()
told = SimpleQueue()
writer = AutosaveWriter(Path(sys.argv[1]) / "autosave", told.put)
folder = writer.begin(Picture(pixels=np.zeros((128, 256, 4), np.uint8)), {})
writer.write({0: noise})
assert writer.flush(20)
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, resource.RLIM_INFINITY))
writer.write({1: noise})
print(told.get(timeout=20).kind)
print(writer.flush(20), read(folder)[1][:, :128].tobytes() == noise)
wait_for(lambda: not list(folder.glob(".*.part")))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(writer.flush(20), told.get(timeout=20))
print(read(folder)[1][:, 128:].tobytes() == noise)
"""


@on_linux
def test_a_full_disk_keeps_what_it_has_and_takes_the_rest_when_there_is_room(
    tmp_path: Path, run_child: RunChild
) -> None:
    done = run_child(FULL, tmp_path, imports="from pathlib import Path")
    assert done.stdout.splitlines() == ["full", "False True", "True None", "True"], done.stderr


PROTECTED = """
told = SimpleQueue()
writer = AutosaveWriter(Path(sys.argv[1]) / "autosave", told.put)
writer.begin(Picture(pixels=np.zeros((8, 8, 4), np.uint8)), {})
writer.write({0: b"x"})
print(told.get(timeout=20).kind)
"""


@on_linux
def test_a_folder_that_cannot_be_written_to_is_told(open_folder: Path, run_child: RunChild) -> None:
    open_folder.chmod(0o555)
    imports = """
from pathlib import Path
from queue import SimpleQueue
import numpy as np
from app.model.picture import Picture
from app.storage.autosave.writer import AutosaveWriter
"""
    done = run_child(PROTECTED, open_folder, imports=imports, as_nobody=True)
    assert done.stdout == "no_access\n", done.stderr


def test_a_bug_does_not_end_the_keeping(
    new: New, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = new(retry_s=0.02)
    folder = writer.begin(picture(), {})
    with monkeypatch.context() as bug:
        bug.setattr("app.storage.autosave.folder.record", lambda _: 1 / 0)
        writer.write({0: NOISE})
        assert isinstance(told.next(), ZeroDivisionError)
    assert told.next() is None
    assert read(folder)[1].any()


def test_another_mask_gets_another_folder_and_the_first_can_be_found(
    new: New, tmp_path: Path
) -> None:
    writer = new()
    first = writer.begin(picture(), {})
    writer.write({0: NOISE})
    second = writer.begin(picture("other.png"), {})
    writer.write({1: NOISE})
    assert writer.flush(PATIENCE_S)
    store = Autosaves(tmp_path / "autosave", load)
    assert [kept.folder for kept in store.kept()] == [first]  # the other is in hand
    writer.close(PATIENCE_S)
    assert {kept.folder for kept in store.kept()} == {first, second}


def test_what_was_saved_elsewhere_is_put_away_and_painting_begins_anew(
    new: New, tmp_path: Path
) -> None:
    writer = new()
    folder = writer.begin(picture(), {})
    writer.write({0: NOISE})
    writer.saved()
    assert writer.flush(PATIENCE_S)
    assert not folder.exists()
    (deleted,) = Autosaves(tmp_path / "autosave", load).deleted()
    assert (deleted.folder.name, deleted.was_cut_off) == (folder.name, False)

    writer.write({1: NOISE})
    writer.close(PATIENCE_S)
    (kept,) = Autosaves(tmp_path / "autosave", load).kept()
    mask = read(kept.folder)[1]
    assert mask[:, :128].tobytes() == mask[:, 128:].tobytes() == NOISE


def test_what_a_project_was_opened_with_is_kept_from_the_first_stroke_on(
    new: New, tmp_path: Path
) -> None:
    writer = new()
    folder = writer.begin(picture(), {})
    writer.know({0: NOISE})
    writer.saved()
    assert writer.flush(PATIENCE_S)
    assert not folder.exists()
    assert not (tmp_path / "autosave").exists()
    writer.write({1: NOISE})
    writer.close(PATIENCE_S)
    (kept,) = Autosaves(tmp_path / "autosave", load).kept()
    mask = read(kept.folder)[1]
    assert mask[:, :128].tobytes() == mask[:, 128:].tobytes() == NOISE


def test_what_is_superseded_is_put_away_only_when_its_successor_is_on_disk(
    new: New, told: Told, tmp_path: Path
) -> None:
    writer = new(retry_s=0.02)
    first = writer.begin(picture(), {})
    writer.write({0: NOISE})
    second = writer.begin(picture(), {})
    in_the_way(second)
    writer.write({0: NOISE})
    writer.supersede(first)
    assert told.next() is not None
    assert first.is_dir()
    second.unlink()
    assert told.next() is None
    wait_for(lambda: not first.exists())
    assert read(second)[1].any()
    assert [kept.folder.name for kept in Autosaves(tmp_path / "autosave", load).deleted()] == [
        first.name
    ]


def test_what_cannot_be_put_away_just_now_keeps_nothing_from_being_kept(
    new: New, told: Told, tmp_path: Path
) -> None:
    writer = new(rest_s=0.02, retry_s=0.02)
    first = writer.begin(picture(), {})
    writer.write({0: NOISE})
    assert writer.flush(PATIENCE_S)
    trash = tmp_path / "autosave" / TRASH
    trash.write_bytes(b"in the way")
    second = writer.begin(picture(), {})
    writer.write({0: NOISE})
    writer.supersede(first)
    writer.write({1: NOISE})
    assert writer.flush(PATIENCE_S)
    assert read(second)[1][:, 128:].any()
    assert first.is_dir()
    trash.unlink()
    wait_for(lambda: not first.exists())
    assert told.empty()


def test_a_picture_without_a_file_is_kept_as_well(new: New, tmp_path: Path) -> None:
    writer = new()
    writer.begin(picture("Pasted picture"), {})
    writer.write({0: NOISE})
    writer.close(PATIENCE_S)
    store = Autosaves(tmp_path / "autosave", load)
    (kept,) = store.kept()
    wait_for(lambda: (kept.folder / "picture-1.png").exists())
    work = store.work(kept)
    assert work.picture is not None
    assert np.array_equal(work.picture.rgb, picture().rgb)
    assert (work.picture.name, work.picture.path, work.is_same) == ("Pasted picture", None, True)


def test_another_picture_below_the_mask_takes_the_place_of_the_first(
    new: New, tmp_path: Path
) -> None:
    writer = new()
    folder = writer.begin(picture(), {})
    writer.write({0: NOISE})
    writer.describe(picture("result.png"))
    writer.close(PATIENCE_S)
    (kept,) = Autosaves(tmp_path / "autosave", load).kept()
    assert kept.source.name == "result.png"
    assert read(folder)[1].any()
