"""Finished pictures land where the artist expects them, each under its own name."""

import os
import stat
from pathlib import Path

import pytest

from app.model.errors import StorageError
from app.model.job import RawAnswer
from app.storage.jobs.shelf import ResultShelf
from app.storage.names import DEFAULT_TEMPLATE
from tests.storage.conftest import NewJob

PNG = b"\x89PNG\r\n\x1a\n..."


class Choices:
    """What Preferences say at the moment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template = DEFAULT_TEMPLATE


@pytest.fixture
def choices(tmp_path: Path) -> Choices:
    return Choices(tmp_path / "Pictures" / "Maskwright")


@pytest.fixture
def shelf(tmp_path: Path, choices: Choices) -> ResultShelf:
    return ResultShelf(tmp_path / "data" / "jobs", lambda: choices.folder, lambda: choices.template)


def test_results_lie_by_day_under_the_template(
    shelf: ResultShelf, choices: Choices, new_job: NewJob
) -> None:
    path = shelf.keep(new_job(), 1, 42, PNG, ".png")
    assert path == choices.folder / "2026-03-14" / "harbour-2026-03-14-150926-2.png"
    assert path.read_bytes() == PNG


def test_without_days_results_lie_in_the_folder_itself(tmp_path: Path, new_job: NewJob) -> None:
    shelf = ResultShelf(tmp_path, lambda: tmp_path / "out", lambda: "{seed}", dated=False)
    assert shelf.keep(new_job(), 0, 42, PNG, ".png") == tmp_path / "out" / "42.png"


def test_a_second_result_of_the_same_name_is_kept_beside_the_first(
    shelf: ResultShelf, new_job: NewJob
) -> None:
    first, second = (shelf.keep(new_job(), 0, 1, data, ".png") for data in (b"1", b"2"))
    assert second.name == first.stem + "-2.png"
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"2")


def test_changed_choices_hold_from_the_next_result_on(
    tmp_path: Path, shelf: ResultShelf, choices: Choices, new_job: NewJob
) -> None:
    choices.folder = tmp_path / "elsewhere"
    choices.template = "{prompt} {seed}"
    assert shelf.keep(new_job(), 0, None, PNG, ".webp").relative_to(tmp_path) == Path(
        "elsewhere/2026-03-14/a red sail unknown.webp"
    )


@pytest.mark.parametrize("template", ["", "{nonsense}", "{", "a/b"])
def test_a_broken_template_costs_no_picture(
    shelf: ResultShelf, choices: Choices, new_job: NewJob, template: str
) -> None:
    choices.template = template
    assert shelf.keep(new_job(), 0, 1, PNG, ".png").name == "harbour-2026-03-14-150926-1.png"


@pytest.mark.parametrize("words", ["../../etc/passwd", "NUL", "\u202egnp", "a" * 5000, "."])
def test_no_words_lead_out_of_the_folder(
    shelf: ResultShelf, choices: Choices, new_job: NewJob, words: str
) -> None:
    choices.template = "{name}{prompt}"
    path = shelf.keep(new_job(prompt=words[:1024], name=words), 0, 1, PNG, ".png")
    assert path.parent == choices.folder / "2026-03-14"


def test_raw_answers_are_named_by_their_bytes_and_private(
    tmp_path: Path, shelf: ResultShelf, new_job: NewJob
) -> None:
    job = new_job()
    first = shelf.keep_raw(job, 0, None, PNG)
    again = shelf.keep_raw(job, 0, None, PNG + b"2")
    page = shelf.keep_raw(job, 1, None, b"<html>")
    folder = tmp_path / "data" / "jobs" / job.id
    assert [first, again, page] == [
        folder / name for name in ("raw-0.png", "raw-0-2.png", "raw-1.bin")
    ]
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_said(
    shelf: ResultShelf, choices: Choices, new_job: NewJob, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    choices.folder = tmp_path / "file" / "results"
    with pytest.raises(StorageError):
        shelf.keep(new_job(), 0, 1, PNG, ".png")


def test_what_was_saved_but_not_recorded_is_not_saved_twice(
    shelf: ResultShelf, new_job: NewJob
) -> None:
    job = new_job()
    assert shelf.keep(job, 0, 1, PNG, ".png") == shelf.keep(job, 0, 1, PNG, ".png")
    assert shelf.keep_raw(job, 0, None, PNG) == shelf.keep_raw(job, 0, None, PNG)


def test_what_a_kill_left_is_taken_only_with_its_name_on_the_disk(
    shelf: ResultShelf, new_job: NewJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    sync = os.fsync

    def noted(descriptor: int) -> None:
        synced.append(os.fstat(descriptor).st_ino)
        sync(descriptor)

    job = new_job()
    path = shelf.keep_raw(job, 0, None, PNG)
    monkeypatch.setattr(os, "fsync", noted)
    assert shelf.keep_raw(job, 0, None, PNG) == path
    assert synced == [path.parent.stat().st_ino]


def test_kept_answers_are_found_again_and_unreadable_ones_are_not_taken_for_pictures(
    shelf: ResultShelf, new_job: NewJob
) -> None:
    job = new_job()
    assert shelf.kept_indices(job.id) == frozenset()
    path = shelf.keep_raw(job, 2, 482913079, PNG)
    unreadable = shelf.keep_unreadable(job, 1, b"<html>")
    assert unreadable.name == "result-1.unreadable.bin"
    assert unreadable.read_bytes() == b"<html>"
    assert shelf.kept_indices(job.id) == {2}
    assert shelf.kept_raw(job.id, 2) == RawAnswer(path, PNG, 482913079)
    assert shelf.kept_raw(job.id, 1) is None
