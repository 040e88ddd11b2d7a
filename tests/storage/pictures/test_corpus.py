"""Whatever the file, it opens as it must or is refused by name, in the program's own worker."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from app.model.errors import PictureError
from app.model.picture import Picture
from app.storage.pictures.loading import Pictures
from tests.storage.pictures.corpus import CORPUS, ODD, OPENED, REFUSED, Opens, Outcome, Refused
from tests.support import tally
from tests.support.pictures import load, load_bytes

SECONDS = float(os.environ.get("MASKWRIGHT_MUTATION_S", "12"))
"""How long files are mutated; set it to look for more."""

KINDS = {"empty", "not_a_picture", "unsupported", "damaged", "too_large"}


def outcome(read: Callable[[], Picture]) -> Outcome:
    tally.note("inputs tried")
    try:
        picture = read()
    except PictureError as error:
        return Refused(error.kind, error.detail)
    return Opens(picture.size, picture.notices, picture.alpha is not None)


def is_expected(found: Outcome, expected: Outcome) -> bool:
    if isinstance(found, Opens) or isinstance(expected, Opens):
        return found == expected
    return found.kind == expected.kind and expected.detail in found.detail


@pytest.mark.parametrize("name", OPENED)
def test_it_opens_as_what_it_is(name: str) -> None:
    build, expected = OPENED[name]
    assert outcome(lambda: load_bytes(build())) == expected


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_by_name(name: str) -> None:
    build, expected = REFUSED[name]
    found = outcome(lambda: load_bytes(build()))
    assert is_expected(found, expected), found


@pytest.mark.parametrize("name", ODD)
def test_it_comes_to_an_end(name: str) -> None:
    found = outcome(lambda: load_bytes(ODD[name]()))
    assert isinstance(found, Opens) or found.kind in KINDS


def test_the_name_of_a_file_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    for name, (build, expected) in CORPUS.items():
        path.write_bytes(build())
        assert is_expected(outcome(lambda: load(path)), expected), name


@pytest.fixture
def with_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Pictures, Path]]:
    """A worker that finds programs of ours wherever it looks, and where they leave a mark."""
    mark = tmp_path / "started"
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("gs", "gswin32c", "convert", "magick", "heif-dec", "djpeg", "netpbm", "sh"):
        (programs / name).write_text(f"#!/bin/bash\necho {name} >> {mark}\n")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    pictures = Pictures()
    yield pictures, mark
    pictures.close()


def test_no_other_program_is_started_whatever_the_file(
    with_programs: tuple[Pictures, Path], tmp_path: Path
) -> None:
    pictures, mark = with_programs
    path = tmp_path / "a.png"
    for name, (build, expected) in CORPUS.items():
        path.write_bytes(build())
        assert is_expected(outcome(lambda: pictures.load(path)), expected), name
    assert not mark.exists()


def mutated(data: bytes, chance: Random) -> bytes:
    """The bytes with some damage that a decoder may not expect."""
    broken = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(broken) + 1)
        some = chance.choice((1, 2, 4, 64))
        match chance.randrange(6):
            case 0:
                broken[at : at + some] = chance.randbytes(len(broken[at : at + some]))
            case 1:
                broken[at:at] = chance.randbytes(some)
            case 2:
                del broken[at : at + some]
            case 3:
                broken[at : at + some] = b"\xff" * len(broken[at : at + some])
            case 4:
                broken[at:at] = broken[: chance.randrange(len(broken) + 1)][-256:]
            case _:
                del broken[max(at, 12) :]
    return bytes(broken)


def test_no_damage_at_random_ends_or_holds_up_the_worker() -> None:
    """Another process each time would be a crash, or somebody who waited for too long."""
    seed = int.from_bytes(os.urandom(4)) if SECONDS > 60 else 20_260
    chance = Random(seed)
    files = [build() for build, expected in OPENED.values() if expected.size.area < 5000]
    pictures = Pictures()
    pictures.warm()
    before, tried, end = pictures.pids, 0, time.monotonic() + SECONDS
    while time.monotonic() < end:
        data = mutated(chance.choice(files), chance)
        tried += 1
        found = outcome(lambda data=data: pictures.load_bytes(data))
        told = f"seed {seed}, number {tried}: {found}"
        assert isinstance(found, Opens) or found.kind in KINDS, told
    assert pictures.pids == before
    assert tried > 50
    pictures.close()
