"""PatchMatch: fills a hole with patches that it finds elsewhere in the picture."""

import math
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import patchmatch
from PIL import Image

from app.contract.parameters import Parameters
from app.engine.filler import CannotFill, Report
from app.engine.holes import grown, plane
from app.model.geometry import Size
from app.model.picture import Plane

_RADIUS = 3
"""Patches of 7 × 7 pixels: larger ones are slower and paste whole wrong objects."""

MAX_HOLE = 700_000
"""Pixels filled at full scale; at about 40 µs each this bounds one fill to half a minute."""

_STDERR = 2


class PatchMatch:
    """The filler that needs no weights; of the parameters it reads none.

    A hole of more than `max_hole` pixels is filled at a reduced scale and enlarged.
    """

    def __init__(self, max_hole: int = MAX_HOLE) -> None:
        self._max_hole = max_hole

    def fill(
        self, picture: Plane, hole: Plane, parameters: Parameters, *, seed: int, report: Report
    ) -> Plane:
        if not patchmatch.patchmatch_available:
            raise CannotFill("the PatchMatch library does not load on this machine")
        if not _has_source(hole):
            raise CannotFill("the mask leaves nothing of the picture to copy from")
        pixels = int(np.count_nonzero(hole))
        scale = math.sqrt(min(1.0, self._max_hole / max(1, pixels)))
        if scale == 1.0:
            return _fill(picture, hole, seed, report)
        return _fill_reduced(picture, hole, seed, report, scale)


def _fill(picture: Plane, hole: Plane, seed: int, report: Report) -> Plane:
    patchmatch.set_random_seed(seed)
    with _overheard(report):
        filled: Plane = patchmatch.inpaint(picture, hole, patch_size=_RADIUS)
    return filled


def _fill_reduced(picture: Plane, hole: Plane, seed: int, report: Report, scale: float) -> Plane:
    """Fill at `scale` and enlarge: softer than at full scale, but done in bounded time."""
    height, width = hole.shape
    small = Size(width, height).scaled(scale)
    image = Image.fromarray(picture).resize(small, Image.Resampling.BOX)
    # Any touch of the hole counts, else its edge would mix into the source.
    touched = np.asarray(Image.fromarray(hole).resize(small, Image.Resampling.BOX)) > 0
    cover = plane(touched)
    if not _has_source(cover):
        raise CannotFill("the mask leaves nothing of the picture to copy from")
    filled = _fill(np.asarray(image), cover, seed, report)
    enlarged = Image.fromarray(filled).resize((width, height), Image.Resampling.BICUBIC)
    return np.where(hole[:, :, None] > 0, np.asarray(enlarged), picture)


def _has_source(hole: Plane) -> bool:
    """Whether one whole patch lies outside the hole."""
    side = 2 * _RADIUS + 1
    if min(hole.shape) < side:
        return False
    inner = slice(_RADIUS, -_RADIUS)
    return not bool(grown(hole > 0, _RADIUS)[inner, inner].all())


class _Progress:
    """Reads how far a fill is from what the library says while it works.

    It goes down a pyramid of levels twice, first briefly from its top and then from the middle
    to level 0, with 2 × level + 1 rounds a level. A round takes about twice as long on each
    level further down, which makes the estimate.
    """

    _FIRST_DESCENT = 0.1

    def __init__(self, report: Report) -> None:
        self._report = report
        self._level: int | None = None
        self._top: int | None = None
        self._second = False

    def hear(self, line: str) -> bool:
        """Take a line in; whether it was one of the library's."""
        if found := re.match(r"Inpainting level: (\d+)", line):
            self._enter(int(found[1]))
        elif found := re.match(r"EM Iteration: (\d+)", line):
            self._round(int(found[1]))
        else:
            return line.startswith(("  ", "Initialization", "Energy"))
        return True

    def _enter(self, level: int) -> None:
        if self._level is not None and level > self._level:
            self._second, self._top = True, level
        elif self._top is None:
            self._top = level
        self._level = level

    def _round(self, number: int) -> None:
        if self._top is None or self._level is None:
            return
        whole = sum(_effort(level) for level in range(self._top + 1))
        left = sum(_effort(level) for level in range(self._level))
        left += _effort(self._level) * (1 - number / (2 * self._level + 1))
        done = max(0.0, 1 - left / whole)
        if self._second:
            self._report(self._FIRST_DESCENT + (1 - self._FIRST_DESCENT) * done)
        else:
            self._report(self._FIRST_DESCENT * done)


def _effort(level: int) -> float:
    """What all rounds of a level cost, in units of one round at full scale."""
    return float((2 * level + 1) / 2**level)


@contextmanager
def _overheard(report: Report) -> Iterator[None]:
    """Turn what the library prints on stderr into progress; anything else printed goes through.

    The library has no other way to tell. Where its prints do not come through (a C runtime of
    its own), progress simply moves once a variant.
    """
    progress = _Progress(report)
    reading, writing = os.pipe()
    stderr = os.dup(_STDERR)

    def listen() -> None:
        with os.fdopen(reading, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                if not progress.hear(line):
                    os.write(stderr, line.encode())

    os.dup2(writing, _STDERR)
    os.close(writing)
    listener = threading.Thread(target=listen, name="fill progress")
    listener.start()
    patchmatch.set_verbose(True)
    try:
        yield
    finally:
        patchmatch.set_verbose(False)
        os.dup2(stderr, _STDERR)  # closes the last writing end, which ends the listener
        listener.join()
        os.close(stderr)
