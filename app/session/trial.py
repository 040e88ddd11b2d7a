"""An edit of the mask that is tried out."""

from __future__ import annotations

from math import inf
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from app.model.change import Change, Rewrite
    from app.model.geometry import Rect
    from app.model.patch import Patch
    from app.model.picture import Plane


class Trial:
    """An edit that the mask shows as if it was done, and that is no step yet.

    `changed` is told of each bit that is shown, `shown` that all is there and of what is not told
    yet. Once it is kept or dropped it does nothing any more; `ended` takes what it changed, or
    None.
    """

    def __init__(
        self,
        title: str,
        rewrite: Rewrite,
        changed: Callable[[Rect], None],
        shown: Callable[[Iterable[Rect]], None],
        ended: Callable[[Patch | None], None],
    ) -> None:
        self.title = title
        self._rewrite = rewrite
        self._changed = changed
        self._shown = shown
        self._ended = ended
        self._rest: Iterator[list[Rect]] | None = None
        self.is_live = True

    def base(self) -> Plane:
        """The mask's values before the trial, read-only; copied."""
        return self._rewrite.base()

    def show(self, change: Change) -> None:
        """Show this change of the mask before the trial, in place of what was shown."""
        self.begin(change)
        self.show_all()

    def begin(self, change: Change) -> None:
        """Show this change in place of what was shown, bit by bit as `show_more` says."""
        if self.is_live:
            self._rest = self._rewrite.showing(change)

    def show_more(self, seconds: float) -> bool:
        """Go on with that for about so long; True when all is shown."""
        end = perf_counter() + seconds
        for rects in self._rest or ():
            for rect in rects:
                self._changed(rect)
            if perf_counter() >= end:
                return False
        if self._rest is not None:
            self._rest = None
            self._shown([])
        return True

    def show_all(self) -> None:
        """Go on to the end: somebody wants the mask whole."""
        self.show_more(inf)

    def keep(self) -> None:
        """Make one step of what is shown, or about to be."""
        if self.is_live:
            self.show_all()
            self.is_live = False
            self._ended(self._rewrite.finish())

    def drop(self) -> None:
        """Show the mask as it was before, as if nothing had been tried."""
        if self.is_live:
            self.is_live = False
            self._rest = None
            self._shown(self._rewrite.cancel())
            self._ended(None)
