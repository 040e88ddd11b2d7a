"""What tools share that select areas: the outline while one is drawn, and its way to the mask."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from app.model.geometry import EMPTY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QPainterPath

    from app.model.geometry import Rect, Size
    from app.model.selecting import Mode, Selecting
    from app.model.selection.shapes import Shape
    from app.session.document import Document
    from app.session.work import MaskWork

AT_ONCE = 1 << 20
"""Areas of up to so many pixels are joined within a frame; others take a thread."""


class Manner(NamedTuple):
    """How an area is to join the mask."""

    title: str
    """Of the step: a source text of the context "Document"."""
    selecting: Selecting
    mode: Mode


class Selector:
    """Shows outlines by `show`, paths in picture pixels, and tells their size by `measure`.

    `remark` takes what there is to say in passing, a source text of the context "Hints".
    """

    def __init__(
        self,
        document: Document,
        work: MaskWork,
        show: Callable[..., None],
        measure: Callable[[Size | None], None],
        remark: Callable[[str], None],
    ) -> None:
        self._document = document
        self._work = work
        self._show = show
        self._measure = measure
        self.remark = remark

    @contextmanager
    def outline(self) -> Iterator[Selector]:
        """For as long as an outline is drawn; at its end, whatever that is, none is shown."""
        try:
            yield self
        finally:
            self._show()
            self._measure(None)

    def draw(self, *paths: QPainterPath, size: Size | None = None) -> None:
        """Show this outline now; what of it is as it was should be the same paths."""
        self._show(*paths)
        self._measure(size)

    def join(self, shape: Shape, manner: Manner) -> None:
        """Join an area to the mask, as one step; one that covers nothing changes nothing."""
        self._work.then(partial(self._join, shape, manner))

    def snap(self, rough: Shape, manner: Manner) -> None:
        """Join the object that a rough area goes round."""
        self._work.then(partial(self._snap, rough, manner))

    def _join(self, shape: Shape, manner: Manner) -> None:
        from app.model.selection.area import change_by

        mask, reach = self._document.mask, self._reach(shape, manner)
        if mask is None or reach.is_empty:
            return
        title, selecting, mode = manner
        looked_at = reach.size if mode in ("add", "subtract") else mask.size
        compute = partial(change_by, shape, selecting, mode)
        if looked_at.area <= AT_ONCE:
            self._document.apply(title, compute(mask.plane, lambda _share: None))
        else:
            self._work.run(title, compute)

    def _snap(self, rough: Shape, manner: Manner) -> None:
        from app.model.outline.snap import snapped_change

        picture = self._document.picture
        if picture is None or self._reach(rough, manner).is_empty:
            return
        title, selecting, mode = manner
        self._work.run(title, partial(snapped_change, picture, rough, selecting, mode))

    def _reach(self, shape: Shape, manner: Manner) -> Rect:
        """The pixels of the picture that may be covered."""
        from app.model.selection.area import reach_of

        mask = self._document.mask
        return EMPTY if mask is None else reach_of(shape.box, manner.selecting, mask.size)
