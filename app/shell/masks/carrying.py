"""Takes a mask along to another picture, if the artist wants that."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.contract.hints import QT_TRANSLATE_NOOP
from app.shell.messages import Message

if TYPE_CHECKING:
    from app.model.change import Change, Report
    from app.model.geometry import Size
    from app.model.mask import Mask
    from app.model.picture import Plane
    from app.session.document import Document
    from app.session.work import MaskWork
    from app.shell.main_window import MainWindow

CARRIED = QT_TRANSLATE_NOOP("Document", "Keep Mask")


class Carrying(QObject):
    """Offers the mask that was painted when another picture begins with an empty one.

    Nothing is lost either way: going back in the history brings the picture back with its mask.
    """

    def __init__(
        self,
        window: MainWindow,
        document: Document,
        work: MaskWork,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._document = document
        self._work = work
        self._mask = document.mask
        self._left: Mask | None = None
        self._message: Message | None = None
        document.picture_changed.connect(self._follow)
        document.mask_edited.connect(self._withdraw)

    def _follow(self) -> None:
        before, now = self._mask, self._document.mask
        self._mask = now
        self._end()
        if before is None or now is None or before is now or before.is_empty:
            return
        # A picture that was gone back to has its own mask; what can be gone on to, too.
        if now.is_empty and not self._document.undo_stack.canRedo():
            self._offer(before, now)

    def _offer(self, before: Mask, now: Mask) -> None:
        title = self.tr("The mask of the last picture is not on this one")
        text = self.tr("Undo brings both back, or keep the mask here as it is.")
        if before.size != now.size:
            told = self.tr(
                "Undo brings both back, or keep the mask here, scaled from {before} to {now}."
            )
            text = told.format(before=_told(before.size), now=_told(now.size))
        self._left, self._message = before, Message(title, text)
        self._window.stage.notice.tell(
            self._message, "info", action=(self.tr("Keep Mask"), self._keep)
        )

    def _keep(self) -> None:
        """Make one step of the mask that was left behind."""
        left = self._left
        if left is None:
            return

        def compute(base: Plane, report: Report) -> Change:
            from app.model.change import combine
            from app.model.geometry import Rect, Size
            from app.model.mask_source import fitted

            height, width = base.shape
            size = Size(width, height)
            plane = fitted(left.plane, size, "scale")
            assert plane is not None
            report(0.5)
            return combine(base, plane, Rect.of(size), "replace")

        self._work.then(partial(self._work.run, CARRIED, compute))

    def _withdraw(self) -> None:
        """Another mask was begun: the offer would take it away."""
        if not self._document.mask_is_empty:
            self._end()

    def _end(self) -> None:
        self._window.stage.notice.withdraw(self._message)
        self._left = self._message = None


def _told(size: Size) -> str:
    """A size that no line ends within."""
    return f"{size.width}\u00a0×\u00a0{size.height}"
