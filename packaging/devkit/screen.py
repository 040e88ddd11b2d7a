"""Screens: whether there is one, and one that nobody sees for the tests."""

import os
import select
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from devkit.failure import SetupFailed

SIZE = "1920x1200x24"
START_LIMIT_S = 30.0


def is_missing(environ: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether a window would find no screen to open on. Qt answers that by aborting."""
    if not platform.startswith("linux"):
        return False
    return not any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


@contextmanager
def unseen() -> Iterator[dict[str, str]]:
    """An X server of our own; gives the environment that puts Qt on it, and ends it after."""
    reading, writing = os.pipe()
    try:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp"],
            pass_fds=[writing],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        os.close(reading)
        raise SetupFailed(f"Xvfb could not be started: {error.strerror}") from error
    finally:
        os.close(writing)
    try:
        yield on_display(_display_number(reading))
    finally:
        os.close(reading)
        _end(server)


def on_display(number: str) -> dict[str, str]:
    """The environment of a program that shall open its windows on X display `number`."""
    other = {"WAYLAND_DISPLAY", "XAUTHORITY"}
    kept = {name: value for name, value in os.environ.items() if name not in other}
    return {**kept, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}


def _display_number(reading: int) -> str:
    """The number that the server writes down when it is ready."""
    answer = b""
    while not answer.endswith(b"\n"):
        ready, _, _ = select.select([reading], [], [], START_LIMIT_S)
        piece = os.read(reading, 32) if ready else b""
        if not piece:
            raise SetupFailed("Xvfb did not start.")
        answer += piece
    return answer.decode().strip()


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(5)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
