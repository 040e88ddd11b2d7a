"""What painting costs, as ratios to the least that it could cost, side by side in one run.

The bound of an event is a compiled maximum of the same dabs, and for T2 a copy of the view's pixels
that were painted besides. It is given twice: driven from Python, one call a dab with its slice
taken then (this is what the goals are about), and "bare", where all that the calls need was
prepared before. An event is a move of 20 picture pixels. "Nothing" is an event that asks for as
much of a bare widget to be painted, whose paintEvent is empty: what PySide itself takes. It all
happens without a screen, as the bound has none either; `felt` is about the window. Times are
the processor's, spent in this program's main thread, so that others on the machine disturb less.
"""

import os
from collections.abc import Iterator
from functools import partial
from math import cos, sin

import numpy as np
from PySide6.QtWidgets import QApplication

from app.model import kernels
from app.model.brush import Brush, Sample
from app.model.geometry import Size
from app.model.mask import Mask
from app.model.stamp import StampCache
from app.model.stroke import Stroke
from tests.bench._bound import Bound, Dabs, Silent, compiled
from tests.bench._easel import EVENTS, STEP, Easel
from tests.bench._edges import edge_error
from tests.bench._edits import edit_cost
from tests.bench._heartbeat import heartbeat
from tests.bench._repaint import repaint_cost
from tests.bench._replay import replay_cost
from tests.bench._timing import clock, median, middle, summed, timed, us

SIDES = (2048, 8192)
DIAMETERS = (20, 100, 500, 1000, 2000)
HARDNESSES = ((0.5, "soft"), (1.0, "hard"))
VIEW = Size(1280, 900)
ROUNDS = 7


def main() -> None:
    """Print all ratios."""
    # What a window system takes is felt in another bench; here it would hide what is compared.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication.instance() or QApplication([])
    print(f"kernels: {'compiled' if kernels.IS_COMPILED else 'numpy'}")
    with compiled() as least:
        print(f"bound: {least.words}\n")
        stamp_cost(least)
        undo_cost()
        painted_cost(least)
    repaint_cost()
    replay_cost()
    edge_error()
    edit_cost()
    heartbeat()
    del application


# T1: stamps


def stamp_cost(least: Bound) -> None:
    print("T1  stamp per event ÷ bound (bare)    goal ≤ 1.5 to D 100, ≤ 2.5 beyond")
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
    return middle(strokes, EVENTS)


def way(size: Size, radius: float) -> Iterator[Sample]:
    """A hand that draws circles around the middle."""
    for number in range(EVENTS):
        angle = number * STEP / radius
        yield Sample(
            size.width / 2 + radius * cos(angle) + 0.3, size.height / 2 + radius * sin(angle) + 0.3
        )


# T5: undo


def undo_cost() -> None:
    print("T5  undo on ÷ off, per event          goal ≤ 1.3; a stroke of D 1000 ≤ 0.15 MB")
    for side in SIDES:
        cells = []
        for diameter in DIAMETERS:
            on, off, weight = undo_times(side, Brush(size=diameter))
            cells.append(f"D {diameter}: {on / off:.2f}, {weight / 1e6:.3f} MB")
        print(f"    {side}²  {'   '.join(cells)}")
    print()


def undo_times(side: int, brush: Brush) -> tuple[float, float, int]:
    """Seconds of an event with and without undo, and a stroke's bytes when it is packed."""
    size = Size(side, side)
    slope = np.broadcast_to(np.arange(side, dtype=np.uint8) // 2, (side, side))
    masks, cache = (Mask.of(slope), Mask.of(slope)), StampCache()
    times, weight = [], 0
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
        patch.undo_into(masks[0])
    on, off = middle(times, EVENTS)
    return on, off, weight


# T2 and T4: from the event to painted pixels


def painted_cost(least: Bound) -> None:
    easels = {side: Easel(side, VIEW) for side in SIDES}
    print("T2  event → painted ÷ bound (bare)    goal ≤ 4")
    print("T4  8192² ÷ 2048²                     goal ≤ 1.15")
    print("T5  undoing a stroke ÷ one event that sets a dab      goal ≤ 2, both painted")
    for fit in (False, True):
        for easel in easels.values():
            easel.look(zoom=None if fit else 1.0)
        for hardness, word in HARDNESSES:
            print(f"    {'fit  ' if fit else '100 %'} {word}")
            for diameter in DIAMETERS:
                brush = Brush(size=diameter, hardness=hardness)
                print(f"      D {diameter:<5}{compare(easels, brush, least)}", flush=True)
    for easel in easels.values():
        easel.canvas.hide()
    print()


def compare(easels: dict[int, Easel], brush: Brush, least: Bound) -> str:
    cache = StampCache()
    strokes: dict[int, list[tuple[float, ...]]] = {side: [] for side in easels}
    undos: dict[int, list[float]] = {side: [] for side in easels}
    for _ in range(ROUNDS + 1):
        for side, easel in easels.items():
            strokes[side].append(summed(easel.stroke(brush, least, cache)))
            undos[side].append(easel.undo())
    cells = []
    for side in easels:
        ours, bound, bare, idle, dabs, share = middle(strokes[side], EVENTS - 1)
        undo = median(undos[side][1:])
        cells.append(
            f"{side}²: {ours / bound:5.2f} ({ours / bare:5.2f}) {us(ours):>4} µs, "
            f"nothing {us(idle):>3}, undo {undo * share / dabs:.1f}   "
        )
    small, large = (middle(strokes[side], 1)[0] for side in SIDES)
    return "".join(cells) + f"T4: {large / small:.2f}"
