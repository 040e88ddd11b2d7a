"""Layers: what a picture and its mask are to other programs, and what theirs are to us."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from app.model.geometry import Rect, Size
from app.model.mask_source import from_alpha, from_luminance
from app.model.picture import Picture
from app.model.png import some_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.model.picture import Plane
    from app.storage.project.stack import Layer

TINT = (255, 0, 0)
OPACITY = 0.5
"""How the mask lies over the picture for other programs: as it is first shown by ours."""

THUMBNAIL = 256
_ENOUGH = 4 * THUMBNAIL


def mask_strips(mask: Plane) -> Iterator[Plane]:
    """The mask as a layer, RGBA from the top: the tint all over, and its values as alpha."""
    for rows in some_rows(len(mask)):
        strip = np.empty((*mask[rows].shape, 4), np.uint8)
        strip[:, :, :3] = TINT
        strip[:, :, 3] = mask[rows]
        yield strip


def merged_strips(picture: Picture, mask: Plane) -> Iterator[Plane]:
    """Both layers as they look together, from the top; RGBA if the picture has alpha, else RGB."""
    for rows in some_rows(len(mask)):
        above = mask[rows, :, None] * np.float32(OPACITY / 255)
        below = 1 - above
        if picture.alpha is not None:
            below *= picture.alpha[rows, :, None] / np.float32(255)
        whole = above + below
        colours = np.array(TINT, np.float32) * above + picture.rgb[rows] * below
        colours /= np.maximum(whole, np.float32(1e-6))
        parts = (colours,) if picture.alpha is None else (colours, 255 * whole)
        yield np.rint(np.concatenate(parts, axis=2)).astype(np.uint8)


def thumbnail(picture: Picture, mask: Plane) -> Plane:
    """Both as they look together, small; RGBA."""
    step = max(1, picture.size.longest // _ENOUGH)
    some = (slice(None, None, step),) * 2
    alpha = None if picture.alpha is None else picture.alpha[some]
    few = Picture(pixels=np.ascontiguousarray(picture.pixels[some]), alpha=alpha)
    image = Image.fromarray(np.concatenate([*merged_strips(few, mask[some])]))
    image.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.BOX)
    return np.array(image.convert("RGBA"))


def flattened(layers: Iterable[tuple[Layer, Picture]], size: Size) -> Picture:
    """Layers, the lowest first, laid over one another on a transparent ground of `size`."""
    ground = Image.new("RGBA", size)
    for layer, picture in layers:
        seen = _seen(layer, picture.size, size)
        if not seen.is_empty:
            ground.alpha_composite(_patch(layer, picture, seen), (seen.left, seen.top))
    pixels = np.array(ground)
    alpha = pixels[:, :, 3].copy()
    pixels[:, :, 3] = 255
    return Picture(pixels=pixels, alpha=None if alpha.min() == 255 else alpha)


def mask_of(layer: Layer, picture: Picture, size: Size, *, has_alpha: bool) -> Plane:
    """The mask that a layer shows: where it is opaque, or where it is white if it is all opaque.

    A layer that can be transparent and has one colour was cut to what is painted.
    """
    is_cut = has_alpha and bool((picture.pixels == picture.pixels[0, 0]).all())
    by_alpha = picture.alpha is not None or is_cut
    plane = from_alpha(picture) if by_alpha else from_luminance(picture)
    mask = np.zeros((size.height, size.width), np.uint8)
    seen = _seen(layer, picture.size, size)
    mask[seen.slices] = plane[seen.moved(-layer.x, -layer.y).slices]
    return mask


def _seen(layer: Layer, own: Size, size: Size) -> Rect:
    """The part of a layer that lies within a picture of `size`, where it lies there."""
    return Rect.of(own).moved(layer.x, layer.y).within(Rect.of(size))


def _patch(layer: Layer, picture: Picture, seen: Rect) -> Image.Image:
    """What is seen of a layer. Its colours are in our order, which compositing does not mind."""
    own = seen.moved(-layer.x, -layer.y).slices
    pixels = picture.pixels[own].copy()
    if picture.alpha is not None:
        pixels[:, :, 3] = picture.alpha[own]
    if layer.opacity < 1:
        pixels[:, :, 3] = np.rint(pixels[:, :, 3] * np.float32(layer.opacity))
    return Image.fromarray(pixels)
