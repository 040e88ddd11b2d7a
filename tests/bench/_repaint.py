"""T6: what painting the whole view anew costs, beside drawing two images of its size.

Qt lets other threads help with drawing, so that here the processor's time is that of them all.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, product
from time import process_time

from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.canvas.canvas import Canvas
from app.model.geometry import Size
from tests.bench._easel import Easel
from tests.bench._timing import median

SIDES = (2048, 8192)
VIEW = Size(2560, 1440)
REPEATS = 20

ZOOMS = (("near 100 %", 0.97), ("near fit", None), ("near 300 %", 3.0))
LIES = (
    ("", 0, False),
    (", mirrored", 0, True),
    (", a quarter turned", 90, False),
    (", turned by 30°", 30, False),
)

Look = Callable[[Easel], None]
Step = Callable[[Canvas, bool], None]


def repaint_cost() -> None:
    print(f"T6  {VIEW.width} × {VIEW.height} painted anew ÷ two drawImage    goal ≤ 2")
    print("    8192² ÷ 2048²                      goal ≤ 1.5")
    easels = [Easel(side, VIEW) for side in SIDES]
    for easel in easels:
        easel.document.invert()
    twice = draw_twice()
    for words, look, step in chain(zooming(), turning(), pushing()):
        for easel in easels:
            look(easel)
        spent: list[tuple[float, ...]] = []
        for number in range(REPEATS):
            ours = (repainted(easel, step, up=bool(number & 1)) for easel in easels)
            spent.append((*ours, timed(twice)))
        small, large, bound = (median(column) for column in zip(*spent, strict=True))
        print(
            f"    {words:34}{small * 1e3:6.2f} and {large * 1e3:6.2f} ms = {small / bound:5.2f} "
            f"and {large / bound:5.2f}; 8192² ÷ 2048²: {large / small:.2f}",
            flush=True,
        )
    print()


Case = tuple[str, Look, Step]


def zooming() -> Iterator[Case]:
    """Near 100 %, not at it: there the picture's pixels are only copied."""
    for (lie, angle, mirrored), (near, zoom) in product(LIES, ZOOMS):
        look = partial(Easel.look, zoom=zoom, angle=angle, mirrored=mirrored)
        yield f"zoom, {near}{lie}", look, zoom_a_little


def turning() -> Iterator[Case]:
    for near, zoom in ZOOMS:
        yield f"turn, {near}", partial(Easel.look, zoom=zoom, angle=30), turn_a_little


def pushing() -> Iterator[Case]:
    yield "pan at 100 %", partial(Easel.look, zoom=1.0), push_a_little
    yield "pan at fit", Easel.look, push_a_little


def zoom_a_little(canvas: Canvas, up: bool) -> None:
    canvas.zoom_by(1.01 if up else 1 / 1.01)


def turn_a_little(canvas: Canvas, up: bool) -> None:
    canvas.turn_by(1 if up else -1)


def push_a_little(canvas: Canvas, up: bool) -> None:
    canvas.move_picture(9 if up else -9, 5)


def repainted(easel: Easel, step: Step, *, up: bool) -> float:
    """Seconds to paint the whole view after a small change of it."""
    step(easel.canvas, up)
    return timed(QApplication.processEvents)


def timed(act: Callable[[], None]) -> float:
    """The seconds of the processor that something takes, in whatever threads."""
    started = process_time()
    act()
    return process_time() - started


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
