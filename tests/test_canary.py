"""The search for the key finds it wherever it was left."""

import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.support.canary import files_with_key

ROOT = Path(__file__).parent.parent
OTHER = "sk-canary-of-this-test"

LEAKING = """
import logging
from tests.support.canary import KEY
def test_that_prints():
    print(KEY)
def test_that_warns():
    logging.getLogger("app").warning("%s", KEY)
def test_that_keeps(tmp_path):
    (tmp_path / "kept").write_text(KEY)
"""


def test_a_key_is_found_in_any_file(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "large").write_bytes(b"x" * 3_000_000 + OTHER.encode() + b"x")
    with sqlite3.connect(tmp_path / "journal.sqlite") as database:
        database.execute("CREATE TABLE t (x)")
        database.execute("INSERT INTO t VALUES (?)", (OTHER,))
    database.close()
    (tmp_path / "empty").touch()
    (tmp_path / "innocent").write_text(OTHER[:-1])
    (tmp_path / "link").symlink_to("deep")
    (tmp_path / "circle").symlink_to("circle")
    found = {path.name for path in files_with_key(tmp_path, key=OTHER)}
    assert found == {"large", "journal.sqlite"}


def test_tests_that_leak_the_key_fail(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(LEAKING)
    run = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*run, "-p", "tests.conftest", f"--basetemp={tmp_path / 'base'}", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "2 failed, 1 passed, 1 error" in done.stdout
    assert "the key is in: Captured stdout call" in done.stdout
    assert "the key is in: Captured log call" in done.stdout
    assert "test_that_keeps0/kept" in done.stdout
