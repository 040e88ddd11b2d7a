"""Selected areas as they are joined to the mask: with a soft edge, and at a strength."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image, ImageFilter

from app.model.change import combine
from app.model.geometry import EMPTY, Rect, Size

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.model.change import Change
    from app.model.picture import Plane
    from app.model.selecting import Mode, Selecting
    from app.model.selection.shapes import Shape

REACH = 3
"""How many times its standard deviation a blur reaches."""


class Area(NamedTuple):
    """What is covered, 0…255, in a rectangle of the picture, and nothing around it."""

    coverage: Plane
    rect: Rect


def area_of(shape: Shape, selecting: Selecting, size: Size) -> Area:
    """What a shape selects of a picture of `size`.

    The feather is the standard deviation of a Gaussian, as of the operation of that name; what
    the shape has outside the picture counts for it.
    """
    margin = ceil(REACH * selecting.feather)
    box = shape.box
    rect = EMPTY if box.is_empty else box.grown(margin).within(Rect.of(size))
    if rect.is_empty:
        return Area(np.zeros((0, 0), np.uint8), EMPTY)
    wide = rect.grown(margin)
    coverage = shape.cover(wide)
    if margin:
        blur = ImageFilter.GaussianBlur(selecting.feather)
        coverage = np.asarray(Image.fromarray(coverage).filter(blur))
        coverage = coverage[rect.moved(-wide.left, -wide.top).slices]
    return Area(at_strength(coverage, selecting.opacity), rect)


def at_strength(coverage: Plane, opacity: float) -> Plane:
    """Coverage that reaches no more than a share of all."""
    if opacity == 1:
        return coverage
    levels = np.rint(np.arange(256) * opacity).astype(np.uint8)
    limited: Plane = levels[coverage]
    return limited


def change_by(
    base: Plane, shape: Shape, selecting: Selecting, mode: Mode, report: Callable[[float], None]
) -> Change:
    """The change that joins what a shape selects to a mask."""
    height, width = base.shape
    area = area_of(shape, selecting, Size(width, height))
    report(0.5)
    return combine(base, *area, mode)
