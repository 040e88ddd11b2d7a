"""One process that reads pictures: asked in one thread, listened to in another."""

from __future__ import annotations

from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from app.storage.pictures.door import Giver
from app.storage.pictures.room import MAX_PIXELS
from app.worker.frames import BrokenFrame, Frame
from app.worker.process import Process, command

if TYPE_CHECKING:
    from mmap import mmap

MOST_UNHEARD = 8
"""Frames that wait to be heard; of one file there are fewer."""

_LONGEST = MAX_PIXELS + (4 << 20)
"""Bytes of a frame: a mask, what goes with it, and much to spare."""

_PATIENCE_S = 2.0


class ReaderDied(Exception):
    """The process ended, talked nonsense or took too long."""


class Reader:
    """Answers one question at a time, in some frames. Whatever is wrong with it is `ReaderDied`.

    A thread of its own waits for what it says, so that everybody else can stop waiting. The
    process may hang where not even a kill reaches it, on a network's disk: then that thread alone
    waits for its end.
    """

    def __init__(self) -> None:
        self._giver = Giver()
        try:
            words = command("app.storage.pictures.worker", *self._giver.words)
            self._process = Process(words, pass_fds=self._giver.descriptors)
        except OSError as error:
            self._giver.close()
            raise ReaderDied(str(error)) from error
        self._giver.started()
        self._heard: SimpleQueue[Frame | None] = SimpleQueue()
        self._listener = Thread(target=self._listen, name="reader", daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive

    def tell(self, frame: Frame) -> None:
        """Ask a question, or go on with one."""
        try:
            self._process.write(frame)
        except (OSError, ValueError) as error:
            raise ReaderDied(str(error)) from error

    def hear(self, timeout_s: float) -> Frame | None:
        """The next frame; None when there is none in that time."""
        try:
            frame = self._heard.get(timeout=timeout_s)
        except Empty:
            return None
        if frame is None:
            raise ReaderDied("it ended")
        return frame

    def give_room(self, size: int, *, is_seen: bool) -> mmap:
        """Let it go on, with so many bytes to write to; `is_seen` asks for drafts."""
        try:
            memory, told = self._giver.give(size)
        except OSError as error:
            raise ReaderDied(str(error)) from error
        self.tell(Frame("room", {**told, "is_seen": is_seen}))
        return memory

    def kill(self) -> None:
        """End it; whoever listens finds out."""
        self._process.kill()

    def end(self) -> None:
        """Kill it and wait until it is gone, for a short time if it cannot go."""
        self.kill()
        self._listener.join(_PATIENCE_S)

    def _listen(self) -> None:
        # What could speak without end would fill the program's memory.
        with suppress(OSError, EOFError, BrokenFrame):
            while self._heard.qsize() < MOST_UNHEARD:
                self._heard.put(self._process.read(_LONGEST))
        self._heard.put(None)
        self._process.end()
        self._giver.close()
