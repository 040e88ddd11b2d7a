"""One running program a profile, told by real processes."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.storage.instance import Instance, hand_over
from tests.support.waiting import wait_for

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from app.storage.instance import Instance
with Instance.take(Path(sys.argv[1])) as instance:
    print("mine" if instance else "taken", flush=True)
    sys.stdin.readline()
"""


def handed_to(instance: Instance) -> list[Path | None]:
    """What another program leaves, as soon as it has."""
    found: list[Path | None] = []

    def look() -> bool:
        found.extend(instance.handed())
        return bool(found)

    wait_for(look)
    return found


def started(data: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(data)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def word(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def ended(process: subprocess.Popen[str]) -> None:
    process.communicate("\n", timeout=20)


def test_of_four_that_start_at_once_one_has_the_profile(tmp_path: Path) -> None:
    processes = [started(tmp_path) for _ in range(4)]
    words = sorted(word(process) for process in processes)
    for process in processes:
        ended(process)
    assert words == ["mine", "taken", "taken", "taken"]


def test_a_killed_program_leaves_the_profile_free(tmp_path: Path) -> None:
    first = started(tmp_path)
    assert word(first) == "mine"
    first.kill()
    first.communicate()
    second = started(tmp_path)
    assert word(second) == "mine"
    ended(second)


def test_another_profile_is_another_matter(tmp_path: Path) -> None:
    with Instance.take(tmp_path / "one") as one, Instance.take(tmp_path / "two") as two:
        assert one is not None
        assert two is not None


def test_a_profile_that_cannot_be_written_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with Instance.take(tmp_path / "file") as instance:
        assert instance is not None
        assert not instance.inbox.is_dir()
        assert instance.handed() == []


@pytest.mark.parametrize("name", ["harbour.png", "zwei Boote\n.png", os.fsdecode(b"\xff.png")])
def test_a_file_reaches_the_program_that_runs_by_its_exact_name(tmp_path: Path, name: str) -> None:
    with Instance.take(tmp_path) as instance:
        assert instance is not None
        told: list[bool] = []
        other = threading.Thread(target=lambda: told.append(hand_over(tmp_path, Path("/a") / name)))
        other.start()
        found = handed_to(instance)
        other.join(20)
    assert found == [Path("/a") / name]
    assert told == [True]
    assert list(instance.inbox.iterdir()) == []


def test_a_relative_name_means_the_second_programs_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Instance.take(tmp_path / "data") as instance:
        assert instance is not None
        assert not hand_over(tmp_path / "data", Path("a.png"), patience_s=0)
        other = threading.Thread(target=hand_over, args=(tmp_path / "data", Path("a.png")))
        other.start()
        found = handed_to(instance)
        other.join(20)
    assert found == [tmp_path / "a.png"]


def test_one_that_does_not_answer_is_told_and_the_note_taken_back(tmp_path: Path) -> None:
    with Instance.take(tmp_path) as instance:
        assert instance is not None
        assert not hand_over(tmp_path, None, patience_s=0.05)
        assert list(instance.inbox.iterdir()) == []


def test_a_note_that_makes_no_sense_only_shows_the_window(tmp_path: Path) -> None:
    with Instance.take(tmp_path) as instance:
        assert instance is not None
        for number, text in enumerate(["", "[]", '{"file": 3}', '{"file": "zz"}', "{}"]):
            (instance.inbox / f"{number}.json").write_text(text)
        assert instance.handed() == [None] * 5
        assert list(instance.inbox.iterdir()) == []


def test_a_note_that_is_taken_back_just_now_holds_up_no_other(tmp_path: Path) -> None:
    with Instance.take(tmp_path) as instance:
        assert instance is not None
        (instance.inbox / "0.json").symlink_to(tmp_path / "gone")
        (instance.inbox / "1.json").write_text('{"file": "2f61"}')
        assert instance.handed() == [Path("/a")]


def test_a_note_that_cannot_be_taken_away_is_not_answered_again_and_again(tmp_path: Path) -> None:
    with Instance.take(tmp_path) as instance:
        assert instance is not None
        (instance.inbox / "0.json").mkdir()
        (instance.inbox / "1.json").write_text('{"file": "2f61"}')
        assert instance.handed() == [Path("/a")]


def test_notes_are_for_this_user_alone(tmp_path: Path) -> None:
    with Instance.take(tmp_path / "data") as instance:
        assert instance is not None
        assert not hand_over(tmp_path / "data", None, patience_s=0)
        assert instance.inbox.stat().st_mode & 0o777 == 0o700
        assert (tmp_path / "data" / "running.lock").stat().st_mode & 0o777 == 0o600
