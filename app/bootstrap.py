"""The window, from the command to its last moment.

It comes in two stages. What the first paint needs is small and comes first (`frame`); then
`program` brings in all that works, into a frame that does not move any more.
"""

from __future__ import annotations

import builtins
import gc
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.failures import Failures
    from app.shell.main_window import MainWindow
    from app.storage.folders import Folders
    from app.storage.instance import Instance
    from app.storage.pictures.early import EarlyReading

    Stage = Callable[[str, MainWindow], None]

TURN_S = 0.001
"""How long a thread may go on with Python while the window's waits for its turn.

That waits several times for each frame, before every call into Qt; Python's own is five times as
long.
"""


def run_window(
    file: Path | None,
    folders: Folders,
    instance: Instance | None = None,
    stage: Stage | None = None,
) -> int:
    """Open the window, with the picture in `file` if one is given; the exit code.

    `instance` is this program's hold on the profile in `folders`, where others leave files for it;
    `stage` is told when the window was `painted` first and when it is `ready` for everything.
    """
    # What is made up to "ready" stays to the end: collecting in between finds nothing.
    gc.disable()
    from app.failures import Failures
    from app.leaving import in_time
    from app.storage.logs import Logs

    logs = Logs(folders.log)
    failures = Failures(logs)
    logs.start()
    logs.watch_for_crashes()
    try:
        with failures.watched_process():
            code = _open(file, folders, instance, stage or (lambda name, window: None), failures)
        with in_time(code):
            logs.expect_end()
            logs.close()
        return code
    finally:
        logs.close()


def _open(
    file: Path | None,
    folders: Folders,
    instance: Instance | None,
    tell: Stage,
    failures: Failures,
) -> int:
    sys.setswitchinterval(TURN_S)
    read = None if file is None else _ready_to_read(file)
    _import_qt()
    from app.frame import make_application, make_frame, show_painted

    application = make_application(sys.argv[0])
    frame = make_frame(folders)
    show_painted(application, frame.window)
    tell("painted", frame.window)

    early = None if read is None else read()

    import asyncio

    from app.eventloop import AppEventLoop
    from app.garbage import Collector
    from app.program import Program

    def ready() -> None:
        gc.freeze()
        Collector(frame.window)
        tell("ready", frame.window)

    async def live() -> int:
        program = Program(frame.window, frame.theme, frame.preferences, folders, early, failures)
        return await program.run(file, frame.notice, ready, instance)

    with asyncio.Runner(loop_factory=lambda: AppEventLoop(application)) as runner:
        return runner.run(live())


def _ready_to_read(file: Path) -> Callable[[], EarlyReading]:
    """What begins to read `file`; the process that will do it makes itself ready from now on."""
    from app.storage.pictures.early import EarlyReading
    from app.storage.pictures.loading import Pictures

    pictures = Pictures()
    pictures.warm()
    return lambda: EarlyReading(pictures, file)


def _import_qt() -> None:
    """Import Qt without slowing down every import after it.

    PySide6 replaces `__import__`, to read the source of each module that is imported from then on
    and look for its `__feature__` switches. There are none here, and reading all that source
    makes up a tenth of the time until the window is ready.
    """
    plain = builtins.__import__
    import PySide6.QtWidgets  # noqa: F401  (what the import does to Python is undone below)

    builtins.__import__ = plain
