"""A canvas to paint on as a hand does, and one that does nothing."""

from collections.abc import Iterator, Sequence
from functools import partial
from math import cos, sin, tau

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.canvas.canvas import Canvas
from app.canvas.regions import rect_of
from app.look.theme import Theme
from app.model.brush import Brush, Sample
from app.model.geometry import Rect, Size
from app.model.mask import Mask
from app.model.picture import Picture
from app.model.stamp import StampCache
from app.session.document import Document
from app.session.tools import Tools
from tests.bench._bound import Bound, Dabs
from tests.bench._timing import clock, timed

EVENTS = 60
STEP = 20.0


class Watcher(QObject):
    """Notes which pixels of a widget are painted; it must not watch while times are taken."""

    painted = Rect(0, 0, 0, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.painted = rect_of(event.rect())
        return False


class Idle(QWidget):
    """Has as much painted at each move of the mouse as another one did, and paints nothing."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.resize(*size)
        self.area = Rect(0, 0, 1, 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        left, top, right, bottom = self.area
        self.update(left, top, right - left, bottom - top)

    def paintEvent(self, event: QPaintEvent) -> None:
        pass


class Easel:
    """A canvas on the screen with a picture open."""

    def __init__(self, side: int, view: Size) -> None:
        self.size, self.view = Size(side, side), view
        pixels = np.random.default_rng(7).integers(0, 256, (side, side, 4), np.uint8)
        pixels[..., 3] = 255
        self.document, self.tools = Document(), Tools()
        self.canvas, self._idle = Canvas(self.document, self.tools, Theme()), Idle(view)
        self._watcher = Watcher()
        self.canvas.resize(*view)
        self.canvas.show()
        self.document.open(Picture(pixels=pixels))
        while self.canvas._building.isActive():
            QApplication.processEvents()
        self._bound_mask = Mask(self.size)
        self._buffers = np.empty((2, view.height, view.width), np.uint32)

    def look(self, *, zoom: float | None = None, angle: float = 0, mirrored: bool = False) -> None:
        """Show the picture's middle, or all of it where no zoom is named."""
        if self.canvas.mirrored != mirrored:
            self.canvas.mirror()
        self.canvas.turn_to(angle)
        self.canvas.fit()
        if zoom:
            self.canvas.zoom_by(zoom / self.canvas.zoom)
        self._idle.show()
        QApplication.processEvents()

    def stroke(self, brush: Brush, least: Bound, cache: StampCache) -> list[tuple[float, ...]]:
        """Seconds of each event of a stroke, of its two bounds, and of doing nothing.

        Then the event's again if it sets a dab, and 1; large brushes set few.
        One after the other: a hand that paints does nothing else in between, and what each needs
        is in the processor's caches as it is then.
        """
        self.tools.edit(size=brush.size, hardness=brush.hardness, opacity=brush.opacity)
        places = list(self._places())
        painted = self._painted(places)
        self._send(self.canvas, QEvent.Type.MouseButtonPress, places[0])
        ours = [self._send(self.canvas, QEvent.Type.MouseMove, place) for place in places[1:]]
        self._send(self.canvas, QEvent.Type.MouseButtonRelease, places[-1])
        idle = [self._do_nothing(*each) for each in zip(places[1:], painted, strict=True)]
        dabs = Dabs(self._bound_mask, brush, cache)
        dabs.at(self._sample(places[0]))
        fallen = [dabs.at(self._sample(place)) for place in places[1:]]
        bounds = [least.times(each) for each in fallen]
        copies = [timed(partial(self._copy, area)) for area in painted]
        return [
            (our, driven + copied, bare + copied, nothing, our * bool(each), float(bool(each)))
            for our, each, (driven, bare), copied, nothing in zip(
                ours, fallen, bounds, copies, idle, strict=True
            )
        ]

    def _painted(self, places: Sequence[QPointF]) -> list[Rect]:
        """What each event of the stroke has painted; the stroke is taken back."""
        self.canvas.installEventFilter(self._watcher)
        painted = []
        self._send(self.canvas, QEvent.Type.MouseButtonPress, places[0])
        for place in places[1:]:
            self._send(self.canvas, QEvent.Type.MouseMove, place)
            painted.append(self._watcher.painted)
        self.canvas.break_off()
        self.canvas.removeEventFilter(self._watcher)
        QApplication.processEvents()
        return painted

    def undo(self) -> float:
        """Seconds to take the last stroke back and to paint that."""
        packer = self.document._packer
        while not packer.is_idle:
            QApplication.processEvents()
        packer.hold(True)  # it packs between events, and no one waits for that
        spent = timed(self.document.undo_stack.undo) + timed(QApplication.processEvents)
        packer.hold(False)
        self.document.undo_stack.clear()
        return spent

    def _send(self, widget: QWidget, kind: QEvent.Type, place: QPointF) -> float:
        """Deliver a mouse event and have the widget painted; the seconds that took."""
        left = Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, place, place, left, left, Qt.KeyboardModifier.NoModifier)
        started = clock()
        QApplication.sendEvent(widget, event)
        QApplication.processEvents()
        return clock() - started

    def _do_nothing(self, place: QPointF, area: Rect) -> float:
        self._idle.area = area
        return self._send(self._idle, QEvent.Type.MouseMove, place)

    def _copy(self, area: Rect) -> None:
        to, origin = self._buffers
        np.copyto(to[area.slices], origin[area.slices])

    def _places(self) -> Iterator[QPointF]:
        """Places of the view that are `STEP` pixels of the picture apart."""
        radius = 150.0
        step = STEP * self.canvas.zoom
        for number in range(EVENTS):
            angle = number * step / radius % tau
            x = self.view.width / 2 + radius * cos(angle)
            yield QPointF(x, self.view.height / 2 + radius * sin(angle))

    def _sample(self, place: QPointF) -> Sample:
        assert self.canvas._view
        return Sample(*self.canvas._view.to_picture(place.x() + 0.5, place.y() + 0.5))
