"""What painting costs, as ratios to the least that it could cost, side by side in one run.

The bound of an event is a compiled maximum of the same dabs, and for T2 a copy of the view's pixels
that were painted besides. It is given twice: driven from Python as any kernel here must be, one
call a dab with its slice taken then (this is what the goals are about), and "bare", where all that
the calls need was prepared before. An event is a move of 20 picture pixels. Times are the
processor's, spent in this program, so that others on the machine disturb less.
"""

from collections.abc import Callable, Iterator
from functools import partial
from math import cos, sin, tau
from statistics import median
from time import thread_time as clock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication

from app.canvas.canvas import Canvas
from app.look.theme import Theme
from app.model.brush import Brush, Sample
from app.model.geometry import Rect, Size
from app.model.mask import Mask
from app.model.picture import Picture
from app.model.stamp import StampCache
from app.model.stroke import Stroke
from app.session.document import Document
from app.session.tools import Tools
from tests.bench._bound import Bound, Dabs, Silent, compiled

SIDES = (2048, 8192)
DIAMETERS = (20, 100, 500, 1000)
HARDNESSES = ((0.5, "soft"), (1.0, "hard"))
VIEW = Size(1280, 900)
STEP = 20.0
EVENTS = 60
ROUNDS = 7

Plane = NDArray[np.uint8]


def main() -> None:
    """Print all ratios."""
    application = QApplication.instance() or QApplication([])
    with compiled() as least:
        print(f"bound: {least.words}\n")
        stamp_cost(least)
        undo_cost()
        painted_cost(least)
    repaint_cost()
    del application


# T1: stamps


def stamp_cost(least: Bound) -> None:
    print("T1  stamp per event ÷ bound (bare)    goal ≤ 1.8 to D 100, ≤ 3 beyond (soft)")
    for hardness, word in HARDNESSES:
        cells = []
        for diameter in DIAMETERS:
            ours, bound, bare = stamp_times(Brush(size=diameter, hardness=hardness), least)
            cells.append(f"D {diameter}: {ours / bound:.2f} ({ours / bare:.2f}) {us(ours)} µs")
        print(f"    {word}  {'   '.join(cells)}")
    print()


def stamp_times(brush: Brush, least: Bound) -> tuple[float, ...]:
    """Seconds of an event without undo, and of its two bounds."""
    size = Size(2048, 2048)
    mask, other, cache = Mask(size), Mask(size), StampCache()
    strokes = []
    for _ in range(ROUNDS + 1):
        stroke, dabs = Stroke(mask, brush, cache=cache), Dabs(other, brush, cache)
        stroke._recorder = Silent(mask)
        events = []
        for sample in way(size, 300):
            bounds = least.times(dabs.at(sample))
            events.append((timed(partial(stroke.extend, sample)), *bounds))
        strokes.append(summed(events))
    return per_event(strokes)


def summed(rows: list[tuple[float, ...]]) -> tuple[float, ...]:
    return tuple(map(sum, zip(*rows, strict=True)))


def per_event(strokes: list[tuple[float, ...]]) -> tuple[float, ...]:
    """The mean event of the median stroke, for each column; the first stroke makes the stamps.

    The mean, since large dabs fall on few events; the median, since machines are noisy.
    """
    return tuple(median(column) / EVENTS for column in zip(*strokes[1:], strict=True))


def way(size: Size, radius: float) -> Iterator[Sample]:
    """A hand that draws circles around the middle."""
    for number in range(EVENTS):
        angle = number * STEP / radius
        yield Sample(
            size.width / 2 + radius * cos(angle) + 0.3, size.height / 2 + radius * sin(angle) + 0.3
        )


# T5: undo


def undo_cost() -> None:
    print("T5  undo on ÷ off, per event          goal ≤ 2; D 1000: ≤ 250 kB; undo ≤ 5 ms")
    for side in SIDES:
        cells = []
        for diameter in DIAMETERS:
            on, off, weight, undo = undo_times(side, Brush(size=diameter))
            cells.append(
                f"D {diameter}: {on / off:.2f}, {weight / 1000:.0f} kB, {undo * 1e3:.1f} ms"
            )
        print(f"    {side}²  {'   '.join(cells)}")
    print()


def undo_times(side: int, brush: Brush) -> tuple[float, float, int, float]:
    """Seconds of an event with and without undo; a stroke's bytes; seconds to undo it."""
    size = Size(side, side)
    slope = np.broadcast_to(np.arange(side, dtype=np.uint8) // 2, (side, side))
    masks, cache = (Mask.of(slope), Mask.of(slope)), StampCache()
    times, undos, weight = [], [], 0
    for _ in range(ROUNDS + 1):
        strokes = [Stroke(mask, brush, cache=cache) for mask in masks]
        strokes[1]._recorder = Silent(masks[1])
        spent = [0.0, 0.0]
        for sample in way(size, 500):
            for number, stroke in enumerate(strokes):
                started = clock()
                stroke.extend(sample)
                spent[number] += clock() - started
        times.append(tuple(spent))
        patch = strokes[0].finish()
        patch.pack(10)
        weight = patch.nbytes
        undos.append(timed(partial(patch.undo_into, masks[0])))
    on, off = per_event(times)
    return on, off, weight, median(undos)


# T2 and T4: from the event to painted pixels


class Watched(Canvas):
    """Notes which of its pixels are painted."""

    painted = Rect(0, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        rect = event.rect().intersected(self.rect())
        self.painted = Rect(rect.left(), rect.top(), rect.right() + 1, rect.bottom() + 1)
        super().paintEvent(event)


class Easel:
    """A canvas on the screen with a picture open."""

    def __init__(self, side: int) -> None:
        self.size = Size(side, side)
        pixels = np.random.default_rng(7).integers(0, 256, (side, side, 4), np.uint8)
        pixels[..., 3] = 255
        self.document, self.tools = Document(), Tools()
        self.canvas = Watched(self.document, self.tools, Theme())
        self.canvas.resize(VIEW.width, VIEW.height)
        self.canvas.show()
        self.document.open(Picture(pixels=pixels))
        while self.canvas._building.isActive():
            QApplication.processEvents()
        self.bound_mask = Mask(self.size)
        self.buffers = np.empty((2, VIEW.height, VIEW.width), np.uint32)

    def look(self, *, fit: bool) -> None:
        self.canvas.fit()
        if not fit:
            self.canvas.actual_size()
        QApplication.processEvents()

    def send(self, kind: QEvent.Type, place: QPointF) -> float:
        """Deliver a mouse event and have the canvas painted; the seconds that took."""
        left = Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, place, place, left, left, Qt.KeyboardModifier.NoModifier)
        started = clock()
        QApplication.sendEvent(self.canvas, event)
        QApplication.processEvents()
        return clock() - started

    def stroke(self, brush: Brush, least: Bound, cache: StampCache) -> list[tuple[float, ...]]:
        """Seconds of each event of a stroke, and of its two bounds."""
        self.tools.edit(size=brush.size, hardness=brush.hardness, opacity=brush.opacity)
        dabs = Dabs(self.bound_mask, brush, cache)
        times, places = [], list(self.places())
        self.send(QEvent.Type.MouseButtonPress, places[0])
        dabs.at(self.sample(places[0]))
        for place in places[1:]:
            ours = self.send(QEvent.Type.MouseMove, place)
            driven, bare = least.times(dabs.at(self.sample(place)))
            copied = timed(self.copy_painted)
            times.append((ours, driven + copied, bare + copied))
        self.send(QEvent.Type.MouseButtonRelease, places[-1])
        self.document.undo_stack.clear()
        return times

    def copy_painted(self) -> None:
        to, origin = self.buffers
        np.copyto(to[self.canvas.painted.slices], origin[self.canvas.painted.slices])

    def places(self) -> Iterator[QPointF]:
        """Places of the view that are `STEP` pixels of the picture apart."""
        radius = 150.0
        step = STEP * self.canvas.zoom
        for number in range(EVENTS):
            angle = number * step / radius % tau
            x, y = VIEW.width / 2 + radius * cos(angle), VIEW.height / 2 + radius * sin(angle)
            yield QPointF(x, y)

    def sample(self, place: QPointF) -> Sample:
        assert self.canvas._view
        return Sample(*self.canvas._view.to_picture(place.x() + 0.5, place.y() + 0.5))


def painted_cost(least: Bound) -> None:
    easels = {side: Easel(side) for side in SIDES}
    print("T2  event → painted ÷ bound (bare)    goal ≤ 12; ≤ 5 from D 500 on at 100 %")
    print("T4  8192² ÷ 2048²                     goal ≤ 1.3")
    for fit in (False, True):
        for easel in easels.values():
            easel.look(fit=fit)
        for hardness, word in HARDNESSES:
            print(f"    {'fit  ' if fit else '100 %'} {word}")
            for diameter in DIAMETERS:
                brush = Brush(size=diameter, hardness=hardness)
                print(f"      D {diameter:<5}{compare(easels, brush, least)}")
    print()


def compare(easels: dict[int, Easel], brush: Brush, least: Bound) -> str:
    cache = StampCache()
    strokes: dict[int, list[tuple[float, ...]]] = {side: [] for side in easels}
    events: dict[int, list[float]] = {side: [] for side in easels}
    for _ in range(ROUNDS + 1):
        for side, easel in easels.items():
            spent = easel.stroke(brush, least, cache)
            events[side] += [event[0] for event in spent]
            strokes[side].append(summed(spent))
    cells = []
    for side in easels:
        ours, bound, bare = per_event(strokes[side])
        slow = sorted(events[side])[int(0.99 * len(events[side]))]
        cells.append(
            f"{side}²: {ours / bound:5.2f} ({ours / bare:5.2f}) {us(ours):>4} µs, "
            f"p99 {us(slow):>5}   "
        )
    small, large = (per_event(strokes[side])[0] for side in SIDES)
    return "".join(cells) + f"T4: {large / small:.2f}"


# T6: full repaint


def repaint_cost() -> None:
    print("T6  whole view painted anew           goal ≤ 5 ms; 8192² ÷ 2048² ≤ 2")
    easels = [Easel(side) for side in SIDES]
    for easel in easels:
        easel.document.invert()
    bound = median(timed(draw_twice()) for _ in range(30))
    for word, fit, change in (
        ("zoom, near 100 %", False, lambda canvas, up: canvas.zoom_by(1.01 if up else 1 / 1.01)),
        ("zoom, near fit", True, lambda canvas, up: canvas.zoom_by(1.01 if up else 1 / 1.01)),
        ("pan at 100 %", False, lambda canvas, up: canvas.move_picture(9 if up else -9, 5)),
        ("pan at fit", True, lambda canvas, up: canvas.move_picture(9 if up else -9, 5)),
    ):
        spent: dict[int, list[float]] = {easel.size.width: [] for easel in easels}
        for easel in easels:
            easel.look(fit=fit)
        for number in range(20):
            for easel in easels:
                change(easel.canvas, number & 1)
                spent[easel.size.width].append(timed(QApplication.processEvents))
        small, large = (median(spent[side]) for side in SIDES)
        print(
            f"    {word:18}{small * 1e3:5.2f} and {large * 1e3:5.2f} ms = {small / bound:4.1f} and "
            f"{large / bound:4.1f} × two drawImage; 8192² ÷ 2048²: {large / small:.2f}"
        )


def draw_twice() -> Callable[[], None]:
    """One opaque and one blended image of the view's size: what a repaint must do at least."""
    target, ground, tint = (
        QImage(VIEW.width, VIEW.height, each)
        for each in (
            QImage.Format.Format_RGB32,
            QImage.Format.Format_RGB32,
            QImage.Format.Format_ARGB32_Premultiplied,
        )
    )
    for image in (target, ground, tint):
        image.fill(0x80800000)

    def draw() -> None:
        painter = QPainter(target)
        painter.drawImage(0, 0, ground)
        painter.drawImage(0, 0, tint)
        painter.end()

    return draw


def timed(act: Callable[[], Any]) -> float:
    started = clock()
    act()
    return clock() - started


def us(seconds: float) -> str:
    return f"{seconds * 1e6:.0f}"
