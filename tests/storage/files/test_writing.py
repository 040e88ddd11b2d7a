"""Writing: whole or not at all, never over another file, private where it must be."""

import errno
import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Barrier, Thread

import pytest

from app.model.errors import StorageError
from app.storage.files import placing
from app.storage.files.placing import place_over
from app.storage.files.writing import (
    DOCUMENT,
    document_folder,
    earlier_of,
    move_aside,
    private_folder,
    save_over,
    write_new,
    write_replace,
)
from tests.storage.conftest import RunChild

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and signals are POSIX's")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def no_links(self: Path, target: Path) -> None:
    raise OSError(errno.EPERM, "no links on this file system")


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_new_file_holds_the_bytes(tmp_path: Path) -> None:
    assert write_new(tmp_path / "a.png", b"abc") == tmp_path / "a.png"
    assert (tmp_path / "a.png").read_bytes() == b"abc"
    assert names_in(tmp_path) == {"a.png"}


def test_a_taken_name_gets_a_number_before_its_suffix(tmp_path: Path) -> None:
    got = [write_new(tmp_path / "a.b.png", str(n).encode()).name for n in range(3)]
    assert got == ["a.b.png", "a.b-2.png", "a.b-3.png"]
    assert [(tmp_path / name).read_bytes() for name in got] == [b"0", b"1", b"2"]


def test_a_folder_where_the_earlier_file_should_go_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    (tmp_path / "a.bak").mkdir()
    with pytest.raises(StorageError):
        write_replace(path, b"new", keep_earlier=True)
    assert names_in(tmp_path) == {"a", "a.bak"}
    assert path.read_bytes() == b"old"


def test_a_dangling_symlink_is_a_taken_name(tmp_path: Path) -> None:
    (tmp_path / "a.png").symlink_to(tmp_path / "nowhere")
    assert write_new(tmp_path / "a.png", b"abc").name == "a-2.png"
    assert not (tmp_path / "nowhere").exists()


def test_threads_that_want_one_name_all_keep_their_bytes(tmp_path: Path) -> None:
    start = Barrier(8)

    def write(number: int) -> None:
        start.wait()
        write_new(tmp_path / "a.png", bytes([number]) * 1000)

    threads = [Thread(target=write, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = sorted(path.read_bytes() for path in tmp_path.iterdir())
    assert found == [bytes([n]) * 1000 for n in range(8)]


def test_without_hard_links_nothing_is_overwritten_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "hardlink_to", no_links)
    got = [write_new(tmp_path / "a.png", str(n).encode()).name for n in range(2)]
    assert got == ["a.png", "a-2.png"]
    assert [(tmp_path / name).read_bytes() for name in got] == [b"0", b"1"]
    assert names_in(tmp_path) == {"a.png", "a-2.png"}


@on_linux
def test_without_hard_links_a_name_appears_with_its_bytes_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    monkeypatch.setattr(Path, "replace", killed)
    with suppress(Killed):
        write_new(tmp_path / "a.png", b"abc")
    assert [path.read_bytes() for path in tmp_path.iterdir()] in ([], [b"abc"])


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOSYS])
def test_where_a_name_cannot_be_given_in_one_step_it_is_given_in_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise OSError(number, "not on this file system")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    monkeypatch.setattr(placing, "_rename_new", refuse)
    got = [write_new(tmp_path / "a.png", str(n).encode()).name for n in range(2)]
    assert got == ["a.png", "a-2.png"]
    assert names_in(tmp_path) == {"a.png", "a-2.png"}


def test_a_file_system_that_cannot_sync_still_takes_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_sync(descriptor: int) -> None:
        raise OSError(errno.EINVAL, "no sync on this file system")

    monkeypatch.setattr(os, "fsync", no_sync)
    assert write_new(tmp_path / "a", b"abc").read_bytes() == b"abc"


def test_a_sync_that_fails_is_a_failed_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_sync(descriptor: int) -> None:
        raise OSError(errno.EIO, "the drive is gone")

    monkeypatch.setattr(os, "fsync", broken_sync)
    with pytest.raises(StorageError):
        write_new(tmp_path / "a", b"abc")
    assert names_in(tmp_path) == set()


def test_bytes_are_synced_before_they_get_their_name_and_the_name_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    sync, link = os.fsync, Path.hardlink_to

    def noted_sync(descriptor: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        sync(descriptor)

    def noted_link(self: Path, target: Path) -> None:
        steps.append("name")
        link(self, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "hardlink_to", noted_link)
    write_new(tmp_path / "a", b"abc")
    assert steps == ["file", "name", "folder"]


@on_posix
def test_own_files_and_folders_are_private_even_without_a_umask(
    tmp_path: Path, run_child: RunChild
) -> None:
    done = run_child(
        "os.umask(0); f = private_folder(Path(sys.argv[1]) / 'a' / 'b');"
        "write_new(f / 'new', b''); write_replace(f / 'replaced', b'')",
        tmp_path,
        imports="import os; from pathlib import Path; from app.storage.files.writing import *",
    )
    assert done.returncode == 0, done.stderr
    assert mode_of(tmp_path / "a") == mode_of(tmp_path / "a" / "b") == 0o700
    assert mode_of(tmp_path / "a" / "b" / "new") == 0o600
    assert mode_of(tmp_path / "a" / "b" / "replaced") == 0o600


@on_posix
def test_documents_and_their_folders_follow_the_umask(tmp_path: Path) -> None:
    umask = os.umask(0o027)
    try:
        document_folder(tmp_path / "Pictures" / "day")
        write_new(tmp_path / "a", b"", mode=DOCUMENT)
        save_over(tmp_path / "b", b"")
    finally:
        os.umask(umask)
    assert mode_of(tmp_path / "Pictures" / "day") == 0o750
    assert mode_of(tmp_path / "a") == mode_of(tmp_path / "b") == 0o640


def test_replacing_keeps_the_mode_and_follows_a_symlink(tmp_path: Path) -> None:
    real = tmp_path / "real.json"
    real.write_bytes(b"old")
    real.chmod(0o644)
    link = tmp_path / "link.json"
    link.symlink_to(real)
    write_replace(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert mode_of(real) == 0o644
    assert names_in(tmp_path) == {"real.json", "link.json"}


@pytest.mark.parametrize("links", [True, False])
def test_what_was_there_before_can_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", no_links)
    path = tmp_path / "a.json"
    for data in (b"1", b"2", b"3", b"3"):
        write_replace(path, data, keep_earlier=True)
        assert path.read_bytes() == data
    assert earlier_of(path).read_bytes() == b"3"
    write_replace(path, b"4", keep_earlier=True)
    write_replace(path, b"5")
    assert (path.read_bytes(), earlier_of(path).read_bytes()) == (b"5", b"3")
    assert names_in(tmp_path) == {"a.json", "a.json.bak"}
    assert mode_of(earlier_of(path)) == 0o600


@pytest.mark.parametrize(("busy", "is_written"), [(0, True), (5, True), (6, False)])
def test_a_file_that_a_virus_scanner_holds_is_tried_again_on_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, busy: int, is_written: bool
) -> None:
    left, replace = [busy], Path.replace

    def held(self: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] >= 0:
            raise PermissionError(errno.EACCES, "held by another process")
        return replace(self, target)

    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").write_bytes(b"new")
    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(placing, "_BUSY_PAUSE_S", 0)
    with monkeypatch.context() as patch, suppress(PermissionError):
        patch.setattr(sys, "platform", "win32")
        place_over(tmp_path / "b", tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == (b"new" if is_written else b"old")


def test_moving_aside_keeps_every_earlier_one(tmp_path: Path) -> None:
    for n in range(2):
        (tmp_path / "a.json").write_bytes(str(n).encode())
        move_aside(tmp_path / "a.json", "damaged")
    assert names_in(tmp_path) == {"a.damaged.json", "a.damaged-2.json"}
    assert (tmp_path / "a.damaged.json").read_bytes() == b"0"


@pytest.mark.parametrize("make", [document_folder, private_folder])
def test_a_folder_that_cannot_be_is_said(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError) as caught:
        make(tmp_path / "file" / "day")
    assert (caught.value.kind, caught.value.path) == ("no_folder", tmp_path / "file" / "day")


@pytest.mark.parametrize("write", [write_new, write_replace, save_over])
def test_a_missing_folder_is_said(tmp_path: Path, write: Callable[[Path, bytes], object]) -> None:
    with pytest.raises(StorageError) as caught:
        write(tmp_path / "gone" / "a", b"abc")
    assert (caught.value.kind, caught.value.path) == ("missing", tmp_path / "gone")


@on_linux
@pytest.mark.parametrize("write", ["write_new", "write_replace"])
def test_a_full_disk_leaves_the_old_and_no_half_file(
    tmp_path: Path, run_child: RunChild, write: str
) -> None:
    (tmp_path / "a").write_bytes(b"old")
    done = run_child(
        f"""
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    {write}(Path(sys.argv[1]) / "a", bytes(100_000))
except StorageError as error:
    print(error.kind)
""",
        tmp_path,
        imports="import resource; from pathlib import Path;"
        "from app.storage.files.writing import *;"
        "from app.model.errors import StorageError",
    )
    assert done.stdout == "full\n", done.stderr
    assert names_in(tmp_path) == {"a"}
    assert (tmp_path / "a").read_bytes() == b"old"


@on_linux
@pytest.mark.parametrize("write", ["write_new", "write_replace", "save_over"])
def test_a_folder_without_permission_is_said(
    open_folder: Path, run_child: RunChild, write: str
) -> None:
    (open_folder / "a").write_bytes(b"old")
    (open_folder / "a").chmod(0o644)
    open_folder.chmod(0o755)
    done = run_child(
        f"""
try:
    {write}(Path(sys.argv[1]) / "a", b"new")
except StorageError as error:
    print(error.kind)
""",
        open_folder,
        imports="from pathlib import Path; from app.storage.files.writing import *;"
        "from app.model.errors import StorageError",
        as_nobody=True,
    )
    assert done.stdout == "no_access\n", done.stderr
    assert names_in(open_folder) == {"a"}


@on_linux
def test_a_write_protected_file_is_not_replaced(open_folder: Path, run_child: RunChild) -> None:
    (open_folder / "a").write_bytes(b"old")
    (open_folder / "a").chmod(0o444)
    done = run_child(
        "try:\n    save_over(Path(sys.argv[1]) / 'a', b'new')\n"
        "except StorageError as error:\n    print(error.kind)",
        open_folder,
        imports="from pathlib import Path; from app.storage.files.writing import *;"
        "from app.model.errors import StorageError",
        as_nobody=True,
    )
    assert done.stdout == "no_access\n", done.stderr
    assert (open_folder / "a").read_bytes() == b"old"


KILLED_AT_STEP = """
steps = 0
def counted(real):
    def call(*arguments, **named):
        global steps
        steps += 1
        if steps == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **named)
    return call
for name in ("open", "fsync", "close", "link", "replace", "unlink"):
    setattr(os, name, counted(getattr(os, name)))
for method in ("hardlink_to", "replace", "unlink"):
    setattr(Path, method, counted(getattr(Path, method)))
files.{write}(Path(sys.argv[1]) / "a", b"new" * 100_000)
"""


@on_posix
@pytest.mark.parametrize("write", ["write_new", "write_replace"])
def test_a_killed_writer_leaves_the_old_or_the_whole_new(
    tmp_path: Path, run_child: RunChild, write: str
) -> None:
    old = b"old" if write == "write_replace" else None
    outcomes = set()
    for step in range(1, 20):
        folder = tmp_path / str(step)
        folder.mkdir()
        if old:
            (folder / "a").write_bytes(old)
        done = run_child(
            KILLED_AT_STEP.format(write=write),
            folder,
            step,
            imports="import os, signal; from pathlib import Path;"
            "from app.storage.files import writing as files",
        )
        path = folder / "a"
        found = path.read_bytes() if path.exists() else None
        assert found in {old, b"new" * 100_000}
        outcomes.add(found)
        if done.returncode == 0:
            break
    assert step > 4, "the writer was never killed on its way"
    assert outcomes == {old, b"new" * 100_000}


def test_a_failed_write_removes_what_it_staged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(source: Path, target: Path) -> None:
        raise OSError(errno.EIO, "input/output error")

    monkeypatch.setattr(placing, "_link", broken)
    with pytest.raises(StorageError) as caught:
        write_new(tmp_path / "a", b"abc")
    assert caught.value.kind == "other"
    assert names_in(tmp_path) == set()


def test_a_folder_in_place_of_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(StorageError):
        write_replace(tmp_path / "a", b"abc")
    with pytest.raises(StorageError):
        private_folder(write_new(tmp_path / "file", b"") / "below")
