"""The redrawn part laid over the original, so that nothing else changes."""

import numpy as np
from PIL import Image, ImageFilter

from app.contract.parameters import Parameters
from app.model.geometry import Rect, Size
from app.model.job import Region
from app.model.picture import Picture, Plane

_STRIP = 256
"""Rows blended at a time: bounds the memory that 16-bit intermediates take."""


def soft_mask(mask: Plane, parameters: Parameters) -> Plane:
    """The mask that a result is blended through; 255 = redrawn, 0 = untouched.

    As in the program that gave the contract its field names: inverted if asked, then blurred
    with a Gaussian of `mask_blur` pixels standard deviation. For the whole picture
    (`inpainting_full_res` 0) it is doubled, so that all that is painted is redrawn and the soft
    edge lies outside; for the mask only it is centred on the mask's edge.
    """
    plane = 255 - mask if parameters.inpainting_mask_invert else mask
    if not parameters.mask_blur:
        return plane
    blur = ImageFilter.GaussianBlur(parameters.mask_blur)
    soft = np.asarray(Image.fromarray(plane).filter(blur))
    if parameters.inpainting_full_res:
        return soft
    doubled: Plane = np.minimum(soft, 127) * 2 + (soft > 127)
    return doubled


def resized(pixels: Plane, size: Size) -> Plane:
    """`pixels`, a plane or an array of channels, at `size`; unchanged when it fits already."""
    height, width = pixels.shape[:2]
    if (width, height) == size:
        return pixels
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS))


def blend(original: Plane, over: Plane, weight: Plane) -> Plane:
    """`over` laid on `original`, channel by channel, at `weight` / 255.

    The arrays have shape (height, width, channels), `weight` (height, width). Where the weight
    is 0 the original's bits stay, where it is 255 the other's.
    """
    result = np.empty_like(original)
    for top in range(0, original.shape[0], _STRIP):
        rows = slice(top, top + _STRIP)
        share = weight[rows, :, None].astype(np.uint16)
        mixed = original[rows] * (255 - share) + over[rows] * share
        result[rows] = (mixed + 127) // 255
    return result


def composite(picture: Picture, answer: Picture, region: Region, weight: Plane) -> Picture:
    """The picture with the redrawn region pasted in at full resolution.

    `answer` shows the region at any size; `weight` is the soft mask of the region, shape
    (region height, region width). Redrawn parts of a transparent picture become opaque.
    """
    area = region.rect.slices
    over = resized(resized(answer.pixels, region.sent), region.rect.size)
    pixels = picture.pixels.copy()
    pixels[area] = blend(picture.pixels[area], over, weight)
    alpha = picture.alpha
    if alpha is not None:
        alpha = alpha.copy()
        alpha[area] = np.maximum(alpha[area], weight)
    return Picture(pixels=pixels, alpha=alpha, name=picture.name)


def region_weight(mask: Plane, region: Rect, parameters: Parameters) -> Plane:
    """The soft mask of a region of the picture whose whole mask is `mask`."""
    return soft_mask(np.ascontiguousarray(mask[region.slices]), parameters)
