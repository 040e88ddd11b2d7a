"""The command line: `maskwright [FILE]`, `inpaint`, `resume`, `models`, `serve`.

Nothing heavy is imported before it is known what is wanted, so that the window comes up at once.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from app import __version__

_USAGE = """\
maskwright [FILE]              open the window, with a picture if one is given
maskwright inpaint IMAGE …     redraw part of a picture without a window
maskwright resume              finish the jobs that an earlier end has left
maskwright models …            list what a service offers
maskwright serve …             offer the built-in engine to other programs

Each command explains itself with --help."""

_NO_PLACE = 6


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    command = _COMMANDS.get(given[0]) if given else None
    if command is not None:
        from app.headless.logged import logged

        return logged(lambda: command(given[1:]))
    return _window(given)


def _window(given: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="maskwright", usage=_USAGE, description="Paint masks, redraw what is under them."
    )
    parser.add_argument("file", nargs="?", type=Path, help="a picture to open")
    parser.add_argument("--version", action="version", version=f"Maskwright {__version__}")
    options = parser.parse_args(given)
    if not _has_screen():
        print("maskwright: no screen was found (DISPLAY and WAYLAND_DISPLAY are not set).")
        print("Without one, these work: maskwright inpaint, resume, models and serve.")
        return 1

    from app.model.errors import StorageError
    from app.storage.folders import Folders
    from app.storage.instance import Instance, hand_over

    try:
        folders = Folders.standard()
    except StorageError as error:
        print(f"maskwright: {error}", file=sys.stderr)
        return _NO_PLACE
    with Instance.take(folders.data) as instance:
        if instance is not None:
            from app.bootstrap import run_window

            code = run_window(options.file, folders, instance)
    if instance is not None:
        from app.leaving import leave

        return leave(code)
    if hand_over(folders.data, options.file):
        return 0
    print("maskwright: it runs already, but does not answer. End it, then start again.")
    return 1


def _has_screen() -> bool:
    """Whether a window can be shown; Qt itself would end the process over it."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in names)


def _inpaint(given: list[str]) -> int:
    from app.headless.inpaint import main as inpaint

    return inpaint(given)


def _resume(given: list[str]) -> int:
    from app.headless.resume import main as resume

    return resume(given)


def _models(given: list[str]) -> int:
    from app.headless.models import main as models

    return models(given)


def _serve(given: list[str]) -> int:
    from app.headless.serve import main as serve

    return serve(given)


_COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "inpaint": _inpaint,
    "resume": _resume,
    "models": _models,
    "serve": _serve,
}
