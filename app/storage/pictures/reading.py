"""One file as it comes from a reader: its header, the memory for its picture, drafts, the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING

from app.model.draft import Draft, Watch
from app.model.errors import PictureError
from app.storage.pictures import limits
from app.storage.pictures.believing import believing, of_kind, picture_on, size_in, unrefused
from app.storage.pictures.reader import ReaderDied
from app.storage.pictures.room import MAX_LAID, MAX_PIXELS, check_room
from app.worker.frames import Frame

if TYPE_CHECKING:
    from pathlib import Path

    from app.model.geometry import Size
    from app.model.picture import Picture
    from app.model.project import OpenedProject
    from app.storage.pictures.canvas import Canvas
    from app.storage.pictures.drafts import Rows
    from app.storage.pictures.reader import Reader

TICK_S = 0.05
"""How long an answer is waited for before anything else is looked at."""

_LAST = {"picture", "project"}


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
        self._followed: set[str] = set()

    def picture(self, question: Frame, name: str, path: Path | None) -> Picture:
        """The picture in the file or the bytes that are asked for."""
        said, canvas = self._canvas(question, path)
        with believing():
            return picture_on(canvas, of_kind(said, "picture"), name, path)

    def content(self, question: Frame, path: Path) -> Picture | OpenedProject:
        """What is in the file that is asked for, be it a picture or a project."""
        said, canvas = self._canvas(question, path)
        with believing():
            picture = picture_on(canvas, said, path.name, path)
            if said.kind == "picture":
                return picture
            from app.storage.project.answer import believed

            return believed(said, picture, path)

    def check(self, question: Frame) -> None:
        """Return when all of the project that is asked about can be read."""
        self._reader.tell(question)
        header = self._answer("header").data
        with believing():
            file_bytes = int(header["file_bytes"])
        self._wait_for(0, file_bytes)
        self._answer("whole")

    def is_plain(self, data: bytes) -> bool:
        """Whether `data` is a picture with nothing in it but its pixels."""
        self._reader.tell(Frame("plain", parts=(data,)))
        return self._answer("plain").data.get("is_plain") is True

    def about(self, data: bytes) -> dict[str, str]:
        """What the picture in `data` says about itself."""
        self._reader.tell(Frame("about", parts=(data,)))
        told = self._answer("about").data
        with believing():
            return {str(key): str(text) for key, text in told["told"].items()}

    def _canvas(self, question: Frame, path: Path | None) -> tuple[Frame, Canvas]:
        """The last that is said of what is asked for, and the canvas that it lies on by then."""
        self._reader.tell(question)
        header = self._answer("header").data
        with believing():
            size, needed = size_in(header, least=0), int(header["needed"])
            pixels, file_bytes = int(header["pixels"]), int(header["file_bytes"])
        try:
            check_room(size, needed, path)
        except PictureError:
            self._reader.tell(Frame("enough"))
            raise
        self._wait_for(pixels, file_bytes)
        return self._filled(size)

    def _wait_for(self, pixels: int, file_bytes: int) -> None:
        """Have as much patience as that takes, if it is no more than is ever decoded."""
        if pixels > MAX_PIXELS + MAX_LAID or file_bytes > limits.MAX_FILE_BYTES:
            raise ReaderDied("nonsense")
        self._left_s += limits.patience_s(pixels, file_bytes) - limits.HEADER_S

    def _filled(self, size: Size) -> tuple[Frame, Canvas]:
        # Here and below, as they bring numpy, which the start of the program can do without.
        from app.storage.pictures import drafts
        from app.storage.pictures.canvas import BYTES, Canvas

        is_seen = self._attention.watch is not None and size.area >= drafts.LARGE
        if is_seen:
            self._show(size, None)
        memory = self._reader.give_room(BYTES * size.area, is_seen=is_seen)
        canvas = Canvas(memory, size.area)
        while (said := self._next(size)).kind not in _LAST:
            self._follow(said, size, canvas)
        return said, canvas

    def _answer(self, kind: str) -> Frame:
        """The next frame, which must be of that kind."""
        return of_kind(self._next(), kind)

    def _next(self, draft: Size | None = None) -> Frame:
        """The next frame; meanwhile the rows that are there may be shown. A refusal is raised."""
        seen: Picture | None = None
        # Waits are counted, not hours: while the machine sleeps nobody is late.
        while self._left_s > 0:
            self._tell_of_watch()
            if (frame := self._reader.hear(TICK_S)) is not None:
                return unrefused(frame)
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

    def _follow(self, said: Frame, size: Size, canvas: Canvas) -> None:
        from app.storage.pictures import drafts

        with believing():
            if said.kind in self._followed:
                raise ValueError("told twice")
            self._followed.add(said.kind)
            match said.kind:
                case "rows":
                    orientation, is_ordered = int(said.data["orientation"]), said.data["is_ordered"]
                    self._rows = drafts.Rows(canvas, size, orientation, is_ordered=is_ordered)
                case "draft":
                    self._show(size, drafts.reduced(size_in(said.data), said.parts[0]))
                case "decoded":
                    self._rows = None
                case _:
                    raise ValueError(said.kind)

    def _show(self, size: Size, picture: Picture | None) -> None:
        if self._attention.watch is not None:
            self._attention.watch(Draft(size=size, picture=picture))
