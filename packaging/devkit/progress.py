"""Long commands, shown as a few short lines."""

import queue
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import IO

from devkit.failure import SetupFailed

SIGN_OF_LIFE_S = 10.0
KEPT_LINES = 40


def say(text: str) -> None:
    """Tell the person what happens, at once even when the output goes to a file."""
    print(text, flush=True)


def watched(
    command: Sequence[str],
    describe: Callable[[str], str | None],
    env: Mapping[str, str] | None = None,
) -> None:
    """Run `command`, saying what `describe` makes of each line; never silent for long.

    Raises SetupFailed with the last lines of the output when the command fails.
    """
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=env,
        )
    except OSError as error:
        raise SetupFailed(f"{command[0]} could not be started: {error.strerror}") from error
    with process:
        assert process.stdout is not None
        try:
            tail = _narrate(process.stdout, describe)
            code = process.wait()
        except BaseException:
            process.terminate()
            raise
    if code:
        output = "\n".join(f"    {line}" for line in tail)
        raise SetupFailed(f"{output}\nThis failed: {' '.join(command)}")


def _narrate(output: IO[str], describe: Callable[[str], str | None]) -> list[str]:
    """Say what comes out until it ends; answers the last lines."""
    lines: queue.Queue[str | None] = queue.Queue()
    pump = threading.Thread(target=_pump, args=(output, lines), daemon=True)
    pump.start()
    start = time.monotonic()
    tail: list[str] = []
    while True:
        try:
            line = lines.get(timeout=SIGN_OF_LIFE_S)
        except queue.Empty:
            say(f"    still at it, {time.monotonic() - start:.0f} s so far")
            continue
        if line is None:
            pump.join()
            return tail
        tail = [*tail[1 - KEPT_LINES :], line.rstrip()]
        if news := describe(line.strip()):
            say(f"    {news}")


def _pump(output: IO[str], lines: queue.Queue[str | None]) -> None:
    for line in output:
        lines.put(line)
    lines.put(None)
