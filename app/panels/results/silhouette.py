"""A small grey shape of what a job redraws, for the places of its pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from app.model.geometry import Rect, Size

if TYPE_CHECKING:
    from app.model.job import Job
    from app.model.picture import Plane

_COARSE = 1024
"""The box is looked for on at most this many pixels a side; a shape needs no more."""


def silhouette(job: Job, size: QSize, color: QColor) -> QImage:
    """The shape of what `job` redraws, fitted into `size` pixels; null when that is nothing."""
    plane = _cropped(job.mask, invert=bool(job.parameters.inpainting_mask_invert))
    if not plane.size:
        return QImage()
    height, width = plane.shape
    shape = QImage(plane.tobytes(), width, height, width, QImage.Format.Format_Alpha8)
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    tinted = shape.scaled(size, keep, smooth)
    tinted = tinted.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(tinted)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(tinted.rect(), color)
    painter.end()
    return tinted


def _cropped(mask: Plane, *, invert: bool) -> Plane:
    """The redrawn part of `mask`, thinned to no more pixels than a small picture can show."""
    # Here, as the strip is there long before the first job, and numpy need not be.
    import numpy as np

    from app.model.region import redrawn_box

    step = max(1, max(mask.shape) // _COARSE)
    coarse = redrawn_box(mask[::step, ::step], invert=invert)
    height, width = mask.shape
    box = Rect(*(step * edge for edge in coarse)).within(Rect.of(Size(width, height)))
    thin = max(1, box.size.longest // _COARSE)
    part = mask[box.top : box.bottom : thin, box.left : box.right : thin]
    return np.ascontiguousarray(255 - part if invert else part)
