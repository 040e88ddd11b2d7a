"""The log: private, small, without secrets, and in nobody's way."""

import logging
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.model.redaction import Redaction
from app.storage.log_file import LogFile
from app.storage.logs import Logs

KEY = "sk-canary.0123456789"

Child = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[Logs]:
    redaction = Redaction()
    redaction.learn(KEY)
    logs = Logs(tmp_path / "log", redaction)
    logs.start()
    yield logs
    logs.close()


def test_an_entry_tells_time_level_logger_and_message(logs: Logs) -> None:
    logging.getLogger("app.test").info("GET %s: %d", "host/path", 200)
    time, rest = logs.tail().split(" ", 1)
    assert rest == "INFO app.test: GET host/path: 200"
    assert len(time) == len("2026-11-30T17:25:13Z")


def test_no_secret_comes_in_by_message_arguments_or_traceback(logs: Logs) -> None:
    secret = KEY  # would be told by a traceback with values
    try:
        raise ValueError(f"header Authorization: Bearer {secret}")
    except ValueError:
        logging.getLogger("app.test").exception("failed with %s", secret)
    told = logs.tail()
    assert "ValueError: header Authorization: Bearer ***" in told
    assert "failed with ***" in told
    assert KEY not in told


def test_a_traceback_that_another_log_has_formatted_is_masked_all_the_same(logs: Logs) -> None:
    other = logging.StreamHandler(open(os.devnull, "w"))  # noqa: SIM115 - closed below
    logging.getLogger().handlers.insert(0, other)
    try:
        test_no_secret_comes_in_by_message_arguments_or_traceback(logs)
    finally:
        logging.getLogger().removeHandler(other)
        other.stream.close()


def test_an_entry_cannot_pass_for_two_nor_hide_its_end(logs: Logs) -> None:
    logging.getLogger("app.test").warning("a\n2026-11-30T00:00:00Z INFO app: forged\x1b[2K\u202e")
    _first, second = logs.tail().splitlines()
    assert second.startswith("    2026-")
    assert second.endswith("forged·[2K·")


def test_libraries_that_tell_whole_addresses_are_not_heard(logs: Logs) -> None:
    for name in ("httpx", "httpcore.http11"):
        logging.getLogger(name).info("GET https://host/a?sign=1")
        logging.getLogger(name).debug("headers %s", KEY)
    assert logs.tail() == ""


def test_a_huge_entry_is_cut(logs: Logs) -> None:
    logging.getLogger("app.test").warning("%s", "word " * 100_000)
    assert 7_000 < len(logs.tail()) < 9_000


def file_modes(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


def test_its_size_has_an_end_and_all_files_are_private(tmp_path: Path) -> None:
    file = LogFile(tmp_path / "log" / "x.log", most_bytes=1000, kept=3)
    before = os.umask(0)
    try:
        for number in range(200):
            file.emit(record(f"entry {number:04}"))
    finally:
        os.umask(before)
    assert file_modes(tmp_path / "log") == {"x.log": 0o600, "x.log.1": 0o600, "x.log.2": 0o600}
    assert stat.S_IMODE((tmp_path / "log").stat().st_mode) == 0o700
    assert all(path.stat().st_size <= 1000 for path in (tmp_path / "log").iterdir())
    assert file.tail(100) == [f"entry {number:04}" for number in range(100, 200)]
    file.close()


def test_two_processes_share_one_log(tmp_path: Path) -> None:
    one, two = (LogFile(tmp_path / "x.log", most_bytes=500, kept=5) for _ in range(2))
    for number in range(100):
        (one, two)[number % 2].emit(record(f"entry {number:04}"))
    assert one.tail(100) == [f"entry {number:04}" for number in range(100)]
    one.close()
    two.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_drops_entries_and_says_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.log").symlink_to("/dev/full")
    file = LogFile(tmp_path / "x.log")
    file.emit(record("lost"))
    (tmp_path / "x.log").unlink()
    file.emit(record("kept"))
    assert file.tail(10) == ["kept"]
    assert capfd.readouterr() == ("", "")
    file.close()


def test_a_folder_that_cannot_be_made_is_no_failure(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    logs = Logs(tmp_path / "file" / "log", Redaction())
    logs.start()
    logs.watch_for_crashes()
    logging.getLogger("app.test").error("nowhere to go")
    assert (logs.tail(), logs.last_crash()) == ("", "")
    logs.close()
    assert capfd.readouterr() == ("", "")


CRASH = """
logs = Logs(Path(sys.argv[1]))
logs.start()
logs.watch_for_crashes()
print(repr(logs.last_crash())[:200], logs.has_found_crash, flush=True)
if len(sys.argv) > 2:
    exec(sys.argv[2])
logs.expect_end()
logs.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="raises a POSIX signal")
def test_a_crash_is_told_at_the_next_start(tmp_path: Path, run_child: Child) -> None:
    imports = "import faulthandler; from pathlib import Path; from app.storage.logs import Logs"
    crashed = run_child(CRASH, tmp_path, "faulthandler._sigsegv()", imports=imports)
    assert crashed.returncode < 0
    assert crashed.stdout == "'' False\n"
    assert "Segmentation fault" not in crashed.stderr
    later = run_child(CRASH, tmp_path, imports=imports)
    assert "Segmentation fault" in later.stdout
    assert later.stdout.endswith(" True\n")
    assert file_modes(tmp_path)["crash-last.txt"] == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
@pytest.mark.parametrize(
    ("end", "is_crash"),
    [
        ("os.kill(os.getpid(), 9)", True),
        ("logs.expect_end(); os.kill(os.getpid(), 9)", False),  # at the end of a session
        ("logs.expect_end(); faulthandler._sigsegv()", True),  # which was called off
        ("", False),
    ],
)
def test_only_an_end_that_is_none_is_told_and_only_once(
    tmp_path: Path, run_child: Child, end: str, is_crash: bool
) -> None:
    imports = "import faulthandler, os; from pathlib import Path; from app.storage.logs import Logs"
    run_child(CRASH, tmp_path, end, imports=imports)
    later = [run_child(CRASH, tmp_path, imports=imports).stdout.split()[-1] for _ in range(2)]
    assert later == [str(is_crash), "False"]


def record(text: str) -> logging.LogRecord:
    return logging.LogRecord("app.test", logging.INFO, "", 0, text, None, None)
