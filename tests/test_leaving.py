"""The end of the process, whatever hangs."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def ended(code: str) -> tuple[int, str]:
    """The exit code of a process that would hang for ever, and what it printed."""
    head = "import threading; from app.leaving import in_time, leave; never = threading.Event();"
    done = subprocess.run(
        [sys.executable, "-c", head + code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout.strip()


def test_a_thread_that_hangs_holds_nobody_up():
    assert ended("threading.Thread(target=never.wait).start(); print('out'); leave(3)") == (
        3,
        "out",
    )


def test_nor_does_a_last_word_that_hangs():
    assert ended("\nwith in_time(4, 0.05): never.wait()") == (4, "")


def test_a_last_word_that_is_said_ends_nothing():
    code = "\nwith in_time(4, 0.05): pass\nnever.wait(0.2); print('on')"
    assert ended(code) == (0, "on")
