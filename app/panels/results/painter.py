"""Draws thumbnails: finished ones, and the places of those to come."""

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QImage, QPainter, QPixmap

from app.look.paint import box
from app.look.theme import Theme
from app.model.job import Job, Result
from app.panels.results import metrics, words
from app.panels.results.items import Item
from app.panels.results.motion import Motion
from app.panels.results.places import cancel_rect, caption_rect, chip_rect
from app.panels.results.silhouette import silhouette

_KEPT = 256
"""Drawn thumbnails that are kept; a screen shows about a dozen."""

_PAD = 10
_SHAPE = QSize(88, 44)
_SHAPE_TOP = 8
_SHAPE_OPACITY = 0.75
_GAP = 6
_BAR = 4
_SEGMENT = 0.3
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ThumbnailPainter:
    """Draws items at their content rectangles; keeps what is dear to make."""

    def __init__(self, theme: Theme, motion: Motion) -> None:
        self._theme = theme
        self._motion = motion
        self._kept: OrderedDict[Hashable, QPixmap] = OrderedDict()

    def clear(self) -> None:
        """Forget what was drawn in the colours of another theme."""
        self._kept.clear()

    def picture(self, painter: QPainter, at: QRect, result: Result) -> None:
        """A finished picture."""
        ratio = painter.device().devicePixelRatioF()
        key = (result.job_id, result.index, at.width(), ratio)
        pixmap = self._keep(key, lambda: _rounded(result, at.size(), ratio))
        painter.drawPixmap(at, pixmap)

    def well(self, painter: QPainter, at: QRect, item: Item, *, hot_cancel: bool) -> None:
        """The place of a picture to come."""
        box(painter, QRectF(at), metrics.RADIUS, fill=self._theme.color("well"))
        self._shape(painter, at, item)
        if item.leads:
            self._state(painter, at, item)
            token = "text" if hot_cancel else "sub"
            self._icon(painter, cancel_rect(at), "cancel", token)
            self._bar(painter, at, item.job_id)

    def chip(self, painter: QPainter, at: QRect, icon: str, place: int) -> None:
        """A dark chip with a white icon, readable on any picture."""
        rect = chip_rect(at, place)
        box(painter, QRectF(rect), metrics.RADIUS, fill=self._theme.color("chip"))
        self._icon(painter, rect, icon, "on_fill")

    def frame(self, painter: QPainter, at: QRect, distance: int) -> None:
        """The frame of the selected item, `distance` outside of it."""
        out = distance + metrics.FRAME
        rect = QRectF(at).adjusted(-out, -out, out, out)
        radius = metrics.RADIUS + out
        box(painter, rect, radius, edge=self._theme.color("accent"), width=metrics.FRAME)

    def caption(self, painter: QPainter, at: QRect, item: Item, *, strong: bool) -> None:
        """The line under a thumbnail."""
        is_told = item.result is not None or bool(words.remark(item.entry))
        color, weight = ("text", 600) if strong else ("sub" if is_told else "hint", 400)
        self._text(painter, caption_rect(at), words.caption(item), color, weight, _LEFT)

    def divider(self, painter: QPainter, x: int, top: int) -> None:
        """The line between two jobs."""
        line = QRect(x, top + 8, 1, metrics.THUMBNAIL_HEIGHT - 16)
        painter.fillRect(line, self._theme.color("edge"))

    def _state(self, painter: QPainter, at: QRect, item: Item) -> None:
        line = QRect(at.left() + _PAD, at.bottom() - 38, at.width() - 2 * _PAD, 18)
        word = words.state_word(item.entry)
        figure = figure_beside(self._theme, word, words.state_figure(item.entry), line.width())
        token = "warn" if item.entry.progress.trouble else "text"
        self._text(painter, line, figure, "sub", 400, _RIGHT)
        self._text(painter, line, word, token, 600, _LEFT)

    def _bar(self, painter: QPainter, at: QRect, job_id: str) -> None:
        track = QRectF(at.left() + _PAD, at.bottom() + 1 - _PAD - _BAR, at.width() - 2 * _PAD, _BAR)
        box(painter, track, _BAR / 2, fill=self._theme.color("track"))
        value = self._motion.value(job_id)
        if value is not None:
            filled = QRectF(track.topLeft(), track.size())
            filled.setWidth(track.width() * min(1.0, max(0.0, value)))
        elif self._motion.is_reduced:
            return  # a still track; the elapsed time tells that the job lives
        else:
            start = track.left() + track.width() * ((1 + _SEGMENT) * self._motion.lap() - _SEGMENT)
            filled = QRectF(start, track.top(), track.width() * _SEGMENT, _BAR) & track
        if filled.width() > 0:
            box(painter, filled, _BAR / 2, fill=self._theme.color("accent"))

    def _shape(self, painter: QPainter, at: QRect, item: Item) -> None:
        job, ratio = item.entry.job, painter.device().devicePixelRatioF()
        if job is None:
            return  # of an earlier run, and not read back yet
        pixmap = self._keep((job.id, ratio), lambda: self._draw_shape(job, ratio))
        size = pixmap.deviceIndependentSize()
        room = 2 * _SHAPE_TOP + _SHAPE.height() if item.leads else at.height()
        left, top = (at.width() - size.width()) / 2, (room - size.height()) / 2
        painter.drawPixmap(QPointF(at.left() + left, at.top() + top), pixmap)

    def _draw_shape(self, job: Job, ratio: float) -> QPixmap:
        color = QColor(self._theme.color("raised"))
        color.setAlphaF(_SHAPE_OPACITY)
        image = silhouette(job, _SHAPE * ratio, color)
        image.setDevicePixelRatio(ratio)
        return QPixmap.fromImage(image)

    def _keep(self, key: Hashable, draw: Callable[[], QPixmap]) -> QPixmap:
        if key not in self._kept:
            self._kept[key] = draw()
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def _icon(self, painter: QPainter, rect: QRect, name: str, token: str) -> None:
        side = metrics.SMALL_ICON
        target = QRect(0, 0, side, side)
        target.moveCenter(rect.center())
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(target, self._theme.icons.pixmap(name, token, side, ratio))

    def _text(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        token: str,
        weight: int,
        align: Qt.AlignmentFlag,
    ) -> None:
        painter.setFont(self._theme.font(12, weight))
        painter.setPen(self._theme.color(token))
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, int(align) | Qt.TextFlag.TextSingleLine, text)


def figure_beside(theme: Theme, word: str, figure: str, width: int) -> str:
    """The figure, if there is room for it beside the word, which comes first: else nothing."""
    bold, plain = QFontMetrics(theme.font(12, 600)), QFontMetrics(theme.font(12))
    needed = bold.horizontalAdvance(word) + _GAP + plain.horizontalAdvance(figure)
    return figure if needed <= width else ""


def _rounded(result: Result, size: QSize, ratio: float) -> QPixmap:
    """The thumbnail of `result`, filling `size`, with round corners."""
    height, width, _ = result.thumbnail.shape
    image = QImage(result.thumbnail.tobytes(), width, height, 4 * width, QImage.Format.Format_RGB32)
    pixels = QSize(round(size.width() * ratio), round(size.height() * ratio))
    fill, smooth = (
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    image = image.scaled(pixels, fill, smooth)
    left, top = (image.width() - pixels.width()) // 2, (image.height() - pixels.height()) // 2
    image = image.copy(QRect(left, top, pixels.width(), pixels.height()))
    pixmap = QPixmap(pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    box(painter, QRectF(pixmap.rect()), metrics.RADIUS * ratio)
    painter.setBrush(QBrush(image))
    painter.drawRoundedRect(pixmap.rect(), metrics.RADIUS * ratio, metrics.RADIUS * ratio)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
