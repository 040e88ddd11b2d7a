"""Windows open on the person's screen, on one that nobody sees, or a message says why not."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from devkit import screen

PACKAGING = Path(__file__).parents[2] / "packaging"
needs_xvfb = pytest.mark.skipif(not shutil.which("Xvfb"), reason="Xvfb is not installed")


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_any_way_to_a_screen_is_taken(name: str) -> None:
    assert not screen.is_missing({name: "x"}, "linux")


def test_linux_without_a_screen_is_noticed() -> None:
    assert screen.is_missing({}, "linux")
    assert screen.is_missing({"DISPLAY": ""}, "linux")


def test_macos_and_windows_always_have_one() -> None:
    assert not screen.is_missing({}, "darwin")
    assert not screen.is_missing({}, "win32")


@needs_xvfb
def test_a_window_opens_on_the_unseen_screen() -> None:
    program = (
        "from PySide6.QtWidgets import QApplication; a = QApplication([]); s = a.primaryScreen();"
        "print(a.platformName(), s.size().width(), s.size().height())"
    )
    with screen.unseen() as env:
        answer = subprocess.run(
            [sys.executable, "-c", program], env=env, capture_output=True, text=True, check=False
        )
    assert (answer.stdout, answer.stderr) == ("xcb 1920 1200\n", "")


def started(program: str) -> tuple[subprocess.Popen[str], Path]:
    """A process that runs `program`, which names its screen, and the way to that X server."""
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(PACKAGING)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    return process, Path(f"/tmp/.X11-unix/X{process.stdout.readline().strip().removeprefix(':')}")


def answers(server: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        return client.connect_ex(str(server)) == 0


@needs_xvfb
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_server_ends_with_whoever_started_it(number: signal.Signals) -> None:
    process, server = started(
        "import signal, time\n"
        "from devkit import commands, screen\n"
        "signal.signal(signal.SIGTERM, commands.leave)\n"
        "with screen.unseen() as env:\n"
        "    print(env['DISPLAY'], flush=True)\n"
        "    time.sleep(60)\n"
    )
    with process:
        assert answers(server)
        process.send_signal(number)

    assert not answers(server)


@needs_xvfb
def test_a_failure_inside_ends_the_server_too() -> None:
    process, server = started(
        "from devkit import screen\n"
        "with screen.unseen() as env:\n"
        "    print(env['DISPLAY'], flush=True)\n"
        "    raise EOFError(input())\n"
    )
    with process:
        assert answers(server)
        process.communicate("now\n")

    assert not answers(server)
