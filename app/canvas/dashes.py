"""Dashes of black and white that show along a line of any direction, on any colour.

They belong to the window and not to the line: any part of it can be drawn by itself.
"""

from PySide6.QtGui import QImage

PERIOD = 16
"""So many pixels make a black dash and a white one."""
ACROSS, DOWN = 2, 3
"""How many of these further a pixel beside or below is.

Were both the same, lines that go up as far as to the right would have one colour.
"""
BLACK, WHITE = 0xFF000000, 0xFFFFFFFF


def tile() -> QImage:
    """What the window is to be filled with where there is a line."""
    image = QImage(PERIOD, PERIOD, QImage.Format.Format_RGB32)
    for y in range(PERIOD):
        for x in range(PERIOD):
            is_black = (ACROSS * x + DOWN * y) % PERIOD < PERIOD // 2
            image.setPixel(x, y, BLACK if is_black else WHITE)
    return image
