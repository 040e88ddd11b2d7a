"""What is written is read back, and what dead writers left is swept away; living ones are not."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.model.errors import StorageError
from app.storage.files import staging
from app.storage.files.staging import staged, sweep
from app.storage.files.writing import write_new, write_replace
from tests.storage.conftest import RunChild

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows guards files that are open")


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("write", [write_new, write_replace])
@pytest.mark.parametrize("came_back", [b"abd", b"ab", b"abcd", b""])
def test_bytes_that_come_back_other_than_written_get_no_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[..., object], came_back: bytes
) -> None:
    def lose(descriptor: int) -> None:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, came_back, 0)

    monkeypatch.setattr(staging, "sync", lose)
    with pytest.raises(StorageError) as caught:
        write(tmp_path / "a.png", b"abc")
    assert caught.value.kind == "damaged"
    assert names_in(tmp_path) == set()


def test_a_sync_that_fails_is_not_tried_again_on_the_same_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def broken(descriptor: int) -> None:
        calls.append(descriptor)
        raise OSError(5, "the drive is gone")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(StorageError):
        write_replace(tmp_path / "a.json", b"abc")
    assert len(calls) == 1
    assert names_in(tmp_path) == set()


DIES_WRITING = """
def die(path):
    os.kill(os.getpid(), signal.SIGKILL)
files.place_new = lambda source, path: die(path)
files.write_new(Path(sys.argv[1]) / "a.png", b"abc")
"""


@on_posix
def test_what_a_killed_writer_left_is_swept_away(tmp_path: Path, run_child: RunChild) -> None:
    run_child(
        DIES_WRITING,
        tmp_path,
        imports="import os, signal; from pathlib import Path;"
        "from app.storage.files import writing as files",
    )
    (left,) = tmp_path.iterdir()
    assert left.read_bytes() == b"abc"
    sweep(tmp_path)
    assert names_in(tmp_path) == set()


@on_posix
def test_what_another_program_is_writing_stays(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from app.storage.files.staging import staged
with staged(Path(sys.argv[1]), lambda file: file.write(b"abc"), 0o600):
    print("staged", flush=True)
    sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"staged\n"
        sweep(tmp_path)
        (path,) = tmp_path.iterdir()
        assert path.read_bytes() == b"abc"
        writer.kill()
    sweep(tmp_path)
    assert names_in(tmp_path) == set()


@on_posix
def test_what_is_being_written_here_stays(tmp_path: Path) -> None:
    with staged(tmp_path, lambda file: file.write(b"abc"), 0o600) as path:
        sweep(tmp_path)
        assert path.read_bytes() == b"abc"


def test_an_empty_one_may_just_be_born(tmp_path: Path) -> None:
    path = tmp_path / ".0123456789abcdef.part"
    path.touch()
    sweep(tmp_path)
    assert path.exists()
    for clock in (-3600.0, 365 * 86400.0):  # whichever way the clock was set since
        path.touch()
        os.utime(path, (time.time() + clock, time.time() + clock))
        sweep(tmp_path)
        assert not path.exists()


@pytest.mark.parametrize("name", ["a.part", ".abc.part", ".0123456789abcdef.partial", "a.png"])
def test_files_of_others_are_never_swept_away(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"abc")
    (tmp_path / ".0123456789abcdef.part").mkdir()
    sweep(tmp_path)
    sweep(tmp_path / "gone")
    assert names_in(tmp_path) == {name, ".0123456789abcdef.part"}


@on_posix
def test_a_link_of_that_name_costs_nobody_a_file(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"abc")
    (tmp_path / ".0123456789abcdef.part").symlink_to(tmp_path / "precious")
    sweep(tmp_path)
    assert (tmp_path / "precious").read_bytes() == b"abc"
