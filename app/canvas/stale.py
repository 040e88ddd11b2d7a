"""What is to be made anew."""

from __future__ import annotations

from app.model.geometry import Rect, union

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
        rects = self._rects
        if not rects:
            rects.append(rect)
        elif not rects[-1].contains(rect):
            both = joined(rects[-1], rect)
            if both is not None:
                rects[-1] = both
            elif len(rects) < MOST:
                rects.append(rect)
            else:
                rects[:] = [union([*rects, rect])]

    def take(self) -> list[Rect]:
        """All of it; nothing is stale then."""
        rects, self._rects = self._rects, []
        return rects


def joined(one: Rect, other: Rect) -> Rect | None:
    """The rectangle around both, unless it is much larger than they are."""
    both = one.united(other)
    left, top, right, bottom = both
    a, b, c, d = one
    e, f, g, h = other
    most = 2 * ((c - a) * (d - b) + (g - e) * (h - f))
    return both if (right - left) * (bottom - top) <= most else None
