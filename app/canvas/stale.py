"""What is to be made anew."""

from __future__ import annotations

from app.model.geometry import EMPTY, Rect

MOST = 32


class Stale:
    """A few rectangles that cover all that was added.

    They may overlap, and cover more where that makes them fewer: one large rectangle is done
    faster than many small ones.
    """

    def __init__(self) -> None:
        self._rects: list[Rect] = []

    def __bool__(self) -> bool:
        return bool(self._rects)

    def add(self, rect: Rect) -> None:
        last = self._rects[-1] if self._rects else EMPTY
        if last.is_empty:
            self._rects.append(rect)
        elif not last.contains(rect):
            both = joined(last, rect)
            if both is None:
                self._rects.append(rect)
            else:
                self._rects[-1] = both
        if len(self._rects) > MOST:
            self._rects = [around(self._rects)]

    def take(self) -> list[Rect]:
        """All of it; nothing is stale then."""
        rects, self._rects = self._rects, []
        return rects


def joined(one: Rect, other: Rect) -> Rect | None:
    """The rectangle around both, unless it is much larger than they are."""
    both = one.united(other)
    return both if _pixels(both) <= 2 * (_pixels(one) + _pixels(other)) else None


def _pixels(rect: Rect) -> int:
    left, top, right, bottom = rect
    return (right - left) * (bottom - top)


def around(rects: list[Rect]) -> Rect:
    """The smallest rectangle around all."""
    lefts, tops, rights, bottoms = zip(*rects, strict=True)
    return Rect(min(lefts), min(tops), max(rights), max(bottoms))
