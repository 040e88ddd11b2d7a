"""Foreign files in: an upright sRGB `Picture`, a project around one, or a `PictureError`.

Foreign bytes are never read in the program itself but in a process beside it (`worker`), only as
what their beginning names, and only after the size in their header was found bearable. What
crashes, hangs or eats memory there is one refused file here, and another process reads on.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING, TypeVar

from app.model.errors import NoRoom, PictureError
from app.storage.pictures import limits
from app.storage.pictures.reader import Reader, ReaderDied
from app.storage.pictures.reading import Attention, Left, Reading
from app.storage.project.generations import or_last_good
from app.worker.frames import MAX_PARTS, Frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from app.model.picture import Picture
    from app.model.project import OpenedProject

_AT_ONCE = 2

T = TypeVar("T")


class Pictures:
    """Reads pictures and projects, two at a time, from any thread. One process stays warm.

    `header_s` is the patience with a file's header; the size that it tells decides on the rest.
    """

    def __init__(self, header_s: float = limits.HEADER_S) -> None:
        self._header_s = header_s
        self._turns = BoundedSemaphore(_AT_ONCE)
        self._lock = Lock()
        self._idle: Reader | None = None
        self._busy: set[Reader] = set()
        self._is_closed = False

    @property
    def pids(self) -> list[int]:
        """The processes that there are now."""
        with self._lock:
            return [reader.pid for reader in (*self._busy, self._idle) if reader is not None]

    def warm(self) -> None:
        """Start a process now, so that the first picture need not wait for it."""
        with self._turns, suppress(ReaderDied):  # the first picture tells
            self._give_back(self._taken())

    def open(self, path: Path, attention: Attention | None = None) -> Picture | OpenedProject:
        """What the file at `path` holds, or a damaged project's last good generation. Blocks."""
        who = attention or Attention()

        def read(path: Path) -> Picture | OpenedProject:
            question = _about_file("open", path)
            return self._ask(lambda reading: reading.content(question, path), who, path)

        return or_last_good(path, read)

    def load(self, path: Path, attention: Attention | None = None) -> Picture:
        """The picture in the file at `path`. Blocks."""
        question = _about_file("file", path)
        return self._read(question, path.name, path, attention or Attention())

    def load_bytes(self, data: bytes, name: str = "") -> Picture:
        """The picture in `data`, which came from somewhere else than a file. Blocks."""
        if len(data) > MAX_PARTS:
            raise PictureError("too_large", detail=f"{len(data) >> 20} MiB")
        return self._read(Frame("bytes", parts=(data,)), name, None, Attention())

    def about(self, data: bytes) -> Mapping[str, str]:
        """What the picture in `data` says about itself, as `encode` wrote it. Blocks."""
        return self._ask(lambda reading: reading.about(data), Attention(), None)

    def is_plain(self, data: bytes) -> bool:
        """Whether `data` is a PNG or JPEG with nothing in it but its pixels. Blocks."""
        try:
            return self._ask(lambda reading: reading.is_plain(data), Attention(), None)
        except PictureError:
            return False

    def is_whole(self, path: Path) -> bool:
        """Whether all that a project's file has, whoever wrote it, can be read. Blocks."""
        question = _about_file("whole", path)
        try:
            self._ask(lambda reading: reading.check(question), Attention(), path)
        except PictureError:
            return False
        return True

    def close(self) -> None:
        """End the processes, whatever they do; who waits for a picture gets a `PictureError`."""
        with self._lock:
            self._is_closed = True
            readers = [*self._busy, *([self._idle] if self._idle else [])]
            self._idle = None
        for reader in readers:
            reader.kill()
        for reader in readers:
            reader.end()

    def _read(self, question: Frame, name: str, path: Path | None, who: Attention) -> Picture:
        return self._ask(lambda reading: reading.picture(question, name, path), who, path)

    def _ask(self, talk: Callable[[Reading], T], who: Attention, path: Path | None) -> T:
        try:
            with self._turns, self._reader() as reader:
                return talk(Reading(reader, who, self._header_s))
        except NoRoom:
            raise
        except PictureError as error:
            raise PictureError(error.kind, path, error.detail) from error
        except (ReaderDied, Left) as error:
            raise PictureError("unreadable", path, str(error)) from error

    @contextmanager
    def _reader(self) -> Iterator[Reader]:
        """A process for one conversation; one that is left in the middle of it is ended."""
        reader = self._taken()
        try:
            yield reader
        except PictureError:
            self._give_back(reader)
            raise
        except BaseException:
            with self._lock:
                self._busy.discard(reader)
            reader.end()
            raise
        self._give_back(reader)

    def _taken(self) -> Reader:
        with self._lock:
            if self._is_closed:
                raise ReaderDied("the program is closing")
            reader, self._idle = self._idle, None
            if reader is None or not reader.is_alive:
                reader = Reader()
            self._busy.add(reader)
            return reader

    def _give_back(self, reader: Reader) -> None:
        """Keep one that is idle; the second of two is not needed for long."""
        with self._lock:
            self._busy.discard(reader)
            if self._idle is None and not self._is_closed:
                self._idle = reader
                return
        reader.end()


def _about_file(kind: str, path: Path) -> Frame:
    """A question about the file at `path`."""
    # What a process takes for its current folder may be another by now.
    return Frame(kind, parts=(os.fsencode(path.absolute()),))
