"""How a kept mask is called, dated and drawn small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from app.contract.hints import QT_TRANSLATE_NOOP
from app.look.dates import date_and_time
from app.look.sizes import room
from app.shell.kept.listing import THUMBNAIL

if TYPE_CHECKING:
    from app.model.autosave import Autosaved, Glimpse

TINT = QColor(255, 0, 0, 128)
_RATIO = 2

_PASTED = QT_TRANSLATE_NOOP("Recovery", "Pasted picture")
_FACTS = QT_TRANSLATE_NOOP("Recovery", "{width} × {height} · {when} · {bytes}")
_OFFERED = QT_TRANSLATE_NOOP("Recovery", "Kept as you left it on {when}.")


def name_of(kept: Autosaved) -> str:
    """The picture's name."""
    return kept.source.name or _tr(_PASTED)


def facts_of(kept: Autosaved) -> str:
    """How large the picture is, when it was painted on last, and what that takes on the disk."""
    return _tr(_FACTS).format(
        width=kept.size.width,
        height=kept.size.height,
        when=date_and_time(kept.changed),
        bytes=room(kept.nbytes),
    )


def offer_of(kept: Autosaved) -> str:
    """What is offered, in a sentence."""
    return _tr(_OFFERED).format(when=date_and_time(kept.changed))


def preview_of(glimpse: Glimpse) -> QImage:
    """The picture with the mask tinted, for a place as large as `THUMBNAIL`."""
    from app.shell.pixels import image_of

    tint = _tinted(glimpse)
    size = tint.size().scaled(THUMBNAIL * _RATIO, Qt.AspectRatioMode.KeepAspectRatio)
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    if glimpse.picture is not None:
        painter.drawImage(image.rect(), image_of(glimpse.picture))
    painter.drawImage(image.rect(), tint)
    painter.end()
    image.setDevicePixelRatio(_RATIO)
    return image


def _tinted(glimpse: Glimpse) -> QImage:
    """The mask as paint of one colour."""
    height, width = glimpse.mask.shape
    mask = QImage(glimpse.mask.data, width, height, width, QImage.Format.Format_Alpha8)
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(TINT)
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawImage(0, 0, mask)
    painter.end()
    return image


def _tr(text: str) -> str:
    return QCoreApplication.translate("Recovery", text)
