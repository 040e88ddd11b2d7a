"""The mask is never lost: what changes in it is handed to a writer as it is painted.

While a hand paints, it is only noted where. When it lifts, and every two seconds of a long stroke,
the tiles there are copied, a few between any two events, and handed over together: so what is kept
is the mask as it was at one moment. A kill costs the stroke in hand at most, or one that ended a
moment ago (`SEEN_MS`); a power cut two seconds. What is only tried out is not kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, Protocol
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, QTimer, Signal

from app.model.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from app.model.geometry import Rect
    from app.model.mask import Mask
    from app.model.picture import Picture
    from app.session.autosave_tiles import TouchedTiles
    from app.session.document import Document
    from app.session.parameters import ParameterState

PIECE = 64
"""Tiles that are copied between two events: half a millisecond at most."""

SEEN_MS = 20
"""How long copying waits, so that what was done is on the screen first."""

STROKE_MS = 2000
"""How much of a stroke in hand a kill or a power cut may cost."""

TYPING_MS = 1000
"""How long nothing may be changed in the panel before that is kept too."""

QUIT_S = 1.5
"""How long the program's end may wait for the disk."""


Tell = Callable[[Exception | None], object]
"""Is told in any thread what keeps the mask from being kept, or None: it is kept again."""

Take = Callable[["Mapping[int, bytes]"], object]
"""Takes what some tiles hold now."""


class Writer(Protocol):
    """Keeps masks on disk in a thread of its own; see `storage.autosave.writer`."""

    @property
    def standing(self) -> Literal["kept", "failing", "stuck"]: ...
    def begin(self, picture: Picture, parameters: Mapping[str, Any]) -> Path: ...
    def write(self, tiles: Mapping[int, bytes]) -> None: ...
    def know(self, tiles: Mapping[int, bytes]) -> None: ...
    def note(self, parameters: Mapping[str, Any]) -> None: ...
    def describe(self, picture: Picture) -> None: ...
    def leave(self) -> None: ...
    def supersede(self, folder: Path) -> None: ...
    def saved(self) -> None: ...
    def flush(self, patience_s: float) -> bool: ...
    def close(self, patience_s: float) -> None: ...


class Autosave(QObject):
    """Follows the document. The writer is made when the first picture is opened.

    `failed` tells once what keeps the mask from being kept (an `AppError`, or a bug), `mended` that
    it is kept again.
    """

    failed = Signal(object)
    mended = Signal()
    _told = Signal(object)

    def __init__(
        self,
        document: Document,
        parameters: ParameterState,
        make_writer: Callable[[Tell], Writer],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._parameters = parameters
        self._make_writer = make_writer
        self._writer: Writer | None = None
        self._mask: Mask | None = None
        self._touched: TouchedTiles | None = None
        self._rects: list[Rect] = []  # in which the mask has changed since `_note`
        self._folders: WeakKeyDictionary[Mask, Path] = WeakKeyDictionary()
        self._replaced: list[Path] = []  # by the mask that is opened next
        self._outdated: list[Path] = []  # as soon as this mask is kept
        self._is_trying = False
        self._is_stuck = False
        self._turn = QTimer(self)
        self._stroke = QTimer(self, interval=STROKE_MS)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._link()

    def note_saved(self) -> None:
        """A project file holds all that is open, safely on disk: nothing is kept here any more."""
        if self._writer is not None:
            self._finish(self._writer.know)
            self._writer.saved()

    def replaces(self, folder: Path) -> None:
        """The mask that is opened next was kept in this folder, which is put away in time."""
        self._replaced.append(folder)

    def flush(self) -> bool:
        """Have all on disk, waiting no longer than `QUIT_S`; whether it is."""
        self._finish()
        return self._writer is None or self._writer.flush(QUIT_S)

    def close(self) -> None:
        """The same, and leave everything to whoever starts next."""
        self._finish()
        for timer in (self._turn, self._stroke, self._typing):
            timer.stop()
        if self._writer is not None:
            self._writer.note(self._parameters.to_json())
            self._writer.close(QUIT_S)
        self._writer = self._mask = self._touched = None

    def _link(self) -> None:
        document = self._document
        self._turn.timeout.connect(self._copy_some)
        self._stroke.timeout.connect(self._begin_copying)
        self._stroke.timeout.connect(self._watch)
        self._typing.timeout.connect(self._keep_parameters)
        self._told.connect(self._tell)
        self._parameters.changed.connect(self._typing.start)
        document.picture_changed.connect(self._follow_picture)
        # With every move of a hand: nothing costs less.
        document.mask_changed.connect(self._rects.append)
        document.mask_edited.connect(self._begin_copying)
        document.trial_begun.connect(self._wait)
        document.trial_ended.connect(self._go_on)

    def _begin_copying(self) -> None:
        """As soon as there is a moment."""
        if self._is_trying:
            self._note()
        elif not self._turn.isActive():
            self._turn.start(SEEN_MS)

    def _note(self) -> None:
        """Find out the tiles of all that has changed."""
        if self._touched is not None:
            self._touched.note(self._rects)
        self._rects.clear()

    def _copy_some(self) -> None:
        self._note()
        if self._touched is None or self._touched.copy(PIECE):
            self._hand_over()
        else:
            self._turn.start(0)

    def _finish(self, take: Take | None = None) -> None:
        """Copy all that is left, in one go."""
        if self._touched is not None and not self._is_trying:
            self._note()
            self._touched.copy()
            self._hand_over(take)

    def _hand_over(self, take: Take | None = None) -> None:
        self._turn.stop()
        tiles = self._touched.take() if self._touched is not None else {}
        if not tiles or self._writer is None:
            return
        (take or self._writer.write)(tiles)
        while self._outdated:
            self._writer.supersede(self._outdated.pop())

    def _wait(self) -> None:
        """What is tried out is no edit yet, and the mask shows it."""
        self._is_trying = True
        self._turn.stop()

    def _go_on(self) -> None:
        self._is_trying = False
        self._begin_copying()

    def _follow_picture(self) -> None:
        self._finish()
        mask, picture = self._document.mask, self._document.picture
        if mask is None or picture is None:
            self._leave()
        elif mask is self._mask and self._writer is not None:
            self._writer.describe(picture)
        else:
            self._begin(mask, picture)

    def _begin(self, mask: Mask, picture: Picture) -> None:
        # Here, as the start need not wait for numpy.
        from app.session.autosave_tiles import TouchedTiles

        if self._writer is None:
            self._writer = self._make_writer(self._told.emit)
        before = self._folders.get(mask)
        self._outdated = self._replaced + ([] if before is None else [before])
        self._replaced = []
        self._folders[mask] = self._writer.begin(picture, self._parameters.to_json())
        self._mask = mask
        # Where it has paint it comes back, or was found again; `mask_edited` follows.
        self._touched = TouchedTiles(mask, is_all=not mask.is_empty)
        self._rects.clear()
        self._stroke.start()

    def _leave(self) -> None:
        self._stroke.stop()
        self._mask = self._touched = None
        if self._writer is not None:
            self._writer.leave()

    def _keep_parameters(self) -> None:
        if self._writer is not None:
            self._writer.note(self._parameters.to_json())

    def _watch(self) -> None:
        """Tell of a disk that does not answer: nothing fails then, and nothing is kept."""
        standing = "kept" if self._writer is None else self._writer.standing
        was_stuck, self._is_stuck = self._is_stuck, standing == "stuck"
        if self._is_stuck and not was_stuck and self._mask is not None:
            self.failed.emit(StorageError("silent", self._folders[self._mask]))
        elif was_stuck and standing == "kept":
            self.mended.emit()

    def _tell(self, error: Exception | None) -> None:
        if error is None:
            self.mended.emit()
        else:
            self.failed.emit(error)
