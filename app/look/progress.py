"""The progress bar: how far, or only that something goes on."""

from PySide6.QtCore import QEasingCurve, QRectF, QVariantAnimation
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.look.paint import box
from app.look.theme import Theme

HEIGHT = 4
SEGMENT = 0.3
TRAVEL_MS = 1600
GROW_MS = 200


class ProgressBar(QWidget):
    """A bar of 4 px. Where nobody knows how far, a segment travels; with reduced motion it is
    still and as wide as the track.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fraction: float | None = 0.0
        self._growth = QVariantAnimation(self)
        self._growth.setDuration(GROW_MS)
        self._growth.valueChanged.connect(self.update)
        self._travel = QVariantAnimation(self)
        self._travel.setDuration(TRAVEL_MS)
        self._travel.setLoopCount(-1)
        self._travel.setStartValue(-SEGMENT)
        self._travel.setEndValue(1.0)
        self._travel.setEasingCurve(QEasingCurve.Type.InOutSine)
        self._travel.valueChanged.connect(self.update)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @property
    def fraction(self) -> float | None:
        """What is shown, 0…1; None while nobody knows."""
        return self._fraction

    def set_fraction(self, fraction: float | None) -> None:
        """Show how far it is."""
        if fraction == self._fraction:
            return
        before, self._fraction = self._fraction, fraction
        self._growth.stop()
        if fraction is not None:
            grows = before is not None and fraction > before and not self._theme.reduced_motion
            self._growth.setStartValue(float(before if grows and before else fraction))
            self._growth.setEndValue(float(fraction))
            if grows and self.isVisible():
                self._growth.start()
            else:
                self._growth.setCurrentTime(GROW_MS)
        self._travel_if_needed()
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        self._travel_if_needed()

    def hideEvent(self, event: QHideEvent) -> None:
        self._travel.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        radius = HEIGHT / 2
        bounds = QRectF(self.rect())
        box(painter, bounds, radius, fill=self._theme.color("track"))
        bar = self._bar(bounds)
        if bar.width() > 0:
            box(painter, bar, radius, fill=self._theme.color("accent"))

    def _bar(self, bounds: QRectF) -> QRectF:
        width = bounds.width()
        if self._fraction is not None:
            shown = self._growth.currentValue()
            share = self._fraction if shown is None else float(shown)
            return QRectF(0, 0, width * max(0.0, min(1.0, share)), HEIGHT)
        if self._theme.reduced_motion:
            return bounds
        at = float(self._travel.currentValue())
        return QRectF(at * width, 0, SEGMENT * width, HEIGHT).intersected(bounds)

    def _travel_if_needed(self) -> None:
        wanted = self._fraction is None and self.isVisible() and not self._theme.reduced_motion
        running = self._travel.state() is QVariantAnimation.State.Running
        if wanted and not running:
            self._travel.start()
        elif running and not wanted:
            self._travel.stop()
