"""Whole-pixel geometry: sizes and rectangles in image pixels, y downwards."""

from collections.abc import Sequence
from typing import NamedTuple, Self

_new = tuple.__new__


class Size(NamedTuple):
    """Width and height in pixels."""

    width: int
    height: int

    @property
    def longest(self) -> int:
        """The longer side."""
        return max(self)

    @property
    def area(self) -> int:
        """Pixels in all."""
        return self.width * self.height

    def scaled(self, factor: float) -> Self:
        """The size times `factor`, rounded, at least 1 × 1."""
        return type(self)(max(1, round(self.width * factor)), max(1, round(self.height * factor)))


class Rect(NamedTuple):
    """The pixels from `left`, `top` up to but without `right`, `bottom`."""

    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def of(cls, size: Size) -> Self:
        """The whole of a picture of `size`."""
        return cls(0, 0, size.width, size.height)

    @property
    def width(self) -> int:
        return max(0, self.right - self.left)

    @property
    def height(self) -> int:
        return max(0, self.bottom - self.top)

    @property
    def size(self) -> Size:
        return Size(self.width, self.height)

    @property
    def is_empty(self) -> bool:
        return self.right <= self.left or self.bottom <= self.top

    @property
    def rows(self) -> slice:
        return slice(self.top, self.bottom)

    @property
    def columns(self) -> slice:
        return slice(self.left, self.right)

    @property
    def slices(self) -> tuple[slice, slice]:
        """The index of these pixels in an array of rows: `plane[rect.slices]`."""
        return self.rows, self.columns

    def grown(self, margin: int) -> Self:
        """Wider by `margin` on every side; a negative margin shrinks."""
        left, top, right, bottom = self
        around = left - margin, top - margin, right + margin, bottom + margin
        return _new(type(self), around)

    def moved(self, dx: int, dy: int) -> Self:
        return type(self)(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)

    def within(self, other: "Rect") -> Self:
        """The pixels that both have; may be empty."""
        # Every move of a hand comes by here and in the next two: comparing is faster than calling,
        # and `_new` than the constructor.
        left, top, right, bottom = self
        a, b, c, d = other
        inside = (
            left if left > a else a,
            top if top > b else b,
            right if right < c else c,
            bottom if bottom < d else d,
        )
        return _new(type(self), inside)

    def united(self, other: "Rect") -> Self:
        """The smallest rectangle around both; an empty one adds nothing."""
        left, top, right, bottom = self
        a, b, c, d = other
        if c <= a or d <= b:
            return self
        if right <= left or bottom <= top:
            return _new(type(self), other)
        around = (
            left if left < a else a,
            top if top < b else b,
            right if right > c else c,
            bottom if bottom > d else d,
        )
        return _new(type(self), around)

    def contains(self, other: "Rect") -> bool:
        left, top, right, bottom = self
        a, b, c, d = other
        inside = left <= a and top <= b and right >= c and bottom >= d
        return inside or c <= a or d <= b


EMPTY = Rect(0, 0, 0, 0)


def union(rects: Sequence[Rect]) -> Rect:
    """The smallest rectangle around all of some that are not empty."""
    if not rects:
        return EMPTY
    lefts, tops, rights, bottoms = zip(*rects, strict=True)
    return Rect(min(lefts), min(tops), max(rights), max(bottoms))
