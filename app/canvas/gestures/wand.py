"""Selecting by one press: what is of one colour, and what paint encloses."""

from __future__ import annotations

from functools import partial
from math import floor
from typing import TYPE_CHECKING

from app.model.geometry import Rect

if TYPE_CHECKING:
    from app.canvas.gestures.gesture import Gesture
    from app.canvas.gestures.selector import Manner
    from app.model.brush import Sample
    from app.model.selecting import Mode
    from app.session.document import Document
    from app.session.tools import Tools
    from app.session.wanding import Wanding
    from app.session.work import MaskWork

STILL = 4.0
"""So far, in pixels of the screen, the hand may slip and still mean to click."""
PER_LEVEL = 2.0
"""So far it goes for each level of tolerance."""


def wand(wanding: Wanding, tools: Tools, mode: Mode, ratio: float) -> Gesture:
    """Select what is of the colour under the press; going right or left changes the tolerance."""
    first = yield
    if first is None or not wanding.begin(*_pixel(first.sample), mode):
        return
    tolerance = tools.selecting.tolerance
    try:
        while (pointer := (yield)) is not None:
            way = (pointer.x - first.x) / ratio
            way -= min(max(way, -STILL), STILL)
            if tools.tool == "wand":  # it may have been lent while a key was held
                tools.select(tolerance=round(tolerance + way / PER_LEVEL))
    except GeneratorExit:
        wanding.drop()
        if tools.tool == "wand":
            tools.select(tolerance=tolerance)
        raise
    wanding.keep()


def bucket(document: Document, work: MaskWork, manner: Manner) -> Gesture:
    """Fill what paint encloses around the press, or take away what hangs together there."""
    from app.model.bucket import change_at

    first = yield
    mask = document.mask
    if first is None or mask is None:
        return
    x, y = _pixel(first.sample)
    if Rect(x, y, x + 1, y + 1).within(Rect.of(mask.size)).is_empty:
        return
    title, selecting, mode = manner
    work.preview(title, partial(change_at, x, y, selecting, mode))
    try:
        while (yield) is not None:
            pass
    except GeneratorExit:
        work.drop()
        raise
    work.keep()


def _pixel(sample: Sample) -> tuple[int, int]:
    return floor(sample.x), floor(sample.y)
