"""Between Qt's images and ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColorSpace, QImage

if TYPE_CHECKING:
    from app.model.picture import Picture, Plane


def picture_of(image: QImage, name: str) -> Picture:
    """A picture with the pixels of `image`, in sRGB."""
    # Here and below, as numpy must not be loaded on the way to the first paint.
    import numpy as np

    from app.model.picture import Picture

    srgb = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    if image.colorSpace().isValid() and image.colorSpace() != srgb:
        image = image.convertedToColorSpace(srgb)
    has_alpha = image.hasAlphaChannel()
    image = image.convertToFormat(QImage.Format.Format_ARGB32)
    shape = (image.height(), image.width(), 4)
    strides = (image.bytesPerLine(), 4, 1)
    view: np.ndarray[tuple[int, ...], np.dtype[np.uint8]] = np.ndarray(
        shape, np.uint8, image.constBits(), strides=strides
    )
    pixels = view.copy()
    alpha = pixels[:, :, 3].copy() if has_alpha else None
    pixels[:, :, 3] = 255
    opaque = alpha is None or bool((alpha == 255).all())
    return Picture(pixels=pixels, alpha=None if opaque else alpha, name=name)


def image_of(picture: Picture) -> QImage:
    """A copy of `picture` that outlives it."""
    width, height = picture.size
    if picture.alpha is None:
        form = QImage.Format.Format_RGB32
        return QImage(picture.pixels.data, width, height, 4 * width, form).copy()
    pixels = picture.pixels.copy()
    pixels[:, :, 3] = picture.alpha
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()


def grey_image_of(plane: Plane) -> QImage:
    """A mask as a grey image that outlives it."""
    height, width = plane.shape
    return QImage(plane.data, width, height, width, QImage.Format.Format_Grayscale8).copy()
