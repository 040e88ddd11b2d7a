"""Foreign bytes are read in a process; that it crashes, hangs or eats memory is one message."""

import os
import signal
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from app.model.draft import Draft
from app.model.errors import PictureError
from app.model.geometry import Size
from app.storage.pictures import drafts, memory, reader
from app.storage.pictures.loading import Pictures
from app.storage.pictures.reader import MOST_UNHEARD, Reader, ReaderDied
from app.storage.pictures.reading import Attention
from app.storage.pictures.room import MAX_PIXELS
from tests.storage.pictures.made import saved
from tests.support.pictures import load_bytes
from tests.support.waiting import wait_for

sees_processes = pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")


SMALL = saved(Image.new("RGB", (40, 30), (10, 20, 30)))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture that takes a while to decode."""
    path = tmp_path_factory.mktemp("large") / "large.png"
    Image.new("RGB", (8000, 7000), (10, 20, 30)).save(path, compress_level=1)
    return path


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pictures]:
    monkeypatch.setattr(drafts, "LARGE", 1)
    made = Pictures()
    yield made
    made.close()
    assert made.pids == []


class Watched:
    """Reads a picture in a thread, until it is begun and then to its end."""

    def __init__(self, pictures: Pictures, path: Path) -> None:
        self.begun = threading.Event()
        self.attention = Attention(self._watch)
        self.error: PictureError | None = None
        self._pictures = pictures
        self._path = path
        self._thread = threading.Thread(target=self._read)
        self._thread.start()
        assert self.begun.wait(30)

    def end(self) -> PictureError | None:
        self._thread.join(30)
        assert not self._thread.is_alive()
        return self.error

    def _watch(self, draft: Draft) -> None:
        self.begun.set()

    def _read(self) -> None:
        try:
            self._pictures.load(self._path, self.attention)
        except PictureError as error:
            self.error = error


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_worker_that_crashes_is_one_refused_picture(pictures: Pictures, large: Path) -> None:
    reading = Watched(pictures, large)
    (pid,) = pictures.pids
    os.kill(pid, signal.SIGKILL)
    error = reading.end()
    assert error is not None
    assert (error.kind, error.path) == ("unreadable", large)
    assert pictures.load_bytes(SMALL).size == Size(40, 30)
    assert pictures.pids != [pid]


def test_a_worker_that_hangs_is_ended_and_replaced(large: Path) -> None:
    with_little_patience = Pictures(header_s=0.3)
    with_little_patience.warm()
    (pid,) = with_little_patience.pids
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(PictureError, match="took too long") as caught:
        with_little_patience.load(large)
    assert caught.value.kind == "unreadable"
    assert is_gone(pid)
    with_little_patience.close()


def test_a_worker_that_died_while_idle_is_nobodys_trouble(pictures: Pictures) -> None:
    pictures.load_bytes(SMALL)
    (pid,) = pictures.pids
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: is_gone(pid))
    assert pictures.load_bytes(SMALL).size == Size(40, 30)


def test_one_process_reads_on(pictures: Pictures) -> None:
    pictures.warm()
    before = pictures.pids
    for data in (SMALL, b"no picture", SMALL[:-20], SMALL):
        with suppress(PictureError):
            pictures.load_bytes(data)
    assert pictures.pids == before


def test_a_second_process_helps_out_and_goes(pictures: Pictures, large: Path) -> None:
    reading = Watched(pictures, large)
    (pid,) = pictures.pids
    os.kill(pid, signal.SIGSTOP)  # or it might be through before the other has begun
    assert pictures.load_bytes(SMALL).size == Size(40, 30)
    assert len(pictures.pids) == 2
    os.kill(pid, signal.SIGCONT)
    assert reading.end() is None
    assert len(pictures.pids) == 1


def test_when_nobody_waits_any_more_the_reading_ends(pictures: Pictures, large: Path) -> None:
    reading = Watched(pictures, large)
    (pid,) = pictures.pids
    reading.attention.has_left.set()
    assert reading.end() is not None
    assert is_gone(pid)


def test_closing_ends_what_is_being_read(pictures: Pictures, large: Path) -> None:
    reading = Watched(pictures, large)
    pids = pictures.pids
    pictures.close()
    error = reading.end()
    assert error is not None
    assert error.kind == "unreadable"
    assert all(map(is_gone, pids))
    with pytest.raises(PictureError, match="closing"):
        pictures.load_bytes(SMALL)


def test_what_a_watcher_raises_leaves_no_process_in_the_middle(
    pictures: Pictures, large: Path
) -> None:
    def watch(draft: Draft) -> None:
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError, match="a bug"):
        pictures.load(large, Attention(watch))
    assert pictures.load_bytes(SMALL).size == Size(40, 30)


FLOOD = """
import sys
from app.worker.child import Program
from app.worker.frames import Frame
program = Program()
while True:
    program.tell(Frame("decoded", parts=(bytes(int(sys.argv[1])),)))
"""


@pytest.mark.parametrize(("size", "heard"), [(0, MOST_UNHEARD), (MAX_PIXELS + (8 << 20), 0)])
def test_a_worker_that_talks_without_end_is_not_listened_to(
    monkeypatch: pytest.MonkeyPatch, size: int, heard: int
) -> None:
    monkeypatch.setattr(reader, "command", lambda *_: [sys.executable, "-c", FLOOD, str(size)])
    talker = Reader()
    wait_for(lambda: is_gone(talker.pid))
    for _ in range(heard):
        assert talker.hear(5) is not None
    with pytest.raises(ReaderDied):
        talker.hear(5)
    talker.end()


@sees_processes
def test_the_worker_knows_no_key_and_holds_nothing_of_ours(
    pictures: Pictures, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    canary = "a-canary-key-38105"
    for name in ("MASKWRIGHT_API_KEY", "AWS_SECRET_ACCESS_KEY", "ALL_PROXY", "X"):
        monkeypatch.setenv(name, canary)
    with (tmp_path / "open").open("w") as ours:
        os.set_inheritable(ours.fileno(), True)
        pictures.load_bytes(SMALL)
        (pid,) = pictures.pids
        held = [os.readlink(entry) for entry in Path(f"/proc/{pid}/fd").iterdir()]
    for file in ("environ", "cmdline"):
        assert canary.encode() not in Path(f"/proc/{pid}/{file}").read_bytes()
    assert str(tmp_path / "open") not in held
    assert len(held) == 5, held  # the standard three, the way of its answers, the door


PARENT = """
import sys, time
from app.storage.pictures.loading import Pictures
pictures = Pictures()
pictures.load_bytes(open(sys.argv[1], "rb").read())
print(*pictures.pids, flush=True)
time.sleep(60)
"""


@sees_processes
def test_the_worker_ends_with_the_program_however_that_ends(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(SMALL)
    command = [sys.executable, "-c", PARENT, str(tmp_path / "a.png")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        worker = int(parent.stdout.readline())
        assert not is_gone(worker)
        parent.kill()
        parent.wait()
        wait_for(lambda: is_gone(worker))


def test_the_program_itself_never_meets_a_decoder(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(SMALL)
    program = (
        "import sys; from pathlib import Path; from app.storage.pictures.loading import Pictures\n"
        "pictures = Pictures(); picture = pictures.load(Path(sys.argv[1]))\n"
        "print(picture.size, 'PIL' in sys.modules)\n"
        "pictures.close()"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "a.png")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "Size(width=40, height=30) False\n", done.stderr


only_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is not bounded")


@only_linux
def test_a_decoder_that_finds_no_memory_is_one_refused_picture(pictures: Pictures) -> None:
    import resource

    pictures.load_bytes(SMALL)
    (pid,) = pictures.pids
    resource.prlimit(pid, resource.RLIMIT_AS, (2**28, 2**28))
    with pytest.raises(PictureError) as caught:
        pictures.load_bytes(saved(Image.new("L", (9000, 9000))))
    assert caught.value.kind in {"too_large", "unreadable"}
    assert pictures.load_bytes(SMALL).size == Size(40, 30)


@only_linux
def test_there_is_room_for_the_largest_picture_that_was_agreed_to(
    pictures: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "available", lambda: 1e18)
    head = bytearray(SMALL)
    head[16:24] = (16384).to_bytes(4, "big") * 2  # its pixels are cut off: none are written
    head[29:33] = zlib.crc32(head[12:29]).to_bytes(4, "big")
    with pytest.raises(PictureError) as caught:
        pictures.load_bytes(bytes(head))
    assert caught.value.kind == "damaged"
    assert "memory" not in caught.value.detail


def test_large_pictures_lie_in_the_memory_that_was_shared() -> None:
    picture = load_bytes(saved(Image.new("RGBA", (1100, 1000), (1, 2, 3, 4))))
    assert picture.alpha is not None
    assert not picture.pixels.flags.owndata
    assert not picture.pixels.flags.writeable
    assert picture.pixels[0, 0].tolist() == [3, 2, 1, 255]
    assert (picture.alpha == 4).all()


@sees_processes
def test_small_pictures_take_no_descriptor() -> None:
    held = Path("/proc/self/fd")
    load_bytes(SMALL)
    before = len(list(held.iterdir()))
    kept = [load_bytes(SMALL) for _ in range(20)]
    assert len(list(held.iterdir())) == before
    assert len(kept) == 20
