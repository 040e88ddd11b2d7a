"""The wand at work: what it selects is shown while it is chosen, and follows its settings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.contract.hints import QT_TRANSLATE_NOOP
from app.model.geometry import Rect

if TYPE_CHECKING:
    from app.model.selecting import Mode
    from app.model.wand import Wand
    from app.session.document import Document
    from app.session.history import Step
    from app.session.tools import Tools
    from app.session.work import Compute, MaskWork

WAND = QT_TRANSLATE_NOOP("Document", "Magic Wand")


class Wanding(QObject):
    """One use of the wand at a time.

    From `begin` to `keep` or `drop` it is tried out. After that it is a step like others; but as
    long as that is the newest step, it is made again whenever the wand's settings change.
    """

    def __init__(
        self, document: Document, tools: Tools, work: MaskWork, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._tools = tools
        self._work = work
        self._wand: Wand | None = None
        self._mode: Mode = "add"
        self._is_held = False
        self._is_tried = False
        self._before: Step | None = None
        self._step: Step | None = None
        tools.selecting_changed.connect(self._follow)
        work.shown.connect(self._settle)
        work.ended.connect(self._note_step)
        document.picture_changed.connect(self._forget)

    def begin(self, x: int, y: int, mode: Mode) -> bool:
        """Show what is of the colour of this pixel.

        False if the picture has no such pixel, or if the step before is still made again.
        """
        from app.model.wand import Wand

        picture = self._document.picture
        if picture is None or Rect(x, y, x + 1, y + 1).within(Rect.of(picture.size)).is_empty:
            return False
        if self._is_tried:
            self._work.keep()  # a step that is being made again is not to be lost
            if self._work.is_busy:
                return False
        self._wand, self._mode = Wand(picture, x, y), mode
        self._work.preview(WAND, self._compute(self._wand))  # ends what was tried before
        self._is_held = self._is_tried = True
        self._before, self._step = self._document.undo_stack.newest(), None
        return True

    def keep(self) -> None:
        """Make a step of what is shown."""
        self._is_held = False
        self._work.keep()

    def drop(self) -> None:
        """The wand was never used."""
        self._wand, self._is_held = None, False
        self._work.drop()

    def _compute(self, wand: Wand) -> Compute:
        return partial(wand.change, self._tools.selecting, self._mode)

    def _follow(self) -> None:
        """Other settings: select by them."""
        if self._wand is None or self._tools.tool != "wand":
            return
        compute = self._compute(self._wand)
        if self._step is not None and not self._is_tried:
            self._is_tried = self._work.retry(self._step, compute)
        elif self._is_tried or self._is_next():
            self._work.preview(WAND, compute)
            self._is_tried = True

    def _is_next(self) -> bool:
        """Whether nothing was done, or is being tried out, since the wand changed nothing."""
        is_tried = self._work.is_trying
        return not is_tried and self._document.undo_stack.newest() is self._before

    def _settle(self) -> None:
        """What was made again is shown: it is a step again."""
        if self._is_tried and not self._is_held:
            self._work.keep()

    def _note_step(self) -> None:
        """Remember which step it became; none if that changed nothing."""
        if self._is_tried:
            self._is_tried = False
            newest = self._document.undo_stack.newest()
            self._step = newest if newest is not self._before else None

    def _forget(self) -> None:
        self._wand = self._step = self._before = None
