"""Projects are read in the process that pictures are read in; its trouble is one message."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.model.draft import Draft
from app.model.errors import NoRoom, PictureError
from app.model.geometry import Size
from app.model.project import OpenedProject
from app.storage.pictures import drafts, memory
from app.storage.pictures.canvas import BYTES, Canvas
from app.storage.pictures.decoding import Sight
from app.storage.pictures.loading import Pictures
from app.storage.pictures.reading import Attention
from app.storage.project.generations import previous_of
from app.storage.project.reading import ProjectFile
from tests.support import tally
from tests.support.projects import is_same, make_project, png, save_project, stack, zipped

sees_processes = pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")
only_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is not bounded")


@pytest.fixture
def pictures() -> Iterator[Pictures]:
    made = Pictures()
    yield made
    made.close()
    assert made.pids == []


@pytest.fixture
def path(tmp_path: Path) -> Path:
    save_project(tmp_path / "boat.ora", make_project(), None)
    return tmp_path / "boat.ora"


def refusal(pictures: Pictures, path: Path, attention: Attention | None = None) -> PictureError:
    with pytest.raises(PictureError) as told:
        pictures.open(path, attention)
    assert told.value.path == path
    return told.value


def is_opened(pictures: Pictures, path: Path) -> bool:
    found = pictures.open(path)
    return isinstance(found, OpenedProject) and is_same(found.project, make_project())


def outcome(pictures: Pictures, path: Path) -> str:
    try:
        return "same" if is_opened(pictures, path) else "another"
    except PictureError as error:
        return error.kind


UNPARSED = """
import sys
from pathlib import Path
from xml.parsers import expat
from app.storage.pictures.loading import Pictures
from app.storage.project.archive import Archive

def parse(*_):
    sys.exit("it was read here")

Archive.__init__ = expat.ParserCreate = parse
pictures = Pictures()
for path in map(Path, sys.argv[1:]):
    print(pictures.open(path).notices)
print(pictures.is_whole(path), "PIL" in sys.modules, "zipfile" in sys.modules)
pictures.close()
"""


def test_the_program_itself_reads_no_zip_no_list_of_layers_and_no_picture(path: Path) -> None:
    theirs = path.with_name("theirs.ora")
    layer = '<layer src="data/a.png" name="Mask"/>'
    grey = png(np.full((16, 24), 90, np.uint8))
    theirs.write_bytes(zipped({"stack.xml": stack(layer), "data/a.png": grey}))
    command = [sys.executable, "-c", UNPARSED, str(path), str(theirs)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    lines = ["()", "('mask_layer',)", "True False False"]
    assert done.stdout.splitlines() == lines, done.stderr


def test_one_process_reads_all_of_it_and_the_next(pictures: Pictures, path: Path) -> None:
    pictures.warm()
    before = pictures.pids
    assert is_opened(pictures, path)
    save_project(path, make_project(seed=9), None)
    path.write_bytes(path.read_bytes()[:-9])
    assert is_opened(pictures, path)  # the generation before
    previous_of(path).unlink()
    assert refusal(pictures, path).kind == "project"
    assert pictures.pids == before


def bomb() -> bytes:
    """Words without end in what takes a few bytes."""
    return b"<image>" + bytes(190 << 20)


def laughs() -> bytes:
    """Entities that unfold without end."""
    text = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 30))
    return f'<!DOCTYPE image [<!ENTITY a0 "ha">{text}]><image w="1" h="1">&a29;</image>'.encode()


def huge() -> bytes:
    """A PNG that claims more pixels than anyone has."""
    return png(np.zeros((1, 1), np.uint8)).replace(b"IHDR\0\0\0\1\0\0\0\1", b"IHDR\0\1\0\0\0\1\0\0")


LAYER = stack('<layer src="data/a.png"/>')
HOSTILE = {
    "bomb": lambda: zipped({"stack.xml": bomb()}),
    "laughs": lambda: zipped({"stack.xml": laughs()}),
    "huge": lambda: zipped({"stack.xml": LAYER, "data/a.png": huge()}),
    "deep": lambda: zipped({"stack.xml": b'<image w="1" h="1">' + b"<stack>" * 100_000}),
    "elsewhere": lambda: zipped({"../../stack.xml": LAYER}),
    "deep record": lambda: zipped({"maskwright/inpaint.json": b'{"a":' * 100_000}),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_and_the_process_reads_on(
    pictures: Pictures, path: Path, kind: str
) -> None:
    hostile = path.with_name("hostile.ora")
    hostile.write_bytes(HOSTILE[kind]())
    pictures.warm()
    before = pictures.pids
    assert refusal(pictures, hostile).kind == "project"
    assert is_opened(pictures, path)
    assert pictures.pids == before


def test_a_process_that_is_killed_over_it_is_one_refused_project(
    pictures: Pictures, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "LARGE", 1)
    killed: list[int] = []

    def kill(draft: Draft) -> None:
        killed.extend(pictures.pids)
        os.kill(killed[0], signal.SIGKILL)

    before = path.read_bytes()
    assert refusal(pictures, path, Attention(kill)).kind == "unreadable"
    assert is_opened(pictures, path)
    assert path.read_bytes() == before
    assert pictures.pids != killed


def test_a_process_that_hangs_over_it_is_ended(path: Path) -> None:
    with_little_patience = Pictures(header_s=0.3)
    with_little_patience.warm()
    (pid,) = with_little_patience.pids
    os.kill(pid, signal.SIGSTOP)
    error = refusal(with_little_patience, path)
    assert (error.kind, error.detail) == ("unreadable", "it took too long")
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with_little_patience.close()


def test_when_nobody_waits_any_more_the_reading_ends(pictures: Pictures, path: Path) -> None:
    attention = Attention()
    attention.has_left.set()
    pictures.warm()
    (pid,) = pictures.pids
    assert refusal(pictures, path, attention).kind == "unreadable"
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_too_little_memory_refuses_before_anything_is_decoded(
    pictures: Pictures, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_project(path, make_project(seed=9), None)
    with monkeypatch.context() as patch:
        patch.setattr(memory, "available", lambda: 1000.0)
        error = refusal(pictures, path)
    assert isinstance(error, NoRoom)  # and it is not the generation before that is opened
    assert (error.size, error.free) == (Size(24, 16), 1000)
    assert error.needed > BYTES * error.size.area


@only_linux
def test_what_finds_no_memory_is_one_refused_project(pictures: Pictures, path: Path) -> None:
    import resource

    big = path.with_name("big.ora")
    save_project(big, make_project(4000, 3000), None)
    pictures.warm()
    (pid,) = pictures.pids
    resource.prlimit(pid, resource.RLIMIT_AS, (2**27, 2**27))
    assert refusal(pictures, big).kind in {"too_large", "unreadable"}
    assert is_opened(pictures, path)


def test_a_large_one_is_seen_while_it_is_read(
    pictures: Pictures, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "LARGE", 1)
    seen: list[Draft] = []
    pictures.open(path, Attention(seen.append))
    assert (seen[0].size, seen[0].picture) == (Size(24, 16), None)


def test_the_rows_of_its_picture_are_told_of(path: Path) -> None:
    told: list[str] = []
    with path.open("rb") as file:
        found = ProjectFile(file)
        canvas = Canvas(bytearray(BYTES * found.size.area), found.size.area)
        sight = Sight(lambda said: told.append(said.kind), None, None)
        found.put(canvas, sight)
    assert told == ["rows", "decoded"]


@sees_processes
def test_small_ones_take_no_descriptor(pictures: Pictures, path: Path) -> None:
    held = Path("/proc/self/fd")
    pictures.open(path)
    before = len(list(held.iterdir()))
    kept = [pictures.open(path) for _ in range(10)]
    assert len(list(held.iterdir())) == before
    assert len(kept) == 10


def test_a_large_one_lies_in_the_memory_that_was_lent(pictures: Pictures, path: Path) -> None:
    project = make_project(1100, 1000, has_alpha=True)
    save_project(path, project, None)
    found = pictures.open(path)
    assert isinstance(found, OpenedProject)
    assert is_same(found.project, project)
    assert not found.project.picture.pixels.flags.owndata
    assert not found.project.mask.flags.writeable


@pytest.mark.skipif(sys.platform == "win32", reason="special files are POSIX's")
@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_file_is_refused_at_once(pictures: Pictures, tmp_path: Path, make: Any) -> None:
    make(tmp_path / "boat.ora")
    assert refusal(pictures, tmp_path / "boat.ora").kind == "not_a_file"


def test_as_a_picture_it_is_refused(pictures: Pictures, path: Path) -> None:
    with pytest.raises(PictureError) as told:
        pictures.load(path)
    assert (told.value.kind, told.value.detail) == ("unsupported", "OpenRaster")


def mutants(data: bytes) -> Iterator[bytes]:
    """The file cut, with bits turned over, and with bytes exchanged, moved and doubled."""
    chance = random.Random(3)
    yield from (data[:end] for end in range(0, len(data), 83))
    for at in range(0, len(data), 61):
        yield data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1 :]
    for _ in range(80):
        first, second, third = sorted(chance.sample(range(len(data)), 3))
        yield data[:first] + chance.randbytes(second - first) + data[second:]
        yield data[:first] + data[second:third] + data[first:second] + data[third:]
        yield data[:second] + data[first:]


def test_no_damage_ends_the_process_or_opens_anything_else(pictures: Pictures, path: Path) -> None:
    data = path.read_bytes()
    pictures.warm()
    before = pictures.pids
    for mutant in mutants(data):
        tally.note("inputs tried")
        path.write_bytes(mutant)
        assert outcome(pictures, path) in {"same", "project", "not_a_picture", "empty"}
    assert pictures.pids == before


def test_looking_whether_a_file_is_whole_is_no_danger_either(
    pictures: Pictures, path: Path
) -> None:
    assert pictures.is_whole(path)
    for data in (b"", path.read_bytes()[:-3], HOSTILE["bomb"]()):
        path.write_bytes(data)
        assert not pictures.is_whole(path)
    path.unlink()
    assert not pictures.is_whole(path)
