"""A mask read from a picture."""

import numpy as np

from app.model.picture import Picture, Plane

_LUMA = np.array([7471, 38470, 19595], np.uint32)
"""Weights of blue, green and red in luminance (ITU-R BT.601), in 65536ths."""


def mask_of(picture: Picture) -> Plane:
    """The mask that `picture` shows, shape (height, width): white is 255, redraw.

    A picture with transparency means its opaque parts; any other means its luminance.
    """
    if picture.alpha is not None and picture.alpha.min() < 255:
        return picture.alpha
    luma = picture.pixels[..., :3].astype(np.uint32) @ _LUMA
    return ((luma + 32768) >> 16).astype(np.uint8)
