"""The engine's hold on one worker process: started when needed, killed to cancel.

A thread of its own talks to each process. asyncio's own child processes would not do: on
Python 3.11 they are waited for in daemon threads, which crash the interpreter when it ends
while one is still inside Qt's event loop; and megabytes in small pieces would keep that loop
busy.
"""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from app.worker.frames import BrokenFrame, Frame
from app.worker.process import Process, command

Command = Callable[[], Sequence[str]]
"""Gives the words that start a worker; a bundled program has its own."""

Heard = Callable[[Frame], None]


class WorkerDied(Exception):
    """The worker ended, or talked nonsense, before it had answered."""


def worker_command() -> Sequence[str]:
    """Start the engine's worker."""
    return command("app.engine.worker")


class Worker:
    """One worker process, which answers one question at a time."""

    def __init__(self, command: Command = worker_command) -> None:
        self._command = command
        self._process: Process | None = None
        self._thread = ThreadPoolExecutor(1, "engine worker")
        self._turn = asyncio.Lock()
        self._stop = threading.Event()
        self._is_closed = False

    @property
    def pid(self) -> int | None:
        """The process that is alive now, if any."""
        return self._process.pid if self._process else None

    async def ask(self, question: Frame, heard: Heard) -> Frame:
        """The answer; `progress` frames before it go to `heard`. Raises `WorkerDied`.

        When this is cancelled the process is killed: half a question would leave it out of step.
        """
        async with self._turn:
            if self._is_closed:
                raise WorkerDied("the engine is closing")
            loop = asyncio.get_running_loop()
            self._stop = stop = threading.Event()

            def tell(frame: Frame) -> None:
                loop.call_soon_threadsafe(heard, frame)

            exchange = loop.run_in_executor(self._thread, self._exchange, question, tell, stop)
            try:
                return await asyncio.shield(exchange)
            except asyncio.CancelledError:
                self._kill()
                with suppress(WorkerDied):
                    await exchange
                raise

    async def aclose(self) -> None:
        """End the process, whatever it does; a question under way raises `WorkerDied`."""
        self._is_closed = True
        self._kill()
        async with self._turn:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._thread, self._end)
            self._thread.shutdown()

    def _kill(self) -> None:
        """Make the exchange under way, if any, fail at once."""
        self._stop.set()
        if process := self._process:
            process.kill()

    def _exchange(self, question: Frame, tell: Heard, stop: threading.Event) -> Frame:
        try:
            process = self._started()
            if stop.is_set():
                raise EOFError("cancelled")
            process.write(question)
            while (answer := process.read()).kind == "progress":
                tell(answer)
        except (OSError, EOFError, BrokenFrame) as error:
            self._end()
            raise WorkerDied(str(error)) from error
        if stop.is_set():  # killed after its last word
            self._end()
        return answer

    def _started(self) -> Process:
        if self._process and not self._process.is_alive:
            self._end()
        if self._process is None:
            flags = 0
            if sys.platform == "win32":
                flags = subprocess.BELOW_NORMAL_PRIORITY_CLASS
            self._process = Process(self._command(), windows_flags=flags)
        return self._process

    def _end(self) -> None:
        """Kill the process and wait until it is gone; the next question starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.end()
