"""The commands of `dev.py`."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NoReturn

from devkit.environment import Environment, install_project
from devkit.failure import SetupFailed
from devkit.progress import say

ROOT = Path(__file__).resolve().parents[2]
HEADLESS = frozenset({"inpaint", "serve", "models"})
INTERRUPTED = 130
NO_SCREEN = (
    "No screen was found: neither DISPLAY nor WAYLAND_DISPLAY is set. Start this from a desktop, "
    "or work without a window: python3 packaging/dev.py run inpaint --help"
)


def main(arguments: Sequence[str], usage: str) -> int:
    """Do what the arguments say; answers the exit code."""
    name, *rest = arguments or ["--help"]
    if name in {"-h", "--help", "help"}:
        print(usage)
        return 0
    command = COMMANDS.get(name)
    if command is None or (rest and name in WITHOUT_ARGUMENTS):
        print(usage, file=sys.stderr)
        return 2
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        signal.signal(number, leave)
    try:
        return command(rest)
    except SetupFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def run(arguments: Sequence[str]) -> int:
    """Start the program."""
    from devkit import screen

    environment = ready()
    opens_a_window = not arguments or arguments[0] not in HEADLESS
    asks_only = {"-h", "--help", "--version"} & set(arguments)
    if opens_a_window and not asks_only and screen.is_missing(os.environ):
        raise SetupFailed(NO_SCREEN)
    return _become([str(environment.python), "-m", "app", *arguments])


def test(arguments: Sequence[str]) -> int:
    """Run every check and every test."""
    from devkit import steps, system

    environment = ready()
    no_x = "" if system.provide_screenless_x() else _no_x()
    everything = steps.checks() + steps.runs(arguments, ROOT, no_x=no_x)
    return steps.run(everything, environment.python, ROOT)


def check(arguments: Sequence[str]) -> int:
    """Run the checks alone."""
    from devkit import steps

    return steps.run(steps.checks(), ready().python, ROOT)


def format_code(arguments: Sequence[str]) -> int:
    """Let ruff put the code into shape."""
    python = ready().python
    mended = subprocess.call([python, "-m", "ruff", "check", "--fix", "."], cwd=ROOT)
    return subprocess.call([python, "-m", "ruff", "format", "."], cwd=ROOT) or mended


def bench(arguments: Sequence[str]) -> int:
    """Measure, on the screen that is there or on one that nobody sees."""
    from devkit import screen, system

    python = ready().python
    place: AbstractContextManager[dict[str, str]] = nullcontext(dict(os.environ))
    if screen.is_missing(os.environ):
        if not system.provide_screenless_x():
            raise SetupFailed(f"To measure there must be a screen. {_no_x()}")
        place = screen.unseen()
    with place as env:
        return subprocess.call([python, "-m", "tests.bench", *arguments], cwd=ROOT, env=env)


def soak(arguments: Sequence[str]) -> int:
    """Use the program for long without a screen, and see whether it grows."""
    return subprocess.call([ready().python, "-m", "tests.soak", *arguments], cwd=ROOT)


def setup(arguments: Sequence[str]) -> int:
    """Set up whatever is missing, for the tests too."""
    from devkit import system

    environment = ready()
    if not system.provide_screenless_x() and sys.platform.startswith("linux"):
        say(_no_x())
    say(f"Maskwright is set up in {environment.folder}")
    return 0


def ready() -> Environment:
    """The checkout's environment, set up if need be."""
    environment = Environment(ROOT)
    if not environment.is_ready:
        from devkit import system

        system.provide()
        environment.prepare(install_project)
    return environment


def _become(command: list[str]) -> int:
    """Let `command` take this process's place, with its signals and its exit code."""
    if os.name == "posix":
        sys.stdout.flush()
        os.execv(command[0], command)
    return subprocess.call(command)


def _no_x() -> str:
    from devkit import system

    if not sys.platform.startswith("linux"):
        return "there is no X server on this system"
    return f"Xvfb is not installed ({system.apt_line([system.SCREENLESS_X])})"


def leave(number: int, frame: object) -> NoReturn:
    """End by way of every `finally`, so that what was started here ends too."""
    sys.exit(128 + number)


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "format": format_code,
    "bench": bench,
    "soak": soak,
    "setup": setup,
}
WITHOUT_ARGUMENTS = frozenset({"check", "format", "setup"})
