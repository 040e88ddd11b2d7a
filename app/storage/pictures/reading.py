"""One picture as it comes from a reader: its header, the memory for it, drafts, its planes.

Of what a reader says nothing is believed but numbers, and they only as far as they were agreed to:
foreign bytes have been in it.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Any

from app.model.draft import Draft, Watch
from app.model.errors import PictureError
from app.model.geometry import Size
from app.storage.pictures import limits
from app.storage.pictures.reader import ReaderDied
from app.storage.pictures.room import check_room
from app.worker.frames import Frame

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.model.picture import Picture
    from app.storage.pictures.canvas import Canvas
    from app.storage.pictures.drafts import Rows
    from app.storage.pictures.reader import Reader

TICK_S = 0.05
"""How long an answer is waited for before anything else is looked at."""


class Left(Exception):
    """Nobody waits for the picture any more."""


@dataclass(frozen=True, slots=True, eq=False)
class Attention:
    """Somebody who waits for a picture.

    `watch` hears of drafts of a large one; what takes time of its own for that waits until
    `is_watched` is set, where there is one. Whoever sets `has_left` ends the reading.
    """

    watch: Watch | None = None
    is_watched: Event | None = None
    has_left: Event = field(default_factory=Event)


class Reading:
    """A conversation with a reader, who has `header_s` seconds until a picture's header is read.

    What it raises beside `PictureError` leaves the reader in the middle of something.
    """

    def __init__(self, reader: Reader, attention: Attention, header_s: float) -> None:
        self._reader = reader
        self._attention = attention
        self._left_s = header_s
        self._rows: Rows | None = None
        self._is_watched = False

    def picture(self, question: Frame, name: str, path: Path | None) -> Picture:
        """The picture in the file or the bytes that are asked for."""
        self._reader.tell(question)
        header = self._answer("header").data
        with _believing():
            size, needed = _size(header), int(header["needed"])
            more_s = limits.patience_s(size, int(header["file_bytes"])) - limits.HEADER_S
        try:
            check_room(size, needed, path)
        except PictureError:
            self._reader.tell(Frame("enough"))
            raise
        self._left_s += more_s
        return self._on_canvas(size, name, path)

    def about(self, data: bytes) -> dict[str, str]:
        """What the picture in `data` says about itself."""
        self._reader.tell(Frame("about", parts=(data,)))
        told = self._answer("about").data
        with _believing():
            return {str(key): str(text) for key, text in told["told"].items()}

    def _on_canvas(self, size: Size, name: str, path: Path | None) -> Picture:
        # Here and below, as they bring numpy, which the start of the program can do without.
        from app.storage.pictures import drafts
        from app.storage.pictures.canvas import BYTES, Canvas

        is_seen = self._attention.watch is not None and size.area >= drafts.LARGE
        if is_seen:
            self._show(size, None)
        memory = self._reader.give_room(BYTES * size.area, is_seen=is_seen)
        canvas = Canvas(memory, size.area)
        while (answer := self._next(size)).kind != "picture":
            self._follow(answer, size, canvas)
        with _believing():
            return canvas.picture(
                _size(answer.data),
                has_alpha=answer.data["has_alpha"] is True,
                name=name,
                path=path,
                notices=tuple(map(str, answer.data["notices"])),
            )

    def _answer(self, kind: str) -> Frame:
        """The next frame, which must be of that kind."""
        frame = self._next()
        if frame.kind != kind:
            raise ReaderDied("nonsense")
        return frame

    def _next(self, draft: Size | None = None) -> Frame:
        """The next frame; meanwhile the rows that are there may be shown. A refusal is raised."""
        seen: Picture | None = None
        # Waits are counted, not hours: while the machine sleeps nobody is late.
        while self._left_s > 0:
            self._tell_of_watch()
            if (frame := self._reader.hear(TICK_S)) is not None:
                return _unrefused(frame)
            self._left_s -= TICK_S
            # It is a moment old: had the reader begun to convert colours, that would be told.
            if draft is not None and seen is not None:
                self._show(draft, seen)
            seen = self._rows.look() if self._rows is not None else None
        raise ReaderDied("it took too long")

    def _tell_of_watch(self) -> None:
        if self._attention.has_left.is_set():
            raise Left
        event = self._attention.is_watched
        if not self._is_watched and (event is None or event.is_set()):
            self._is_watched = True
            self._reader.tell(Frame("watched"))

    def _follow(self, frame: Frame, size: Size, canvas: Canvas) -> None:
        from app.storage.pictures import drafts

        with _believing():
            match frame.kind:
                case "rows":
                    self._rows = drafts.Rows(canvas, size, **frame.data)
                case "draft":
                    self._show(size, drafts.reduced(_size(frame.data), frame.parts[0]))
                case "decoded":
                    self._rows = None
                case _:
                    raise ValueError(frame.kind)

    def _show(self, size: Size, picture: Picture | None) -> None:
        if self._attention.watch is not None:
            self._attention.watch(Draft(size=size, picture=picture))


@contextmanager
def _believing() -> Iterator[None]:
    """What cannot be understood was said by a reader that is not itself any more."""
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise ReaderDied("nonsense") from error


def _unrefused(frame: Frame) -> Frame:
    if frame.kind == "refused":
        told = frame.data
        raise PictureError(str(told.get("kind")), detail=str(told.get("detail")))
    return frame


def _size(data: dict[str, Any]) -> Size:
    return Size(int(data["width"]), int(data["height"]))
