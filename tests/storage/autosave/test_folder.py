"""A mask on disk: exactly what was written last, whatever is cut off and wherever."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.model.errors import StorageError
from app.model.geometry import Size
from app.model.mask import Mask
from app.model.picture import Picture, Plane
from app.storage.autosave import folder as autosave
from app.storage.autosave.folder import AutosaveFolder
from app.storage.autosave.picture import thumbnail_file
from app.storage.autosave.reading import listed, read
from app.storage.files.writing import write_replace
from tests.support import tally
from tests.support.waiting import wait_for

SIZE = Size(300, 200)
CHOSEN = {"prompt": "a red sail", "steps": 12}


def picture(size: Size = SIZE, path: Path | None = None) -> Picture:
    pixels = np.full((size.height, size.width, 4), 90, np.uint8)
    return Picture(pixels=pixels, name="harbour.png", path=path)


def folder_at(path: Path) -> AutosaveFolder:
    return AutosaveFolder(path, picture(path=path.parent / "harbour.png"), CHOSEN)


class Painter:
    """Paints rectangles into a mask, remembers how it looked each time, and how many are done."""

    def __init__(self, folder: AutosaveFolder) -> None:
        self.folder = folder
        self.mask = Mask(SIZE)
        self.seen = [self.mask.plane.copy()]
        self.done = 0

    def paint(self, left: int, top: int, right: int, bottom: int, value: int = 255) -> None:
        plane = self.mask.plane.copy()
        plane[top:bottom, left:right] = value
        after = Mask.of(plane)
        self.mask = after
        self.seen.append(after.plane.copy())
        self.folder.write({tile: after.tile_bytes(tile) for tile in range(len(after.tiles))})
        self.done += 1


@pytest.fixture
def painter(tmp_path: Path) -> Painter:
    return Painter(folder_at(tmp_path / "one"))


def is_seen(plane: Plane, seen: list[Plane]) -> bool:
    return any(np.array_equal(plane, each) for each in seen)


def test_what_is_written_is_read_back_with_all_that_belongs_to_it(painter: Painter) -> None:
    painter.paint(10, 20, 200, 90)
    painter.paint(0, 0, 40, 40, 120)

    state, mask = read(painter.folder.path)

    assert np.array_equal(mask, painter.mask.plane)
    assert state.source.name == "harbour.png"
    assert (state.size, state.parameters) == (SIZE, CHOSEN)


def test_nothing_is_made_before_there_is_paint(painter: Painter) -> None:
    painter.folder.write({0: b"\0"})
    painter.folder.snapshot()
    assert not painter.folder.path.exists()


def test_nothing_stays_of_a_mask_that_is_blank_again(painter: Painter) -> None:
    painter.paint(10, 20, 200, 90)
    painter.paint(0, 0, 300, 200, 0)
    painter.folder.snapshot()
    assert not painter.folder.path.exists()
    painter.paint(5, 5, 9, 9)
    assert np.array_equal(read(painter.folder.path)[1], painter.mask.plane)


def test_an_edit_that_is_taken_back_is_not_written(painter: Painter) -> None:
    painter.paint(10, 20, 200, 90)
    (log,) = painter.folder.path.glob("strokes-*.log")
    before = log.stat().st_size
    painter.paint(10, 20, 200, 90)
    assert log.stat().st_size == before


def test_two_generations_stay(painter: Painter) -> None:
    for number in range(5):
        painter.paint(number, 0, 100, 100)
        painter.folder.snapshot()
    names = {path.name for path in painter.folder.path.iterdir() if path.suffix != ".part"}
    kinds = ("state-{}.json", "mask-{}.png", "strokes-{}.log")
    numbered = {kind.format(number) for kind in kinds for number in (5, 6)}
    assert names - {"lock", "thumbnail-1.png"} == numbered


def test_a_long_log_becomes_a_new_generation(
    painter: Painter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "LOG_BYTES", 2000)
    noise = np.random.default_rng(3).integers(0, 256, 128 * 128, np.uint8).tobytes()
    painter.folder.write({0: noise})
    painter.folder.write({0: noise[::-1]})
    state, mask = read(painter.folder.path)
    assert state.generation == 2
    assert mask[:128, :128].tobytes() == noise[::-1]


def test_files_are_for_this_user_alone(painter: Painter) -> None:
    before = os.umask(0)
    try:
        painter.paint(10, 20, 200, 90)
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in painter.folder.path.glob("*-1.*")}
    assert modes == {0o600}
    assert stat.S_IMODE(painter.folder.path.stat().st_mode) == 0o700


def each_cut(data: bytes) -> Iterator[bytes]:
    tally.note("inputs tried", len(data))
    for length in range(len(data)):
        yield data[:length]


@pytest.mark.parametrize("name", ["state-3.json", "strokes-3.log", "mask-3.png"])
def test_a_file_cut_at_any_byte_leaves_a_state_that_was(painter: Painter, name: str) -> None:
    for number in range(3):
        painter.paint(10 * number, 20, 100 + 10 * number, 90)
        painter.folder.snapshot()
    painter.paint(200, 100, 290, 190)
    painter.paint(250, 150, 260, 160, 0)
    file = painter.folder.path / name.replace("3", "4")
    whole = file.read_bytes()

    for cut in each_cut(whole):
        file.write_bytes(cut)
        state, mask = read(painter.folder.path)
        assert is_seen(mask, painter.seen[1:]), len(cut)
        assert state.source.name == "harbour.png"

    file.write_bytes(whole)
    assert np.array_equal(read(painter.folder.path)[1], painter.seen[-1])


@pytest.mark.parametrize("end", ["json", "log", "png"])
def test_a_flipped_bit_leaves_a_state_that_was(painter: Painter, end: str) -> None:
    painter.paint(10, 20, 100, 90)
    painter.folder.snapshot()
    painter.paint(200, 100, 290, 190)
    (file,) = painter.folder.path.glob(f"*-2.{end}")
    whole = file.read_bytes()
    for place in range(0, len(whole), 3):
        file.write_bytes(whole[:place] + bytes((whole[place] ^ 4,)) + whole[place + 1 :])
        assert is_seen(read(painter.folder.path)[1], painter.seen), place


@pytest.mark.parametrize("name", ["state", "strokes", "mask"])
def test_a_file_that_is_gone_leaves_a_state_that_was(painter: Painter, name: str) -> None:
    painter.paint(10, 20, 100, 90)
    painter.folder.snapshot()
    painter.paint(200, 100, 290, 190)
    for path in painter.folder.path.glob(f"{name}-2.*"):
        path.unlink()
    assert is_seen(read(painter.folder.path)[1], painter.seen[1:])


def test_what_is_not_whole_at_all_is_told(painter: Painter) -> None:
    painter.paint(10, 20, 100, 90)
    (painter.folder.path / "mask-1.png").unlink()
    with pytest.raises(StorageError) as told:
        read(painter.folder.path)
    assert told.value.kind == "damaged"


def test_a_kill_between_any_two_calls_into_the_disk_leaves_the_state_before_or_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every place where the writer can die, found by dying at each of them."""

    class Killed(BaseException):
        pass

    calls = 0
    last = 10**9

    def counted(name: str) -> Callable[..., object]:
        real = getattr(os, name)

        def call(*given: object, **named: object) -> object:
            nonlocal calls
            calls += 1
            if calls > last:
                raise Killed
            return real(*given, **named)

        return call

    def story(folder: Path) -> Painter:
        painter = Painter(folder_at(folder))
        try:
            painter.paint(10, 20, 100, 90)
            painter.paint(50, 50, 250, 150)
            painter.folder.snapshot()
            painter.paint(0, 0, 20, 20)
            painter.folder.snapshot()
        except Killed:
            pass
        return painter

    for name in ("open", "write", "fsync", "replace", "rename", "unlink"):
        monkeypatch.setattr(os, name, counted(name))
    monkeypatch.setattr("app.storage.autosave.picture.KeptPicture.keep", lambda *_: None)
    story(tmp_path / "whole")
    every = calls
    assert every > 20
    for last in range(every):
        calls = 0
        painter = story(tmp_path / str(last))
        calls = -(10**9)
        try:
            _, mask = read(painter.folder.path)
        except StorageError:
            assert painter.done == 0  # not even the first stroke had ended
            continue
        assert is_seen(mask, painter.seen[painter.done :]), last


def test_a_deleted_folder_is_made_again(painter: Painter) -> None:
    painter.paint(10, 20, 100, 90)
    wait_for(thumbnail_file(painter.folder.path, 1).exists)  # written by another thread
    shutil.rmtree(painter.folder.path)
    painter.paint(200, 100, 290, 190)
    assert np.array_equal(read(painter.folder.path)[1], painter.mask.plane)


def test_after_a_failed_write_nothing_is_lost(painter: Painter) -> None:
    painter.paint(10, 20, 100, 90)
    root = painter.folder.path
    wait_for(thumbnail_file(root, 1).exists)
    shutil.rmtree(root)
    root.write_bytes(b"a file in the way")
    with pytest.raises(StorageError):
        painter.paint(200, 100, 290, 190)
    root.unlink()
    painter.folder.snapshot()
    assert read(root)[1][150, 250] == 255


def test_a_generation_that_could_not_be_ended_takes_none_before_it_along(
    painter: Painter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        if path.name == "state-2.json":
            raise StorageError("full", path)
        write_replace(path, data)

    painter.paint(10, 20, 100, 90)
    root = painter.folder.path
    monkeypatch.setattr(autosave, "write_replace", full)
    with pytest.raises(StorageError):
        painter.folder.snapshot()
    painter.folder.snapshot()
    assert {path.name for path in root.glob("mask-*")} == {"mask-1.png", "mask-3.png"}
    (root / "mask-3.png").write_bytes(b"damaged")
    assert np.array_equal(read(root)[1], painter.mask.plane)


def test_a_size_that_is_not_the_masks_is_damage(painter: Painter) -> None:
    painter.paint(10, 20, 100, 90)
    painter.folder.snapshot()
    state = painter.folder.path / "state-2.json"
    state.write_text(state.read_text().replace("[300, 200]", "[301, 200]"))
    found, mask = read(painter.folder.path)
    assert (found.generation, found.size) == (1, SIZE)
    assert np.array_equal(mask, painter.mask.plane)


def test_the_time_of_the_last_stroke_and_the_size_are_listed(painter: Painter) -> None:
    painter.paint(10, 20, 100, 90)
    os.utime(painter.folder.path / "strokes-1.log", (2e9, 2e9))
    kept = listed(painter.folder.path)
    assert kept is not None
    assert kept.changed.timestamp() == 2e9
    assert kept.nbytes > 200
    assert (kept.size, kept.source.name, kept.is_declined) == (SIZE, "harbour.png", False)


def test_parameters_that_change_are_kept_with_the_mask(painter: Painter) -> None:
    painter.paint(10, 20, 100, 90)
    painter.folder.note({"prompt": "a blue sail"})
    painter.paint(10, 20, 110, 90)
    state, mask = read(painter.folder.path)
    assert state.parameters == {"prompt": "a blue sail"}
    assert np.array_equal(mask, painter.mask.plane)


rectangles = st.tuples(
    st.integers(0, 299), st.integers(0, 199), st.integers(1, 300), st.integers(1, 200),
    st.sampled_from([0, 1, 128, 255]),
)  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.one_of(rectangles, st.just("whole")), max_size=8))
def test_any_edits_are_replayed_exactly(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[int, int, int, int, int] | str]
) -> None:
    painter = Painter(folder_at(tmp_path_factory.mktemp("any") / "one"))
    for act in acts:
        if isinstance(act, str):
            painter.folder.snapshot()
        else:
            painter.paint(*act)
        if painter.mask.plane.any():
            assert np.array_equal(read(painter.folder.path)[1], painter.mask.plane)
