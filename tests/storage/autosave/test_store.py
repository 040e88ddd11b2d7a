"""All kept masks: what is listed, what is left alone, and the trash."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.model.errors import StorageError
from app.model.geometry import Size
from app.model.picture import Picture
from app.storage.autosave import lock
from app.storage.autosave.folder import AutosaveFolder
from app.storage.autosave.picture import thumbnail_file
from app.storage.autosave.store import KEPT_DELETED_DAYS, TRASH, Autosaves
from tests.support.pictures import load
from tests.support.waiting import wait_for

SIZE = Size(300, 200)
Keep = Callable[..., Path]


@pytest.fixture
def store(tmp_path: Path) -> Autosaves:
    return Autosaves(tmp_path / "autosave", load)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A picture on disk."""
    path = tmp_path / "harbour.png"
    Image.new("RGB", SIZE, (10, 200, 30)).save(path)
    return path


@pytest.fixture
def keep(tmp_path: Path, file: Path) -> Keep:
    """Keeps the mask of a picture, as a program does that then ended."""

    def keep(name: str = "one", picture: Picture | None = None, value: int = 255) -> Path:
        kept = AutosaveFolder(tmp_path / "autosave" / name, picture or load(file), {"steps": 9})
        kept.write({0: bytes((value,))})
        kept.leave()
        return kept.path

    return keep


def test_nothing_is_listed_where_nothing_is(store: Autosaves) -> None:
    assert (store.kept(), store.deleted()) == ([], [])


def test_what_is_kept_is_listed_the_latest_first(store: Autosaves, keep: Keep) -> None:
    for age, name in enumerate(("new", "old", "older")):
        folder = keep(name)
        for path in folder.glob("*-1.*"):
            os.utime(path, (2e9 - age, 2e9 - age))
    assert [kept.folder.name for kept in store.kept()] == ["new", "old", "older"]


def test_what_a_running_program_writes_into_is_not_listed(store: Autosaves, keep: Keep) -> None:
    folder = keep()
    lock.hold(folder)
    assert store.kept() == []
    lock.let_go(folder)
    assert len(store.kept()) == 1


def test_what_another_running_program_writes_into_is_not_listed(
    store: Autosaves, keep: Keep
) -> None:
    folder = keep()
    code = f"""
from pathlib import Path
from app.storage.autosave import lock
lock.hold(Path({str(folder)!r}))
print("held", flush=True)
input()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert store.kept() == []
        other.kill()
    (kept,) = store.kept()
    assert kept.was_cut_off


def test_the_number_of_a_dead_program_may_belong_to_another_by_now(
    store: Autosaves, keep: Keep
) -> None:
    folder = keep()
    lock.hold(folder)
    text = (folder / lock.LOCK).read_text()
    (folder / lock.LOCK).write_text(text.replace('"started": "', '"started": "1'))
    assert len(store.kept()) == 1


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"pid": "x", "started": 1}'])
def test_a_damaged_lock_holds_nothing(store: Autosaves, keep: Keep, content: bytes) -> None:
    (keep() / lock.LOCK).write_bytes(content)
    assert len(store.kept()) == 1


def test_what_is_no_mask_is_neither_listed_nor_touched(store: Autosaves, keep: Keep) -> None:
    folder = keep().parent
    (folder / "notes").mkdir()
    (folder / "notes" / "state-1.json").write_text("mine")
    (folder / "file").write_text("mine")
    assert len(store.kept()) == 1
    store.clean_up()
    assert (folder / "notes" / "state-1.json").read_text() == "mine"


def test_a_file_that_is_gone_at_the_second_look_hides_no_mask(store: Autosaves, keep: Keep) -> None:
    """As a draft is that gets its name just then; a link to nowhere is as much of a file."""
    (keep() / ".draft.part").symlink_to("nowhere")
    assert len(store.kept()) == 1


def test_work_is_the_mask_the_picture_and_the_settings(
    store: Autosaves, keep: Keep, file: Path
) -> None:
    keep()
    (kept,) = store.kept()
    work = store.work(kept)
    assert work.mask[:128, :128].all()
    assert not work.mask[128:].any()
    assert work.parameters == {"steps": 9}
    assert work.picture is not None
    assert (work.picture.path, work.is_same) == (file, True)


def test_a_picture_that_is_open_is_not_read_again(store: Autosaves, keep: Keep, file: Path) -> None:
    keep()
    opened = load(file)
    assert store.work(store.kept()[0], opened).picture is opened


def test_a_picture_that_was_changed_is_told(store: Autosaves, keep: Keep, file: Path) -> None:
    keep()
    Image.new("RGB", SIZE, (200, 10, 30)).save(file)
    os.utime(file, (1e9, 1e9))
    work = store.work(store.kept()[0])
    assert work.picture is not None
    assert not work.is_same


@pytest.mark.parametrize("becomes", ["gone", "larger", "damaged"])
def test_of_a_picture_that_is_gone_the_mask_is_left(
    store: Autosaves, keep: Keep, file: Path, becomes: str
) -> None:
    keep()
    if becomes == "gone":
        file.unlink()
    elif becomes == "larger":
        Image.new("RGB", (301, 200)).save(file)
    else:
        file.write_bytes(b"no picture")
    work = store.work(store.kept()[0])
    assert (work.picture, work.is_same) == (None, False)
    assert work.mask.any()


def test_a_glimpse_shows_picture_and_mask_small(store: Autosaves, keep: Keep, file: Path) -> None:
    large = Picture(pixels=np.repeat(np.repeat(load(file).pixels, 8, 0), 8, 1), path=file)
    folder = keep(picture=large)
    wait_for(thumbnail_file(folder, 1).exists)
    glimpse = store.glimpse(store.kept()[0])
    assert glimpse.picture is not None
    assert glimpse.picture.size.longest <= 288
    assert glimpse.mask.shape == (128, 192)
    assert glimpse.mask.any()


def test_what_was_declined_stays_and_says_so(store: Autosaves, keep: Keep) -> None:
    keep()
    store.decline(store.kept()[0])
    (kept,) = store.kept()
    assert kept.is_declined


def test_what_is_deleted_can_be_brought_back(store: Autosaves, keep: Keep) -> None:
    keep()
    (kept,) = store.kept()
    store.delete(kept)
    assert store.kept() == []
    (deleted,) = store.deleted()
    store.bring_back(deleted)
    assert [each.folder for each in store.kept()] == [kept.folder]
    assert store.work(kept).mask.any()


def test_two_programs_cannot_both_delete_one(store: Autosaves, keep: Keep) -> None:
    keep()
    (kept,) = store.kept()
    store.delete(kept)
    with pytest.raises(StorageError) as told:
        store.delete(kept)
    assert told.value.kind == "missing"


def test_the_trash_is_emptied_of_what_has_lain_there_for_long(
    store: Autosaves, keep: Keep, tmp_path: Path
) -> None:
    for name in ("young", "old"):
        keep(name)
    for kept in store.kept():
        store.delete(kept)
    long_ago = time.time() - (KEPT_DELETED_DAYS + 1) * 24 * 3600
    os.utime(tmp_path / "autosave" / TRASH / "old", (long_ago, long_ago))
    store.clean_up()
    assert [each.folder.name for each in store.deleted()] == ["young"]


def test_an_old_mask_that_is_deleted_now_stays_its_days(store: Autosaves, keep: Keep) -> None:
    folder = keep()
    os.utime(folder, (1e9, 1e9))
    store.delete(store.kept()[0])
    store.clean_up()
    assert len(store.deleted()) == 1
