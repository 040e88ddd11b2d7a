"""The steps that a document's history is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.model.geometry import Rect
    from app.model.mask import Mask
    from app.model.patch import Patch
    from app.model.picture import Picture


@dataclass(frozen=True, slots=True, weakref_slot=True)
class MaskStep:
    """An edit of a mask. `title` is an English source text of the context "Document"."""

    title: str
    patch: Patch
    mask: Mask
    swapped: Callable[[Patch, list[Rect]], None]

    @property
    def text(self) -> str:
        return QCoreApplication.translate("Document", self.title)

    @property
    def nbytes(self) -> int:
        return self.patch.nbytes

    def undo(self) -> None:
        self.swapped(self.patch, self.patch.undo_into(self.mask))

    def redo(self) -> None:
        self.swapped(self.patch, self.patch.redo_into(self.mask))


class Origin:
    """What a document's content began as; the same for all that was made of it since."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a document holds: a picture and the mask that belongs to it."""

    picture: Picture
    mask: Mask
    origin: Origin = field(default_factory=Origin)


@dataclass(frozen=True, slots=True, weakref_slot=True)
class PictureStep:
    """Another picture in the place of the open one, with its mask or a new one."""

    title: str
    before: Content
    after: Content
    show: Callable[[Content], None]

    @property
    def text(self) -> str:
        return QCoreApplication.translate("Document", self.title)

    @property
    def nbytes(self) -> int:
        """What is held for this step alone; the document's own content is not counted."""
        nbytes = max(_weight(self.before.picture), _weight(self.after.picture))
        if self.before.mask is not self.after.mask:
            nbytes += max(self.before.mask.plane.nbytes, self.after.mask.plane.nbytes)
        return nbytes

    def undo(self) -> None:
        self.show(self.before)

    def redo(self) -> None:
        self.show(self.after)


def _weight(picture: Picture) -> int:
    return picture.pixels.nbytes + (0 if picture.alpha is None else picture.alpha.nbytes)
