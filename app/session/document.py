"""The open picture and its mask.

What needs numpy is read when a picture is opened, so that start-up does not wait for it.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.contract.hints import QT_TRANSLATE_NOOP
from app.model.aids import UNAIDED, Aids
from app.model.geometry import EMPTY, Rect
from app.session.cleared import Cleared
from app.session.history import History
from app.session.live_stroke import LiveStroke
from app.session.packing import Packer
from app.session.steps import Content, MaskStep, Origin, PictureStep
from app.session.trial import Trial

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.model.brush import Brush
    from app.model.change import Change, Rewrite
    from app.model.mask import Mask
    from app.model.patch import Patch, TilePatch
    from app.model.picture import Picture, Plane
    from app.model.snapshot import Snapshot
    from app.model.stamp import StampCache
    from app.session.history import Step


PAINTED = QT_TRANSLATE_NOOP("Document", "Brush Stroke")
ERASED = QT_TRANSLATE_NOOP("Document", "Eraser Stroke")
INVERTED = QT_TRANSLATE_NOOP("Document", "Invert Mask")
CLEARED = QT_TRANSLATE_NOOP("Document", "Clear Mask")
FILLED = QT_TRANSLATE_NOOP("Document", "Fill Mask")
OPENED = QT_TRANSLATE_NOOP("Document", "Open Picture")
REPLACED = QT_TRANSLATE_NOOP("Document", "Use as New Picture")

LOOSE_SHARE = 16
"""Which part of what the history may weigh is left unpacked."""


class Document(QObject):
    """A picture, its mask and the history of both.

    `picture_coming`: a picture is about to be open.
    `picture_changed`: another picture is open, perhaps with another mask, or none is.
    `mask_changed`: pixels of the mask in a rectangle may be others; told for each bit of a stroke,
    and once more, perhaps with an empty rectangle, when an edit is finished.
    `mask_edited`: an edit of the mask was finished, undone or redone.
    `trial_begun`: something is tried out; `trial_ended`: it is kept or dropped.
    """

    picture_coming = Signal()
    picture_changed = Signal()
    mask_changed = Signal(object)
    mask_edited = Signal()
    trial_begun = Signal()
    trial_ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = History(self)
        self._content: Content | None = None
        self._painting: LiveStroke | None = None
        self._trial: Trial | None = None
        self._stamps: StampCache | None = None
        self.cleared = Cleared(self)
        self._packer = Packer(lambda: self.undo_stack.most_bytes // LOOSE_SHARE, self)
        self._packer.done.connect(self.undo_stack.trim)

    @property
    def picture(self) -> Picture | None:
        return self._content.picture if self._content else None

    @property
    def mask(self) -> Mask | None:
        return self._content.mask if self._content else None

    @property
    def origin(self) -> Origin | None:
        """What was opened, of which the picture and the mask were made."""
        return self._content.origin if self._content else None

    @property
    def mask_is_empty(self) -> bool:
        """Whether nothing is painted; a stroke counts from its end on."""
        return self._content is None or self._content.mask.is_empty

    @property
    def is_painting(self) -> bool:
        """Whether a stroke is under way."""
        return self._painting is not None

    @property
    def is_trying(self) -> bool:
        """Whether an edit is tried out."""
        return self._trial is not None

    @property
    def can_undo(self) -> bool:
        """Whether `undo` takes anything back."""
        return self._trial is not None or self.undo_stack.canUndo()

    @property
    def undo_text(self) -> str:
        """What `undo` takes back, translated."""
        if self._trial is not None:
            return QCoreApplication.translate("Document", self._trial.title)
        return self.undo_stack.undoText()

    @property
    def can_redo(self) -> bool:
        """Whether `redo` makes anything again."""
        return self._trial is None and self.undo_stack.canRedo()

    @property
    def redo_text(self) -> str:
        """What `redo` makes again, translated."""
        return self.undo_stack.redoText() if self.can_redo else ""

    def mask_box(self) -> Rect:
        """The smallest rectangle around all paint."""
        return self._content.mask.box() if self._content else EMPTY

    def mask_snapshot(self) -> Snapshot:
        """The mask as it is now; there must be a picture."""
        if self._trial is not None:
            self._trial.show_all()
        return self._opened.mask.snapshot()

    def open(self, picture: Picture, mask: Plane | None = None) -> None:
        """Begin anew with this picture and the values of `mask`, or an empty one.

        Where paint would be lost it is one step: a slip of the hand must not cost a mask.
        """
        from app.model.mask import Mask

        self.picture_coming.emit()
        self._settle()
        made = Mask(picture.size) if mask is None else Mask.of(mask)
        before, after = self._content, Content(picture, made)
        if before is None or before.mask.is_empty:
            self._forget()
            self._show(after)
            return
        self._replace(OPENED, before, after)

    def close(self) -> None:
        """Let go of everything."""
        self._forget()
        self._show(None)

    def use_as_picture(self, picture: Picture) -> None:
        """Go on with this picture; one step. The mask stays if it fits, else it is a new one."""
        from app.model.mask import Mask

        self._settle()
        before = self._opened
        fits = picture.size == before.picture.size
        mask = before.mask if fits else Mask(picture.size)
        after = Content(picture, mask, before.origin)
        self._replace(REPLACED, before, after)

    @contextmanager
    def stroke(
        self, brush: Brush, *, erase: bool = False, aids: Aids = UNAIDED, zoom: float = 1.0
    ) -> Iterator[LiveStroke]:
        """A stroke that lasts as long as the `with`; an exception takes it back without a trace."""
        painting = self._begin_stroke(brush, erase, aids, zoom)
        try:
            yield painting
            patch = painting.finish() if painting.is_live else None
        except BaseException:
            if painting.is_live:
                self._drop_stroke()
            raise
        if patch is not None:
            self._end_stroke(patch, ERASED if erase else PAINTED)

    def trial(self, title: str) -> Trial:
        """Begin to try out an edit; any other edit keeps what it shows, undo drops it.

        `title` names the step that it becomes, a source text of the context "Document".
        """
        from app.model.change import Rewrite

        self._settle()
        return self._try(title, Rewrite(self._opened.mask))

    def retry(self, step: Step) -> Trial | None:
        """Go back to trying out what became this step, if it is the newest; it is none then.

        None if it is not, as while something else is tried out or painted.
        """
        from app.model.change import Rewrite
        from app.model.patch import TilePatch

        is_newest = not self.undo_stack.is_held and step is self.undo_stack.newest()
        if not (is_newest and isinstance(step, MaskStep) and isinstance(step.patch, TilePatch)):
            return None
        self.undo_stack.take()
        return self._try(step.title, Rewrite(self._opened.mask, step.patch))

    def apply(self, title: str, change: Change) -> None:
        """Make a change; one step."""
        trial = self.trial(title)
        trial.show(change)
        trial.keep()

    def undo(self) -> None:
        """Take back what is being tried out, or else the last step."""
        self.go_to(self.undo_stack.index() - 1)

    def redo(self) -> None:
        """Make the step again that was undone last; nothing while something is tried out."""
        self.go_to(self.undo_stack.index() + 1)

    def go_to(self, index: int) -> None:
        """Undo or redo until `index` steps are done.

        What is being tried out counts as one step on the way back. While it lasts nothing is
        redone: that would take it away unasked.
        """
        done = self.undo_stack.index()
        if self._trial is None:
            self.undo_stack.setIndex(index)
        elif index <= done:
            self._trial.drop()
            if index < done - 1:
                self.undo_stack.setIndex(index)

    def invert(self) -> None:
        """Swap what is redrawn and what is kept; one step."""
        from app.model.edits import invert

        if self._content and not self._painting:
            self._settle()
            mask = self._content.mask
            self._push(INVERTED, invert(mask), [Rect.of(mask.size)])

    def clear(self) -> None:
        """Take all paint away; one step. What it was is remembered in `cleared`."""
        if patch := self._flood(CLEARED, 0):
            self.cleared.remember(patch)

    def fill(self) -> None:
        """Paint everything; one step."""
        self._flood(FILLED, 255)

    @property
    def _opened(self) -> Content:
        if self._content is None:
            raise RuntimeError("no picture is open")
        return self._content

    def _replace(self, title: str, before: Content, after: Content) -> None:
        """One step; what was undone before is gone by the time the picture is announced."""
        self._content = after
        self.undo_stack.push(PictureStep(title, before, after, self._show))
        self._show(after)

    def _show(self, content: Content | None) -> None:
        self._content = content
        self.picture_changed.emit()
        self._tell([])

    def _forget(self) -> None:
        self._settle()
        self.undo_stack.clear()
        self._packer.clear()

    def _begin_stroke(self, brush: Brush, erase: bool, aids: Aids, zoom: float) -> LiveStroke:
        from app.model.stamp import StampCache
        from app.model.stroke import Stroke

        self._settle()
        self._stamps = self._stamps or StampCache()
        stroke = Stroke(
            self._opened.mask,
            brush,
            erase=erase,
            aids=aids,
            picture=self._opened.picture,
            zoom=zoom,
            cache=self._stamps,
        )
        self._painting = LiveStroke(stroke, self.mask_changed.emit)
        self._hold(True)
        return self._painting

    def _end_stroke(self, patch: Patch, title: str) -> None:
        self._painting = None
        self._hold(False)
        self._push(title, patch, [])

    def _try(self, title: str, rewrite: Rewrite) -> Trial:
        self._trial = Trial(title, rewrite, self.mask_changed.emit, self._tell, self._end_trial)
        self._hold(True)
        self.trial_begun.emit()
        return self._trial

    def _end_trial(self, patch: Patch | None) -> None:
        trial, self._trial = self._trial, None
        self._hold(False)
        if trial is not None and patch is not None:
            self._push(trial.title, patch, [])
        self.trial_ended.emit()

    def _settle(self) -> None:
        """Before another edit: what is tried out stays, a stroke under way never happened."""
        if self._trial:
            self._trial.keep()
        self._drop_stroke()

    def _flood(self, title: str, value: int) -> TilePatch | None:
        from app.model.edits import fill

        if self._content is None or self._painting:
            return None
        self._settle()
        mask = self._content.mask
        area = Rect.of(mask.size) if value else mask.box()
        patch = fill(mask, value)
        self._push(title, patch, [area])
        return patch

    def _drop_stroke(self) -> None:
        if self._painting:
            self._painting.drop()
            self._painting = None
            self._hold(False)
            self._tell([])

    def _hold(self, is_held: bool) -> None:
        """Let nothing come between the bits of a stroke."""
        self.undo_stack.is_held = is_held
        self._packer.hold(is_held)

    def _push(self, title: str, patch: Patch, changed: Iterable[Rect]) -> None:
        """Take an edit that was just made into the history, unless it changed nothing."""
        if not patch.is_empty:
            self._packer.add(patch)
            self.undo_stack.push(MaskStep(title, patch, self._opened.mask, self._swapped))
        self._tell(changed)

    def _swapped(self, patch: Patch, changed: Iterable[Rect]) -> None:
        """An edit was undone or redone: its patch holds other tiles now."""
        self._packer.add(patch)
        self._tell(changed)

    def _tell(self, changed: Iterable[Rect]) -> None:
        """Announce that an edit is finished."""
        for rect in changed:
            self.mask_changed.emit(rect)
        self.mask_changed.emit(EMPTY)
        self.mask_edited.emit()
