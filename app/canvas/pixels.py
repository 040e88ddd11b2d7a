"""The window's device pixels, as Qt draws them and as the kernels do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QImage

from app.model import kernels

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QColor

    from app.canvas.mask_layer import MaskLayer
    from app.canvas.picture_layer import PictureLayer
    from app.canvas.view import View
    from app.model.geometry import Rect, Size

    Pixels = NDArray[np.uint32]

OPAQUE = QImage.Format.Format_RGB32


class Sheet:
    """The same bytes as an image of Qt's and as an array.

    The image must never be copied, not even as a second one that shares the bytes: Qt would
    take others for the next change, and the array would show nothing any more.
    """

    def __init__(self, size: Size, image_format: QImage.Format = OPAQUE) -> None:
        self.pixels: Pixels = np.empty((size.height, size.width), np.uint32)
        self.image = QImage(self.pixels.data, size.width, size.height, 4 * size.width, image_format)

    def copy(self, other: Sheet, area: Rect) -> None:
        """Take an area of another one of the same size."""
        np.copyto(self.pixels[area.slices], other.pixels[area.slices])


def draw_picture(
    target: Sheet, layer: PictureLayer, view: View, area: Rect, around: QColor
) -> bool:
    """Draw a picture, and what is around it in the corners; False if it is to be left to Qt.

    Qt draws it otherwise than it is at two to twenty times the cost.
    """
    pixels = layer.pixels(view.level)
    if pixels is None or not kernels.IS_COMPILED:
        return False
    kernels.resample(target.pixels, pixels, view.steps, area, view.mixes, around.rgb())
    return True


def tint(image: Sheet, ground: Sheet, mask: MaskLayer, view: View, area: Rect) -> bool:
    """Lay the mask over the ground; False if it is to be left to Qt."""
    if not _can_tint(mask, view):
        return False
    kernels.tint(
        image.pixels,
        ground.pixels,
        mask.values(view.level),
        mask.colors,
        view.steps,
        area,
        view.mixes,
        not view.axes.is_straight,
    )
    return True


def draw_both(
    target: Sheet,
    layer: PictureLayer,
    mask: MaskLayer,
    view: View,
    area: Rect,
    painted: Rect,
    around: QColor,
) -> bool:
    """Draw a picture and, where it is `painted`, the mask over it; False if Qt is needed for that.

    Both at once take less time than one after the other.
    """
    pixels = layer.pixels(view.level)
    if pixels is None or not _can_tint(mask, view):
        return False
    kernels.show(
        target.pixels,
        pixels,
        mask.values(view.level),
        mask.colors,
        view.steps,
        area,
        painted,
        view.mixes,
        around.rgb(),
        not view.axes.is_straight,
    )
    return True


def _can_tint(mask: MaskLayer, view: View) -> bool:
    return kernels.IS_COMPILED and (view.axes.is_straight or mask.is_clear_around)
