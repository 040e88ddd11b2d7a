"""The engine's hold on one worker process: started when needed, killed to cancel."""

import asyncio
import os
import sys
from asyncio.subprocess import Process
from collections.abc import Callable, Sequence
from pathlib import Path

import app
from app.engine import frames
from app.engine.frames import BrokenFrame, Frame

Command = Callable[[], Sequence[str]]
"""Gives the words that start a worker; a bundled program has its own."""

_READ_LIMIT = 1024 * 1024


class WorkerDied(Exception):
    """The worker ended, or talked nonsense, before it had answered."""


def worker_command() -> Sequence[str]:
    """Start the worker with this interpreter; `-P` keeps the current folder out of it."""
    return (sys.executable, "-P", "-m", "app.engine.worker")


class Worker:
    """One worker process, which answers one question at a time."""

    def __init__(self, command: Command = worker_command) -> None:
        self._command = command
        self._process: Process | None = None
        self._turn = asyncio.Lock()
        self._is_closed = False
        self._is_killed = False

    @property
    def pid(self) -> int | None:
        """The process that is alive now, if any."""
        return self._process.pid if self._process else None

    async def ask(self, question: Frame, heard: Callable[[Frame], None]) -> Frame:
        """The last answer; those before it go to `heard`.

        The process is killed when this is cancelled or fails: half a question would leave it
        out of step. Raises `WorkerDied`.
        """
        async with self._turn:
            if self._is_closed:
                raise WorkerDied("the engine is closing")
            try:
                return await self._exchange(question, heard)
            except (OSError, EOFError) as error:
                await self._end()
                raise WorkerDied(str(error)) from error
            except BaseException as error:
                self._kill()
                await self._end()
                if isinstance(error, BrokenFrame):
                    raise WorkerDied(str(error)) from error
                raise

    async def aclose(self) -> None:
        """End the process, whatever it does; a question under way raises `WorkerDied`."""
        self._is_closed = True
        self._kill()
        async with self._turn:
            await self._end()

    def _kill(self) -> None:
        # Only once: `Process.kill` looks whether the child has ended and would take its exit
        # status away from the event loop, which then complains about an unknown child.
        if self._process and self._process.returncode is None and not self._is_killed:
            self._is_killed = True
            self._process.kill()

    async def _end(self) -> None:
        """Wait until the process is gone; it ends with its stdin if it was not killed."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin
        process.stdin.close()
        # Reading to the end lets the transports close, which they must before the loop does.
        await process.communicate()

    async def _exchange(self, question: Frame, heard: Callable[[Frame], None]) -> Frame:
        if self._process and self._process.returncode is not None:
            await self._end()
        process = self._process or await self._start()
        assert process.stdin
        assert process.stdout
        await frames.send(process.stdin, question)
        while (answer := await frames.receive(process.stdout)).kind in {"progress", "picture"}:
            heard(answer)
        return answer

    async def _start(self) -> Process:
        flags = 0
        if sys.platform == "win32":
            import subprocess

            flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
        self._process = await asyncio.create_subprocess_exec(
            *self._command(),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=_READ_LIMIT,
            env=_environment(),
            creationflags=flags,
        )
        self._is_killed = False
        return self._process


def _environment() -> dict[str, str]:
    """What the worker may know: where the program lies, and no key."""
    kept = {name: value for name, value in os.environ.items() if name != "MASKWRIGHT_API_KEY"}
    roots = [str(Path(app.__file__).parent.parent), kept.get("PYTHONPATH", "")]
    path = os.pathsep.join(filter(None, roots))
    # One thread each for numpy: the worker uses no linear algebra, and threads cost memory.
    return {**kept, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}
