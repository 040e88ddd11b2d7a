"""The least that dabs can cost: a compiled maximum."""

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import thread_time as clock
from typing import Any

import numpy as np

from app.model.brush import Brush, Sample
from app.model.geometry import Rect
from app.model.mask import Mask
from app.model.nib import Nib
from app.model.picture import Plane
from app.model.recorder import Recorder
from app.model.stamp import StampCache
from app.model.stroke import Stroke

SOURCE = """
#include <stdint.h>
void blend(uint8_t *to, long stride, const uint8_t *from, long from_stride, long h, long w) {
    for (long y = 0; y < h; y++, to += stride, from += from_stride)
        for (long x = 0; x < w; x++)
            to[x] = to[x] > from[x] ? to[x] : from[x];
}
"""


@dataclass(frozen=True)
class Dab:
    """One dab on a plane: the pixels that it changes, and what it sets there."""

    plane: Plane
    rect: Rect
    stamp: Plane


class Bound:
    """The least that dabs can cost: `blend(pixels, stamp)` on each."""

    def __init__(self, blend: Callable[..., object], words: str, *, takes_arrays: bool) -> None:
        self._blend = blend
        self._takes_arrays = takes_arrays
        self.words = words

    def times(self, dabs: list[Dab]) -> tuple[float, float]:
        """Seconds when driven from Python, and bare."""
        blend, arguments = self._blend, self._arguments
        ready = [arguments(dab.plane[dab.rect.slices], dab.stamp) for dab in dabs]
        started = clock()
        for dab in dabs:
            left, top, right, bottom = dab.rect
            blend(*arguments(dab.plane[top:bottom, left:right], dab.stamp))
        between = clock()
        for each in ready:
            blend(*each)
        return between - started, clock() - between

    def _arguments(self, to: Plane, stamp: Plane) -> tuple[Any, ...]:
        if self._takes_arrays:
            return to, stamp
        return address(to), to.strides[0], address(stamp), stamp.strides[0], *to.shape


@contextmanager
def compiled() -> Iterator[Bound]:
    """The bound, in C, or in numpy where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        words = "np.maximum, since no C compiler was found"
        yield Bound(lambda to, by: np.maximum(to, by, out=to), words, takes_arrays=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        source, library = Path(folder, "blend.c"), Path(folder, "blend.so")
        source.write_text(SOURCE)
        flags = ["-O3", "-march=native", "-shared", "-fPIC"]
        subprocess.run([compiler, *flags, "-o", library, source], check=True)
        call = ctypes.CDLL(str(library)).blend
        call.argtypes = [ctypes.c_void_p, ctypes.c_long] * 2 + [ctypes.c_long] * 2
        call.restype = None
        words = f"a maximum in C, {Path(compiler).name} {' '.join(flags[:2])}"
        yield Bound(call, words, takes_arrays=False)


def address(array: Plane) -> int:
    return int(array.__array_interface__["data"][0])


class Dabs(Stroke):
    """A stroke that only notes where its dabs fall."""

    def __init__(self, mask: Mask, brush: Brush, cache: StampCache) -> None:
        super().__init__(mask, brush, cache=cache)
        self._noted: list[Dab] = []
        self._recorder = Silent(mask)

    def _blend_all(self, nib: Nib, places: Sequence[tuple[int, int]]) -> None:
        tip, whole = nib.tip, Rect(0, 0, *self._plane.shape[::-1])
        bits, reach, side = tip.bits, tip.reach, 2 * tip.reach + 1
        for column, row in places:
            x, y = column >> bits, row >> bits
            rect = Rect(x - reach, y - reach, x + reach + 1, y + reach + 1)
            seen = rect.within(whole)
            stamp = np.zeros((side, side), np.uint8)
            middle = column - (rect.left << bits), row - (rect.top << bits)
            tip.dab(stamp, [middle], False, nib.opacity, None)
            self._noted.append(
                Dab(self._plane, seen, stamp[seen.moved(-rect.left, -rect.top).slices])
            )

    def at(self, sample: Sample) -> list[Dab]:
        """The dabs of the way to `sample`."""
        self._noted = []
        self.extend(sample)
        return self._noted


class Silent(Recorder):
    """Keeps nothing: a stroke without undo."""

    def keep(self, rect: Rect) -> None:
        pass
