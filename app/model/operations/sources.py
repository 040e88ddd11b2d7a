"""Masks made from a picture: its transparency, its brightness, its difference to another."""

from collections.abc import Callable

import numpy as np

from app.model.change import Change, Report
from app.model.geometry import Rect
from app.model.operations.places import blocks, rewritten, size_of
from app.model.operations.settings import DARK, OPAQUE, FromAlpha, FromChange, FromLuminance
from app.model.operations.toning import ramp
from app.model.picture import Picture, Plane
from app.model.tiles import Tiles

RED, GREEN, BLUE = 19595, 38470, 7471
"""What the colours weigh in brightness, of 65536: ITU-R 601, as Pillow has it for mode "L"."""


def from_alpha(base: Plane, settings: FromAlpha, report: Report, picture: Picture) -> Change:
    """The transparent parts of a picture, or the opaque ones; half so by half."""
    alpha = picture.alpha

    def covered(place: Rect) -> Plane:
        if alpha is None:
            opaque = np.full((place.height, place.width), 255, np.uint8)
        else:
            opaque = alpha[place.slices]
        return opaque if settings.part == OPAQUE else ~opaque

    return _joined(base, covered, settings.mode, report)


def from_luminance(
    base: Plane, settings: FromLuminance, report: Report, picture: Picture
) -> Change:
    """The bright parts of a picture, or the dark ones."""
    curve = ramp(settings.black, settings.white)
    if settings.part == DARK:
        curve = ~curve

    def covered(place: Rect) -> Plane:
        found: Plane = curve[luminance(picture.pixels[place.slices])]
        return found

    return _joined(base, covered, settings.mode, report)


def from_change(
    base: Plane, settings: FromChange, report: Report, picture: Picture, result: Picture
) -> Change:
    """What is different in a result of the same size, by the channel that differs most."""
    # The first level that counts is one above what does not count yet.
    nothing = settings.threshold - 1
    curve = ramp(nothing, nothing + 1 + settings.softness)

    def covered(place: Rect) -> Plane:
        before, after = picture.pixels[place.slices], result.pixels[place.slices]
        apart = np.maximum(before, after) - np.minimum(before, after)
        found: Plane = curve[np.maximum(np.maximum(apart[..., 0], apart[..., 1]), apart[..., 2])]
        return found

    return _joined(base, covered, settings.mode, report)


def luminance(pixels: Plane) -> Plane:
    """How bright each pixel is, 0…255; its channels are blue, green, red and one not looked at."""
    weighed = pixels[..., 0] * np.uint32(BLUE)
    weighed += pixels[..., 1] * np.uint32(GREEN)
    weighed += pixels[..., 2] * np.uint32(RED)
    weighed += np.uint32(1 << 15)
    weighed >>= np.uint32(16)
    bright: Plane = weighed.astype(np.uint8)
    return bright


def _joined(base: Plane, covered: Callable[[Rect], Plane], mode: str, report: Report) -> Change:
    """The change that joins what is covered to the mask."""
    size = size_of(base)
    tiles = Tiles(size)
    everywhere = blocks(np.ones((tiles.rows, tiles.columns), np.bool_), size)

    def joined(place: Rect) -> Plane:
        return _join(base[place.slices], covered(place), mode)

    return rewritten(base, everywhere, joined, report)


def _join(below: Plane, covered: Plane, mode: str) -> Plane:
    match mode:
        case "add":
            return np.maximum(below, covered)
        case "subtract":
            return np.minimum(below, ~covered)
        case "intersect":
            return np.minimum(below, covered)
        case _:
            return covered
