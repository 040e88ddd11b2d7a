"""An edit of the mask that is tried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.model.change import Change, Rewrite
    from app.model.geometry import Rect
    from app.model.patch import Patch
    from app.model.picture import Plane


class Trial:
    """An edit that the mask shows as if it was done, and that is no step yet.

    Once it is kept or dropped it does nothing any more. `ended` takes what it changed, or None.
    """

    def __init__(
        self,
        title: str,
        rewrite: Rewrite,
        changed: Callable[[Iterable[Rect]], None],
        ended: Callable[[Patch | None], None],
    ) -> None:
        self.title = title
        self._rewrite = rewrite
        self._changed = changed
        self._ended = ended
        self.is_live = True

    def base(self) -> Plane:
        """The mask's values before the trial, read-only; copied."""
        return self._rewrite.base()

    def show(self, change: Change) -> None:
        """Show this change of the mask before the trial, in place of what was shown."""
        if self.is_live:
            self._changed(self._rewrite.show(change))

    def keep(self) -> None:
        """Make one step of what is shown."""
        if self.is_live:
            self.is_live = False
            self._ended(self._rewrite.finish())

    def drop(self) -> None:
        """Show the mask as it was before, as if nothing had been tried."""
        if self.is_live:
            self.is_live = False
            self._changed(self._rewrite.cancel())
            self._ended(None)
