"""The stroke that is being painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.model.brush import Sample
    from app.model.geometry import Rect
    from app.model.patch import Patch
    from app.model.stroke import Stroke


class LiveStroke:
    """A stroke that tells of every change until it ends; from then on it does nothing."""

    def __init__(self, stroke: Stroke, changed: Callable[[Rect], None]) -> None:
        self._stroke = stroke
        self._changed = changed
        self.is_live = True

    def extend(self, sample: Sample) -> None:
        """Paint on to the sample."""
        if self.is_live:
            self._announce(self._stroke.extend(sample))

    def finish(self) -> Patch:
        """End the stroke; what it changed."""
        self._announce(self._stroke.complete())
        patch = self._stroke.finish()
        self.is_live = False
        return patch

    def drop(self) -> None:
        """Take the stroke back as if it had never been."""
        self.is_live = False
        self._announce(self._stroke.cancel())

    def _announce(self, changed: Iterable[Rect]) -> None:
        for rect in changed:
            self._changed(rect)
