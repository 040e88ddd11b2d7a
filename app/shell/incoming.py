"""Pictures that come by the clipboard or are dropped, and a word where none is among it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication, QImage

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from app.panels.status_line import StatusLine

Found = Path | bytes | QImage
"""A picture as its file, its bytes or its pixels."""

ENCODED = (
    "image/png",
    "image/webp",
    "image/avif",
    "image/jpeg",
    "image/tiff",
    "image/bmp",
    "image/gif",
)
"""What other programs offer that we can read, the best first."""


def pasted(status: StatusLine) -> Found | None:
    """The picture on the clipboard."""
    found = carried(QGuiApplication.clipboard().mimeData())
    if found is None:
        told = QCoreApplication.translate("Incoming", "The clipboard holds no picture.")
        status.show_message(told)
    return found


def dropped(data: QMimeData, status: StatusLine) -> Found | None:
    """The picture that was dropped."""
    found = carried(data)
    if found is None:
        status.show_message(QCoreApplication.translate("Incoming", "That is no picture."))
    return found


def carried(data: QMimeData) -> Found | None:
    """The picture in `data`.

    Files come before pixels: a copied file brings its icon or a preview along. Where another
    program offers encoded bytes, Qt is not asked to decode them: its decoders, of which there are
    many, would do that in this process.
    """
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return files[0]
    offered = [form for form in data.formats() if form.startswith("image/")]
    if offered:
        best = next((form for form in ENCODED if form in offered), None)
        return None if best is None else bytes(data.data(best).data())
    image = data.imageData() if data.hasImage() else None
    return image if isinstance(image, QImage) and not image.isNull() else None
