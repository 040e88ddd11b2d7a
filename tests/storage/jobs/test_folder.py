"""A job comes back from its folder exactly as it was when Generate was pressed."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.contract.parameters import Parameters
from app.jobs.prepare import encode_upload, new_job
from app.model.errors import StorageError
from app.model.job import Job
from app.model.picture import Picture, Plane
from app.model.record import JobRecord
from app.model.services import BUILTIN, PRESETS, Service, custom
from app.storage.jobs.journal import SqliteJournal
from app.storage.jobs.sidecar import read_sealed, sealed
from app.storage.jobs.whole_pictures import WholePictures
from tests.support.chance import new_seed
from tests.support.pictures import load, load_bytes, original

PARAMETERS = Parameters(
    prompt="a red sail, 图", model_name="inpainting.safetensors", strength=0.7, seed=2**31, steps=9
)
VERSION_1 = Path(__file__).parents[2] / "data" / "journal" / "version-1"
LARGE = (40, 2500)
"""A picture of which a job sends a region, cheap to encode."""


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    opened = SqliteJournal(tmp_path / "data", load_bytes)
    yield opened
    opened.close()


def pixels(height: int, width: int) -> Plane:
    noise = np.random.default_rng(5).integers(0, 256, (height, width, 4), np.uint8)
    noise[:, :, 3] = 255
    return noise


def painted(picture: Picture, *, until: int = 30) -> Plane:
    mask = np.zeros(picture.pixels.shape[:2], np.uint8)
    mask[3:9, 5:until] = np.arange(1, until - 4)
    return mask


def kept(
    journal: SqliteJournal,
    picture: Picture,
    mask: np.ndarray | None = None,
    parameters: Parameters = PARAMETERS,
    service: Service = PRESETS[1],
) -> tuple[Job, JobRecord]:
    """A job over `picture`, and its record after it was prepared."""
    job = new_job(service, parameters, picture, painted(picture) if mask is None else mask)
    journal.prepare(job, encode_upload(job, original))
    record = journal.job(job.id)
    assert record is not None
    return job, record


def check_same(found: Job, job: Job) -> None:
    for name in ("id", "created", "service", "parameters", "region"):
        assert getattr(found, name) == getattr(job, name)
    for name in ("name", "path", "notices"):
        assert getattr(found.picture, name) == getattr(job.picture, name)
    assert np.array_equal(found.picture.pixels, job.picture.pixels)
    assert np.array_equal(found.mask, job.mask)
    assert (found.picture.alpha is None) == (job.picture.alpha is None)
    if found.picture.alpha is not None:
        assert np.array_equal(found.picture.alpha, job.picture.alpha)
    assert not found.mask.flags.writeable


def outcome(journal: SqliteJournal, record: JobRecord) -> Job | str:
    """What reading gives: the job or the kind of the error."""
    try:
        return journal.load(record)
    except StorageError as error:
        return error.kind


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*")}


# ---- what comes back ----


@pytest.mark.parametrize("service", [BUILTIN, PRESETS[2], custom("https://a.example/v1")])
def test_a_small_picture_needs_no_other_file_than_what_is_sent(
    tmp_path: Path, journal: SqliteJournal, service: Service
) -> None:
    path = Path(os.fsdecode(b"/a/\xff.png"))
    picture = Picture(pixels=pixels(24, 40), name="a.png", path=path, notices=("first_frame",))
    job, record = kept(journal, picture, service=service)
    check_same(journal.load(record), job)
    assert journal.upload(record) == encode_upload(job, original)
    assert names_in(record.folder) == {"image.png", "mask.png", "parameters.json"}
    assert not (tmp_path / "data" / "pictures").exists()


@pytest.mark.parametrize("invert", [0, 1])
@pytest.mark.parametrize("has_alpha", [True, False])
def test_a_picture_that_sends_a_region_comes_back_whole(
    journal: SqliteJournal, invert: int, has_alpha: bool
) -> None:
    alpha = pixels(*LARGE)[:, :, 0] if has_alpha else None
    picture = Picture(pixels=pixels(*LARGE), alpha=alpha)
    mask = 255 - painted(picture) if invert else painted(picture)
    parameters = PARAMETERS.edited(inpainting_mask_invert=invert)
    job, record = kept(journal, picture, mask, parameters)
    assert job.region.rect.width < picture.size.width
    check_same(journal.load(record), job)


def test_a_region_that_is_scaled_keeps_its_mask_at_full_resolution(
    journal: SqliteJournal,
) -> None:
    picture = Picture(pixels=pixels(*LARGE))
    mask = np.zeros(LARGE, np.uint8)
    mask[3:9, 10:2450:7] = 77
    job, record = kept(journal, picture, mask)
    assert job.region.is_scaled
    check_same(journal.load(record), job)
    assert journal.upload(record) == encode_upload(job, original)


def test_the_transparency_that_is_not_sent_comes_back(journal: SqliteJournal) -> None:
    picture = Picture(pixels=pixels(24, 40), alpha=pixels(24, 40)[:, :, 1])
    job, record = kept(journal, picture)
    check_same(journal.load(record), job)


# ---- whole pictures ----


def test_the_own_file_of_a_picture_is_kept_as_it_is_and_once(
    tmp_path: Path, journal: SqliteJournal
) -> None:
    path = tmp_path / "wide.jpg"
    Image.fromarray(pixels(*LARGE)[:, :, :3]).save(path, quality=80, comment=b"taken at home")
    picture = load(path)
    jobs = [kept(journal, picture) for _ in range(2)] + [kept(journal, load(path))]
    path.unlink()
    files = list((tmp_path / "data" / "pictures").iterdir())
    assert [file.suffix for file in files] == [".jpg"]
    for job, record in jobs:
        check_same(journal.load(record), job)


def test_a_file_that_changed_since_is_not_what_is_kept(
    tmp_path: Path, journal: SqliteJournal
) -> None:
    path = tmp_path / "wide.png"
    Image.fromarray(pixels(*LARGE)[:, :, :3]).save(path)
    picture = load(path)
    Image.fromarray(pixels(*LARGE)[::-1, :, :3]).save(path)
    job, record = kept(journal, picture)
    check_same(journal.load(record), job)


def test_a_second_job_on_a_picture_writes_and_reads_nothing_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = WholePictures(tmp_path, load_bytes)
    picture = Picture(pixels=pixels(*LARGE))
    name = pictures.keep(picture)
    with monkeypatch.context() as patch:
        patch.delattr("app.storage.jobs.whole_pictures.encode_picture")
        patch.delattr("app.storage.jobs.whole_pictures.own_file")
        assert pictures.keep(picture) == name
    assert names_in(tmp_path) == {name}


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(b"")])
def test_a_whole_picture_that_was_harmed_is_kept_anew(tmp_path: Path, harm: Any) -> None:
    picture = Picture(pixels=pixels(*LARGE))
    name = WholePictures(tmp_path, load_bytes).keep(picture)
    content = (tmp_path / name).read_bytes()
    harm(tmp_path / name)
    assert WholePictures(tmp_path, load_bytes).keep(picture) == name
    assert (tmp_path / name).read_bytes() == content


# ---- what was lost ----


def test_what_is_missing_is_said(tmp_path: Path, journal: SqliteJournal) -> None:
    _, record = kept(journal, Picture(pixels=pixels(*LARGE)))
    whole = next((tmp_path / "data" / "pictures").iterdir())
    for path in (whole, record.folder / "mask.png", record.folder / "parameters.json"):
        away = path.rename(path.with_name("away"))
        with pytest.raises(StorageError) as caught:
            journal.load(record)
        assert caught.value.kind == "missing"
        away.rename(path)
    journal.load(record)


def test_a_file_that_was_cut_anywhere_is_damaged(tmp_path: Path, journal: SqliteJournal) -> None:
    _, record = kept(journal, Picture(pixels=pixels(*LARGE)))
    whole = next((tmp_path / "data" / "pictures").iterdir())
    for path in (whole, record.folder / "mask.png"):
        content = path.read_bytes()
        for length in range(0, len(content), 1 + len(content) // 20):
            path.write_bytes(content[:length])
            with pytest.raises(StorageError) as caught:
                journal.load(record)
            assert caught.value.kind == "damaged"
        path.write_bytes(content)
    journal.load(record)


def test_parameters_that_were_cut_at_any_byte_are_damaged(journal: SqliteJournal) -> None:
    job, record = kept(journal, Picture(pixels=pixels(6, 8)), np.full((6, 8), 9, np.uint8))
    path = record.folder / "parameters.json"
    content = path.read_bytes()
    for length in range(len(content)):
        path.write_bytes(content[:length])
        assert outcome(journal, record) == "damaged"
    path.write_bytes(content)
    check_same(journal.load(record), job)


def test_parameters_with_a_flipped_bit_are_damaged(journal: SqliteJournal) -> None:
    job, record = kept(journal, Picture(pixels=pixels(6, 8)), np.full((6, 8), 9, np.uint8))
    path = record.folder / "parameters.json"
    content = path.read_bytes()
    seed = new_seed()
    places = np.random.default_rng(seed).integers(0, len(content) * 8, 200)
    for place in map(int, places):
        flipped = bytearray(content)
        flipped[place // 8] ^= 1 << place % 8
        path.write_bytes(flipped)
        found = outcome(journal, record)
        if isinstance(found, Job):  # one kind of space instead of another
            check_same(found, job)
        else:
            assert found == "damaged", f"seed {seed}, bit {place}"


def test_a_picture_of_another_size_than_recorded_is_damage(journal: SqliteJournal) -> None:
    _, record = kept(journal, Picture(pixels=pixels(6, 8)), np.full((6, 8), 9, np.uint8))
    _, wider = kept(journal, Picture(pixels=pixels(6, 9)), np.full((6, 9), 9, np.uint8))
    facts = read_sealed(record.folder / "parameters.json")
    facts["files"] = read_sealed(wider.folder / "parameters.json")["files"]
    (record.folder / "image.png").write_bytes((wider.folder / "image.png").read_bytes())
    (record.folder / "parameters.json").write_bytes(sealed(facts))
    with pytest.raises(StorageError, match="another size"):
        journal.load(record)


def test_a_job_of_version_1_comes_back_as_far_as_it_was_kept(tmp_path: Path) -> None:
    shutil.copytree(VERSION_1, tmp_path / "old")
    journal = SqliteJournal(tmp_path / "old", load_bytes)
    record = journal.job(f"{1:032x}")
    assert record is not None
    job = journal.load(record)
    assert (job.parameters.prompt, job.picture.size, job.mask.max()) == ("a red sail", (8, 6), 255)
    path = record.folder / "parameters.json"
    facts = json.loads(path.read_bytes())
    facts["picture"]["size"] = [4000, 6]
    path.write_text(json.dumps(facts))
    with pytest.raises(StorageError) as caught:
        journal.load(record)
    assert caught.value.kind == "missing"
    journal.close()
