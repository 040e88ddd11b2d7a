"""Going round an area corner by corner."""

from __future__ import annotations

from math import atan2, cos, hypot, pi, sin
from typing import TYPE_CHECKING

from app.canvas.gestures.gesture import Fresh
from app.canvas.gestures.outlines import Chain, line_through
from app.contract.hints import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPainterPath

    from app.canvas.gestures.gesture import Gesture, Pointer
    from app.canvas.gestures.outlines import Place
    from app.canvas.gestures.selector import Manner, Selector

NEAR = 8
"""How near to a corner, in pixels of the screen, a press is on it."""
FEWEST = 3
"""Corners of the simplest polygon."""
TOO_FEW = QT_TRANSLATE_NOOP("Hints", "A polygon has three corners at least.")
STEP = pi / 4
"""The directions that Shift allows are so far apart."""


def polygon(selector: Selector, manner: Manner, zoom: Callable[[], float]) -> Gesture:
    """Select what the lines between corners go round; `zoom` in the screen's pixels.

    A press sets a corner or takes hold of one. It ends with a press on the first corner or with
    "finish"; "back" takes the last corner away, and after the first one there is nothing left.
    Shift, pressed on the way, has lines go level, upright or halfway between.
    """
    from app.model.selection.shapes import Polygon

    pointer = yield
    if pointer is None:
        return
    corners, fresh = _Corners(zoom), Fresh(pointer.keys)
    with selector.outline() as outline:
        while True:
            if pointer is None:
                corners.let_go()
            else:
                corners.follow(pointer, straight=fresh(pointer.keys).shift)
            if corners.is_closed:
                break
            if pointer is not None and pointer.act == "finish":
                selector.remark(TOO_FEW)
            if not corners.places:
                return
            outline.draw(*corners.paths())
            pointer = yield
    selector.join(Polygon(tuple(corners.places)), manner)


class _Corners:
    """The corners that are set, and the place that the next line goes to."""

    def __init__(self, zoom: Callable[[], float]) -> None:
        self.is_closed = False
        self._zoom = zoom
        self._chain = Chain(zoom)
        self._before: list[Place] = []  # the last press
        self._held: int | None = None
        self._ahead: Place | None = None

    @property
    def places(self) -> list[Place]:
        return self._chain.places

    def follow(self, pointer: Pointer, *, straight: bool) -> None:
        """Do what the pointer says."""
        match pointer.act:
            case "press":
                self._press(pointer, straight)
            case "unpress":
                self._chain.restore(self._before)
                self._held = None
            case "finish":
                self.is_closed = len(self.places) >= FEWEST
            case "back":
                self._chain.pop()
            case _ if self._held is None:
                self._ahead = self._aimed(pointer, len(self.places), straight)
            case _:
                self._chain.move(self._held, self._aimed(pointer, self._held, straight))

    def let_go(self) -> None:
        """The corner in hand stays where it is."""
        self._held = None

    def paths(self) -> list[QPainterPath]:
        """All lines, the one ahead too, with the corners marked."""
        paths = self._chain.parts()
        if self._ahead and self._held is None:
            paths.append(line_through([self.places[-1], self._ahead]))
        return paths

    def _press(self, pointer: Pointer, straight: bool) -> None:
        self._before = self.places.copy()
        at = self._near(pointer)
        if at == 0 and len(self.places) >= FEWEST:
            self.is_closed = True
            return
        if at is None:
            at = len(self.places)
            self._chain.add(self._aimed(pointer, at, straight))
        self._held, self._ahead = at, None

    def _near(self, pointer: Pointer) -> int | None:
        """The corner that the pointer is on."""
        x, y, _ = pointer.sample
        for at, (column, row) in enumerate(self.places):
            if hypot(x - column, y - row) * self._zoom() <= NEAR:
                return at
        return None

    def _aimed(self, pointer: Pointer, at: int, straight: bool) -> Place:
        """The place of the pointer, as a line from the corner before `at` may go there."""
        x, y, _ = pointer.sample
        if not straight or at == 0:
            return x, y
        column, row = self.places[at - 1]
        length, angle = hypot(x - column, y - row), atan2(y - row, x - column)
        angle = round(angle / STEP) * STEP
        return column + length * cos(angle), row + length * sin(angle)
