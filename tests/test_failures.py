"""What nobody caught: it is logged, told quietly, and never floods anyone."""

import asyncio
import gc
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.failures import CALM_S, Failures
from app.headless.logged import logged
from app.model.redaction import Redaction
from app.storage.logs import Logs

ROOT = Path(__file__).parent.parent


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Heard:
    """Failures whose words are written down; time passes when it is told to."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.logs = Logs(folder, Redaction())
        self.failures = Failures(self.logs, self.clock)
        self.told: list[bool] = []
        self.failures._told = self.told.append

    def fail(self, times: int = 1, after_s: float = 0.1) -> None:
        for _ in range(times):
            self.clock.now += after_s
            try:
                raise RuntimeError("boom")
            except RuntimeError as error:
                self.failures.report(error)

    @property
    def logged(self) -> int:
        return self.logs.tail(10_000).count("RuntimeError: boom")


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[Heard]:
    heard = Heard(tmp_path / "log")
    heard.logs.start()
    yield heard
    heard.logs.close()


def test_failures_now_and_then_are_each_told_and_logged(heard: Heard) -> None:
    heard.fail(5, after_s=6)
    assert heard.told == [False] * 5
    assert heard.logged == 5


def test_the_third_in_ten_seconds_is_told_as_such_and_then_it_is_quiet(heard: Heard) -> None:
    heard.fail(1000)
    assert heard.told == [False, False, True]
    assert heard.logged == 4  # three, and the place once more in the quiet mode


def test_another_place_is_logged_in_the_quiet_mode_too(heard: Heard) -> None:
    heard.fail(10)
    heard.failures.report(ValueError("elsewhere"))
    assert "elsewhere" in heard.logs.tail()
    assert heard.told == [False, False, True]


def test_after_a_quiet_minute_failures_are_told_again(heard: Heard) -> None:
    heard.fail(10)
    heard.fail(after_s=CALM_S + 1)
    assert heard.told == [False, False, True, False]
    assert "6 more failures were left out" in heard.logs.tail()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_threads_and_objects_at_their_end_are_heard(heard: Heard) -> None:
    class Dying:
        def __del__(self) -> None:
            raise LookupError("at the end")

    def boom() -> None:
        raise LookupError("in a thread")

    with heard.failures.watched_process():
        thread = threading.Thread(target=boom)
        thread.start()
        thread.join()
        Dying()
        gc.collect()
    assert "LookupError: in a thread" in heard.logs.tail()
    assert "LookupError: at the end" in heard.logs.tail()
    assert heard.told == [False]


def test_what_a_loop_or_a_thread_meets_is_told_in_the_loops_own_thread(heard: Heard) -> None:
    told: list[tuple[bool, int]] = []

    async def live() -> None:
        loop = asyncio.get_running_loop()
        done = asyncio.Event()

        def tell(often: bool) -> None:
            told.append((often, threading.get_ident()))
            if len(told) == 3:
                done.set()

        with heard.failures.watched_window(loop, tell, interrupt=lambda: None):
            loop.call_soon(lambda: 1 / 0)
            await asyncio.to_thread(heard.failures.report, ValueError("beside"))
            sys.excepthook(LookupError, LookupError("in a slot"), None)
            await asyncio.wait_for(done.wait(), 20)

    before = sys.excepthook
    asyncio.run(live())
    assert sys.excepthook is before
    assert sorted(often for often, _ in told) == [False, False, True]
    assert {thread for _, thread in told} == {threading.get_ident()}
    for words in ("ZeroDivisionError", "beside", "in a slot"):
        assert words in heard.logs.tail()


def test_the_terminals_interrupt_is_no_failure(heard: Heard) -> None:
    stopped: list[bool] = []

    async def live() -> None:
        loop = asyncio.get_running_loop()
        failures = heard.failures
        with failures.watched_window(loop, heard.told.append, lambda: stopped.append(True)):
            sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    asyncio.run(live())
    assert stopped == [True]
    assert heard.logs.tail() == ""


def test_a_command_that_is_stopped_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    def command() -> int:
        raise KeyboardInterrupt

    assert logged(command) == 130
    assert capfd.readouterr() == ("", "")


def test_a_command_that_breaks_says_so_without_a_traceback_or_a_key(tmp_path: Path) -> None:
    program = """
import sys
from app.headless.logged import logged
from app.storage.secrets import Key
def command():
    raise RuntimeError("cannot use " + Key("sk-canary-0123456789").reveal())
sys.exit(logged(command))
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"XDG_DATA_HOME": str(tmp_path), "HOME": str(tmp_path), "PATH": ""},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 70
    assert "Traceback" not in done.stderr
    log = (tmp_path / "maskwright" / "log" / "maskwright.log").read_text()
    assert "RuntimeError: cannot use ***" in log
    assert "canary" not in log + done.stderr + done.stdout
