"""The other side, in the worker process: what the program asks, and what it is told."""

import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from typing import BinaryIO

from app.worker import frames
from app.worker.frames import Frame


class Program:
    """The program that started this process, which ends when that does or wants it to.

    Made once, before anything else speaks on stdout. Frames of a kind in `at_once` are acted on
    the moment they come, whatever this process is at; all others wait until they are heard.
    """

    def __init__(self, at_once: Mapping[str, Callable[[], None]] | None = None) -> None:
        # Ctrl+C reaches the whole group of processes; the program alone decides what ends.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._at_once = at_once or {}
        self._answers = _claimed_stdout()
        self._speaking = threading.Lock()
        self._asked: queue.SimpleQueue[Frame] = queue.SimpleQueue()
        threading.Thread(target=self._listen, name="asked", daemon=True).start()

    def hear(self) -> Frame:
        """The next frame, when it comes."""
        return self._asked.get()

    def tell(self, frame: Frame) -> None:
        """Send a frame, from any thread; without anybody to hear it this process ends."""
        try:
            with self._speaking:
                frames.write(self._answers, frame)
        except BrokenPipeError:
            os._exit(0)

    def _listen(self) -> None:
        try:
            while True:
                frame = frames.read(sys.stdin.buffer)
                if act := self._at_once.get(frame.kind):
                    act()
                else:
                    self._asked.put(frame)
        finally:
            os._exit(0)


def _claimed_stdout() -> BinaryIO:
    """Stdout for frames alone; whatever else prints there goes to stderr from now on."""
    own = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return own
