"""What was cleared last, so that it can be had back after other edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.contract.hints import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from app.model.change import Change
    from app.model.geometry import Size
    from app.model.patch import TilePatch
    from app.session.document import Document

RESELECTED = QT_TRANSLATE_NOOP("Document", "Reselect")


class Cleared(QObject):
    """The paint that the last clearing took, as long as a picture of its size is open."""

    changed = Signal(bool)
    """Whether there is something to bring back."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._paint: Change = {}
        self._size: Size | None = None
        document.picture_changed.connect(self._follow_picture)

    def remember(self, clearing: TilePatch) -> None:
        """Keep what was painted until this edit, which was just made."""
        mask = self._document.mask
        assert mask is not None
        before = clearing.before(mask).items()
        if paint := {tile: data for tile, data in before if data != b"\0"}:
            self._keep(paint, mask.size)

    def reselect(self) -> None:
        """Bring it back on top of what is there now; one step."""
        from app.model.edits import added

        mask = self._document.mask
        if mask is not None and self._paint and not self._document.is_painting:
            self._document.apply(RESELECTED, added(mask, self._paint))

    def _keep(self, paint: Change, size: Size | None) -> None:
        had = bool(self._paint)
        self._paint, self._size = paint, size
        if had != bool(paint):
            self.changed.emit(bool(paint))

    def _follow_picture(self) -> None:
        mask = self._document.mask
        if mask is None or mask.size != self._size:
            self._keep({}, None)
