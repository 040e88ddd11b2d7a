"""What painting costs, as ratios to the least that it could cost, side by side in one run.

The bound of an event is a compiled maximum of the same dabs (one call a dab), and for T2 a copy of
the view's pixels that were painted besides. An event is a move of 20 picture pixels. Times are
the processor's, spent in this program, so that others on the machine disturb less.
"""

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import cos, sin, tau
from pathlib import Path
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
from app.model.patch import Recorder
from app.model.picture import Picture
from app.model.stamp import StampCache
from app.model.stroke import Stroke
from app.session.document import Document
from app.session.tools import Tools

NAME = "canvas"
SIDES = (2048, 8192)
DIAMETERS = (20, 100, 500, 1000)
HARDNESSES = ((0.5, "soft"), (1.0, "hard"))
VIEW = Size(1280, 900)
STEP = 20.0
EVENTS = 60
ROUNDS = 7

Plane = NDArray[np.uint8]
Blend = Callable[[Plane, Plane], None]

SOURCE = """
#include <stdint.h>
void blend(uint8_t *to, long stride, const uint8_t *from, long from_stride, long w, long h) {
    for (long y = 0; y < h; y++, to += stride, from += from_stride)
        for (long x = 0; x < w; x++)
            to[x] = to[x] > from[x] ? to[x] : from[x];
}
"""


def main() -> None:
    """Print all ratios."""
    application = QApplication.instance() or QApplication([])
    with compiled() as (blend, means):
        print(f"bound: {means}\n")
        stamp_cost(blend)
        undo_cost()
        painted_cost(blend)
    repaint_cost()
    del application


# The bound


@contextmanager
def compiled() -> Iterator[tuple[Blend, str]]:
    """The compiled maximum, or numpy's where there is no compiler; and words for which it is."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        yield numpy_blend, "np.maximum (no C compiler was found)"
        return
    with tempfile.TemporaryDirectory() as folder:
        source, library = Path(folder, "blend.c"), Path(folder, "blend.so")
        source.write_text(SOURCE)
        flags = ["-O3", "-march=native", "-shared", "-fPIC"]
        subprocess.run([compiler, *flags, "-o", library, source], check=True)
        call = ctypes.CDLL(str(library)).blend
        call.argtypes = [ctypes.c_void_p, ctypes.c_long] * 2 + [ctypes.c_long] * 2
        call.restype = None

        def blend(to: Plane, stamp: Plane) -> None:
            height, width = to.shape
            call(address(to), to.strides[0], address(stamp), stamp.strides[0], width, height)

        yield blend, f"a maximum in C, {Path(compiler).name} {' '.join(flags[:2])}"


def numpy_blend(to: Plane, stamp: Plane) -> None:
    np.maximum(to, stamp, out=to)


def address(array: Plane) -> int:
    return int(array.__array_interface__["data"][0])


class Dabs(Stroke):
    """A stroke that only notes where its dabs fall: the bound's work, prepared."""

    def __init__(self, mask: Mask, brush: Brush, cache: StampCache) -> None:
        super().__init__(mask, brush, cache=cache)
        self.dabs: list[tuple[Plane, Plane]] = []
        self._recorder = Silent(mask)
        self._blend = self._note  # type: ignore[assignment]  # a stand-in for the ufunc

    def _note(self, values: Plane, stamp: Plane, out: Plane) -> None:
        self.dabs.append((values, stamp))

    def at(self, sample: Sample) -> list[tuple[Plane, Plane]]:
        """The dabs of the way to `sample`: pixels of the mask, and the stamp for them."""
        self.dabs = []
        self.extend(sample)
        return self.dabs


class Silent(Recorder):
    """Keeps nothing: a stroke without undo."""

    def keep(self, rect: Rect) -> None:
        pass


# T1: stamps


def stamp_cost(blend: Blend) -> None:
    print("T1  stamp per event ÷ bound           goal ≤ 1.8 to D 100, ≤ 3 beyond (soft)")
    for hardness, word in HARDNESSES:
        cells = []
        for diameter in DIAMETERS:
            ours, bound = stamp_times(Brush(size=diameter, hardness=hardness), blend)
            cells.append(f"D {diameter}: {ours / bound:.2f} ({us(ours)} µs)")
        print(f"    {word}  {'   '.join(cells)}")
    print()


def stamp_times(brush: Brush, blend: Blend) -> tuple[float, float]:
    """Seconds of an event without undo, and of its bound."""
    size = Size(2048, 2048)
    mask, other, cache = Mask(size), Mask(size), StampCache()
    strokes = []
    for _ in range(ROUNDS + 1):
        stroke, dabs = Stroke(mask, brush, cache=cache), Dabs(other, brush, cache)
        stroke._recorder = Silent(mask)
        ours = bound = 0.0
        for sample in way(size, 300):
            prepared = dabs.at(sample)
            started = clock()
            for values, stamp in prepared:
                blend(values, stamp)
            between = clock()
            stroke.extend(sample)
            ours, bound = ours + clock() - between, bound + between - started
        strokes.append((ours, bound))
    return per_event(strokes)


def per_event(strokes: list[tuple[float, float]]) -> tuple[float, float]:
    """The mean event of the median stroke, ours and the other; the first one makes the stamps.

    The mean, since large dabs fall on few events; the median, since machines are noisy.
    """
    ours, other = zip(*strokes[1:], strict=True)
    return median(ours) / EVENTS, median(other) / EVENTS


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
    masks, cache = (Mask(size), Mask(size)), StampCache()
    for mask in masks:
        mask.plane[...] = np.arange(side, dtype=np.uint8) // 2
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
        times.append((spent[0], spent[1]))
        patch = strokes[0].finish()
        patch.pack(10)
        weight = patch.nbytes
        undos.append(timed(lambda patch=patch: patch.undo_into(masks[0])))
    return *per_event(times), weight, median(undos)


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

    def stroke(self, brush: Brush, blend: Blend, cache: StampCache) -> list[tuple[float, float]]:
        """Seconds of each event of a stroke, and of its bound."""
        self.tools.edit(size=brush.size, hardness=brush.hardness, opacity=brush.opacity)
        dabs = Dabs(self.bound_mask, brush, cache)
        times, places = [], list(self.places())
        self.send(QEvent.Type.MouseButtonPress, places[0])
        dabs.at(self.sample(places[0]))
        for place in places[1:]:
            ours = self.send(QEvent.Type.MouseMove, place)
            times.append((ours, self.bound(dabs.at(self.sample(place)), blend)))
        self.send(QEvent.Type.MouseButtonRelease, places[-1])
        self.document.undo_stack.clear()
        return times

    def bound(self, dabs: list[tuple[Plane, Plane]], blend: Blend) -> float:
        """Seconds for the same dabs in C and a copy of the pixels that were painted."""
        painted, (to, origin) = self.canvas.painted, self.buffers
        started = clock()
        for values, stamp in dabs:
            blend(values, stamp)
        np.copyto(to[painted.slices], origin[painted.slices])
        return clock() - started

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


def painted_cost(blend: Blend) -> None:
    easels = {side: Easel(side) for side in SIDES}
    print("T2  event → painted ÷ bound           goal ≤ 12; ≤ 5 from D 500 on at 100 %")
    print("T4  8192² ÷ 2048²                     goal ≤ 1.3")
    for fit in (False, True):
        for easel in easels.values():
            easel.look(fit=fit)
        for hardness, word in HARDNESSES:
            print(f"    {'fit  ' if fit else '100 %'} {word}")
            for diameter in DIAMETERS:
                print(f"      D {diameter:<5}{compare(easels, diameter, hardness, blend)}")
    print()


def compare(easels: dict[int, Easel], diameter: int, hardness: float, blend: Blend) -> str:
    brush, cache = Brush(size=diameter, hardness=hardness), StampCache()
    strokes: dict[int, list[tuple[float, float]]] = {side: [] for side in easels}
    events: dict[int, list[float]] = {side: [] for side in easels}
    for _ in range(ROUNDS + 1):
        for side, easel in easels.items():
            spent = easel.stroke(brush, blend, cache)
            events[side] += [ours for ours, _ in spent]
            strokes[side].append((sum(ours for ours, _ in spent), sum(least for _, least in spent)))
    cells = []
    for side in easels:
        ours, bound = per_event(strokes[side])
        slow = sorted(events[side])[int(0.99 * len(events[side]))]
        cells.append(
            f"{side}²: {ours / bound:5.2f} ({us(ours):>4} ÷ {us(bound):>4} µs, p99 {us(slow):>5})  "
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
