"""How near a stroke comes to a brush that sweeps without steps."""

from math import hypot

import numpy as np
from numpy.typing import NDArray

from app.model.brush import Brush, Sample
from app.model.geometry import Size
from app.model.mask import Mask
from app.model.stroke import Stroke

LENGTH = 1000
DIAMETERS = (5, 20, 100, 500, 1000)
EDGE = 1.0
"""How far from the ideal edge a pixel's middle may lie for it to be on the edge, in pixels."""


def edge_error() -> None:
    """Print by how many levels strokes differ from the ideal."""
    print(f"Edges  levels off the swept disc, a fast stroke of {LENGTH} px")
    print("    hard: goal ≤ 25 on the edge, 0 elsewhere; soft: ≤ 7")
    for hardness, word in ((1.0, "hard"), (0.5, "soft"), (0.0, "softest")):
        cells = []
        for diameter in DIAMETERS:
            on, off = errors(Brush(size=diameter, hardness=hardness))
            cells.append(f"D {diameter}: {max(on, off) if hardness < 1 else f'{on}, {off}'}")
        print(f"    {word:8}{'   '.join(cells)}", flush=True)
    print()


def errors(brush: Brush) -> tuple[int, int]:
    """The most that a pixel differs, on the edge and elsewhere."""
    margin = brush.radius + 20
    size = Size(round(LENGTH + 2 * margin), round(LENGTH / 3 + 2 * margin))
    start = Sample(margin + 0.37, margin + 0.81)
    end = Sample(start.x + 0.95 * LENGTH, start.y + 0.31 * LENGTH)
    mask = Mask(size)
    stroke = Stroke(mask, brush)
    for number in range(6):
        share = number / 5
        stroke.extend(
            Sample(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)
        )
    stroke.finish()
    distance = from_line(size, start, end)
    off = np.abs(mask.plane - np.rint(255 * coverage(brush, distance)))
    is_edge = np.abs(distance - (brush.inner + brush.outer) / 2) <= EDGE
    return int(off[is_edge].max()), int(off[~is_edge].max())


def from_line(size: Size, start: Sample, end: Sample) -> NDArray[np.float64]:
    """How far each pixel's middle is from a line between two places."""
    x = np.arange(size.width) + 0.5 - start.x
    y = (np.arange(size.height) + 0.5 - start.y)[:, None]
    dx, dy = end.x - start.x, end.y - start.y
    along = np.clip((x * dx + y * dy) / hypot(dx, dy) ** 2, 0, 1)
    distance: NDArray[np.float64] = np.hypot(x - along * dx, y - along * dy)
    return distance


def coverage(brush: Brush, distance: NDArray[np.float64]) -> NDArray[np.float64]:
    """How full the brush is at these distances from its middle."""
    rim = np.clip((distance - brush.inner) / brush.falloff, 0, 1)
    return 1 - rim if brush.is_hard else (1 + np.cos(np.pi * rim)) / 2
