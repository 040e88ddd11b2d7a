"""A canvas on the screen, and a hand to paint on it."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.canvas.canvas import Canvas
from app.look.theme import Theme
from app.model.picture import Picture
from app.session.display import Display
from app.session.document import Document
from app.session.pen import Pen
from app.session.tools import Tools

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier
MODIFIERS = {
    Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
    Qt.Key.Key_Alt: Qt.KeyboardModifier.AltModifier,
    Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier,
}


def noise(width: int, height: int, seed: int = 1) -> Picture:
    """A picture without two alike neighbours."""
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8)
    pixels[..., 3] = 255
    return Picture(pixels=pixels)


def flat(width: int, height: int, value: int = 100) -> Picture:
    pixels = np.full((height, width, 4), value, np.uint8)
    pixels[..., 3] = 255
    return Picture(pixels=pixels)


class Easel:
    """The canvas with its document, its tools, and how it shows the mask."""

    def __init__(
        self,
        canvas: Canvas,
        document: Document,
        tools: Tools,
        display: Display | None = None,
        pen: Pen | None = None,
    ) -> None:
        self.canvas, self.document, self.tools = canvas, document, tools
        self.display, self.pen = display or Display(), pen or Pen()
        self.work = canvas._work
        self.held = PLAIN

    def open(self, picture: Picture, zoom: float | None = None) -> None:
        self.document.open(picture)
        if zoom is not None:
            self.canvas.zoom_by(zoom / self.canvas.zoom)
        QApplication.processEvents()

    def send(
        self,
        kind: QEvent.Type,
        place: QPointF,
        button: Qt.MouseButton = LEFT,
        held: Qt.MouseButton | None = None,
    ) -> None:
        held = (
            (NONE if kind == QEvent.Type.MouseButtonRelease else button) if held is None else held
        )
        event = QMouseEvent(kind, place, self.canvas.mapToGlobal(place), button, held, self.held)
        QApplication.sendEvent(self.canvas, event)

    def hold(self, *keys: Qt.Key) -> None:
        """Press keys and keep them down."""
        for key in keys:
            QTest.keyPress(self.canvas, key, self.held)
            self.held |= MODIFIERS.get(key, PLAIN)

    def let_go(self, *keys: Qt.Key) -> None:
        """Let go of keys."""
        for key in keys:
            QTest.keyRelease(self.canvas, key, self.held)
            self.held &= ~MODIFIERS.get(key, PLAIN)

    def tap(self, key: Qt.Key) -> None:
        QTest.keyClick(self.canvas, key, self.held)

    def press(self, place: QPointF, button: Qt.MouseButton = LEFT) -> None:
        self.send(QEvent.Type.MouseButtonPress, place, button)

    def move(self, place: QPointF, held: Qt.MouseButton = LEFT) -> None:
        self.send(QEvent.Type.MouseMove, place, NONE, held)

    def release(self, place: QPointF, button: Qt.MouseButton = LEFT) -> None:
        self.send(QEvent.Type.MouseButtonRelease, place, button)

    def drag(self, places: Sequence[QPointF], button: Qt.MouseButton = LEFT) -> None:
        self.press(places[0], button)
        for place in places[1:]:
            self.move(place, button)
        self.release(places[-1], button)

    def at(self, x: float, y: float) -> QPointF:
        """The place of the widget at which a place of the picture is shown."""
        view, ratio = self.canvas._view, self.canvas.devicePixelRatioF()
        assert view
        return QPointF(*view.place(x, y)) / ratio

    def on(self, column: int, row: int) -> QPointF:
        """The device pixel in the middle of a pixel of the picture."""
        place, ratio = self.at(column + 0.5, row + 0.5), self.canvas.devicePixelRatioF()
        return QPointF(int(place.x() * ratio) / ratio, int(place.y() * ratio) / ratio)

    def shot(self) -> np.ndarray:
        """What the canvas shows, as blue, green, red, 255 of each device pixel."""
        image = self.canvas.grab().toImage()
        image = image.convertToFormat(image.Format.Format_RGB32)
        flat = np.frombuffer(image.constBits(), np.uint8)
        return flat.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width()].copy()

    def shown(self, x: float, y: float) -> tuple[int, int, int]:
        """Red, green and blue shown for a place of the picture."""
        place, ratio = self.at(x, y), self.canvas.devicePixelRatioF()
        blue, green, red = self.shot()[int(place.y() * ratio), int(place.x() * ratio), :3]
        return int(red), int(green), int(blue)

    def leave(self) -> None:
        """The pointer goes elsewhere, and with it the ring."""
        QApplication.sendEvent(self.canvas, QEvent(QEvent.Type.Leave))


def set_up(width: int = 400, height: int = 300) -> Easel:
    """An easel on the screen."""
    document, tools, display = Document(), Tools(), Display()
    display.edit(grid=False)  # which would lie over the pixels that tests look at
    pen = Pen()
    canvas = Canvas(document, tools, Theme(), display, pen=pen)
    canvas.resize(width, height)
    canvas.show()
    canvas.activateWindow()
    canvas.setFocus()
    return Easel(canvas, document, tools, display, pen)
