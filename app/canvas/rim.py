"""An image of which hardly anything is seen, laid over others pixel by pixel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.model import kernels

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from app.canvas.pixels import Sheet


class Rim:
    """The pixels of a premultiplied image that are not transparent."""

    def __init__(self, image: QImage) -> None:
        width, height = image.width(), image.height()
        pixels = np.ndarray((height, width), np.uint32, image.constBits(), 0, (4 * width, 4))
        rows, columns = np.nonzero(pixels)
        self._places = np.column_stack((columns, rows)).astype(np.int32)
        self._colors = pixels[rows, columns].reshape(1, -1)
        self._below = np.empty_like(self._colors)
        self._laid: tuple[Sheet, int, int] | None = None

    def lay(self, sheet: Sheet, left: int, top: int) -> bool:
        """Lay it over a sheet with its corner there; False where nothing can do that."""
        if not kernels.IS_COMPILED:
            return False
        kernels.lay_rim(sheet.pixels, self._places, self._colors, self._below, left, top)
        self._laid = sheet, left, top
        return True

    def lift(self) -> None:
        """Take it off again, before anything else changes the sheet."""
        if self._laid is not None:
            sheet, left, top = self._laid
            kernels.lift_rim(sheet.pixels, self._places, self._colors, self._below, left, top)
            self._laid = None
