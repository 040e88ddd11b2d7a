"""What the canvas shows, kept as one image of the window's device pixels.

The picture is drawn once when it or the view of it changes (`_ground`); the mask is tinted over it
where it has changed (`_image`). Painting the window, and moving the brush's ring about in it, is
then no more than copying.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QRegion

from app.canvas.grid import FROM_ZOOM, draw_grid
from app.canvas.layer import ANTIALIASING, draw, outline
from app.canvas.mask_layer import MaskLayer
from app.canvas.picture_layer import PictureLayer
from app.canvas.regions import qrect, rect_of, rects
from app.canvas.stale import Stale
from app.model.geometry import EMPTY, Rect, Size

if TYPE_CHECKING:
    from app.canvas.style import Style
    from app.canvas.view import View
    from app.model.mask import Mask
    from app.model.picture import Picture

SQUARE = 8
CHECKERS = QColor(0x80, 0x80, 0x80), QColor(0x99, 0x99, 0x99)
"""What shows through transparent pixels; greys that a picture is not mistaken for."""

BLACK = QBrush(QColor(0, 0, 0))

SOURCE = QPainter.CompositionMode.CompositionMode_Source
SOURCE_OVER = QPainter.CompositionMode.CompositionMode_SourceOver


class Scene:
    """A picture with its mask over it, or a result in its place, as the window shows them."""

    def __init__(self, picture: Picture, mask: Mask, style: Style) -> None:
        self._own = PictureLayer(picture)
        self._result: PictureLayer | None = None
        self._mask = MaskLayer(mask, style.table())
        self._style = style
        self._view: View | None = None
        self._painted = EMPTY  # around the device pixels that may show paint
        self._size = Size(0, 0)
        self._ground = QImage()
        self._image = QImage()
        self._spare = QImage()
        self._ground_stale = QRegion()
        self._image_stale = Stale()

    @property
    def mask(self) -> Mask:
        return self._mask.mask

    @property
    def shows_result(self) -> bool:
        return self._result is not None

    def show_picture(self, picture: Picture) -> None:
        """Show another picture below the same mask."""
        self._own, self._result = PictureLayer(picture), None
        self.spoil()

    def show_result(self, result: Picture | None) -> None:
        """Show a result in the picture's place, without the mask, or the picture again."""
        self._result = None if result is None else PictureLayer(result)
        self.spoil()

    def look(self, view: View) -> None:
        """Show it elsewhere or at another zoom."""
        before, self._view = self._view, view
        paint = self._mask.area
        self._painted = EMPTY if paint.is_empty else view.touched(paint)
        if before and _looks(before) == _looks(view):
            self._shift(round(view.left - before.left), round(view.top - before.top))
        else:
            self.spoil()

    def dress(self, style: Style) -> None:
        """Show the mask, and what is around the picture, in another way."""
        if style.around != self._style.around:
            self.spoil()
        self._style = style
        self._mask.color(style.table())
        if self._view:
            self._image_stale.add(self._view.area)

    def spoil(self) -> None:
        """Draw everything anew the next time."""
        if self._view:
            self._ground_stale = QRegion(qrect(self._view.area))
            self._image_stale.take()

    def build(self, seconds: float) -> bool:
        """Work for about so long at what makes the picture look better; True when all is done.

        The scene is spoilt when it can look better now.
        """
        layer, before = self._layer, self._layer.levels
        is_done = layer.build(seconds)
        if self._view and before <= self._view.level < layer.levels:
            self.spoil()
        return is_done

    @property
    def is_spoilt(self) -> bool:
        """Whether part of the picture is to be drawn anew."""
        return not self._ground_stale.isEmpty()

    @property
    def _layer(self) -> PictureLayer:
        return self._result or self._own

    def mark_mask(self, rect: Rect) -> Rect:
        """The mask has changed in `rect`; the device pixels that look different now."""
        if rect.is_empty:
            return EMPTY
        self._mask.mark(rect)
        if self._view is None:
            return EMPTY
        area = self._view.touched(rect)
        self._painted = self._painted.united(area)
        if self.shows_result or area.is_empty:
            return EMPTY
        self._image_stale.add(area)
        return area

    def image(self) -> QImage:
        """The window's image, brought up to date."""
        assert self._view is not None
        self._fit(self._view.window)
        if not self._ground_stale.isEmpty():
            for area in rects(self._ground_stale):
                self._draw_ground(self._view, area)
                self._image_stale.add(area)
            self._ground_stale = QRegion()
        if self._image_stale:
            painter = QPainter(self._image)
            for area in self._image_stale.take():
                self._compose(painter, self._view, area)
            painter.end()
        return self._image

    def _fit(self, window: Size) -> None:
        """Make the images as large as the window."""
        if self._size != window:
            self._size = window
            self._ground, self._image, self._spare = (
                QImage(*window, QImage.Format.Format_RGB32) for _ in range(3)
            )

    def _shift(self, dx: int, dy: int) -> None:
        """Push what is drawn already to the side; only what comes into view is drawn anew."""
        if (dx, dy) == (0, 0):
            return
        whole = self._ground.rect()
        self._ground = self._pushed(self._ground, dx, dy)
        self._image = self._pushed(self._image, dx, dy)
        fresh = QRegion(whole) - whole.translated(dx, dy)
        self._ground_stale = (self._ground_stale.translated(dx, dy) & whole) + fresh
        for area in self._image_stale.take():
            seen = area.moved(dx, dy).within(rect_of(whole))
            if not seen.is_empty:
                self._image_stale.add(seen)

    def _pushed(self, image: QImage, dx: int, dy: int) -> QImage:
        """The image pushed to the side, in the spare one; it is the spare one then."""
        pushed, self._spare = self._spare, image
        painter = QPainter(pushed)
        painter.drawImage(dx, dy, image)
        painter.end()
        return pushed

    def _draw_ground(self, view: View, area: Rect) -> None:
        """The picture and what is around it."""
        frame, layer = view.frame.within(area), self._layer
        # In the corners of a picture that is turned askew there is none of it.
        covered = QRegion(qrect(frame)) if view.axes.is_straight else QRegion()
        painter = QPainter(self._ground)
        for rest in rects(QRegion(qrect(area)) - covered):
            painter.fillRect(qrect(rest), self._style.around)
        painter.setClipRect(qrect(frame))
        if not layer.is_opaque:
            self._draw_checkers(painter, view, frame)
        painter.setCompositionMode(SOURCE if layer.is_opaque else SOURCE_OVER)
        draw(layer, painter, view, frame)
        painter.end()

    def _draw_checkers(self, painter: QPainter, view: View, frame: Rect) -> None:
        """What shows through a picture; it is pushed along with it, but never turned."""
        painter.setBrushOrigin(round(view.left), round(view.top))
        _cover(painter, view, frame, _checkers())

    def _compose(self, painter: QPainter, view: View, area: Rect) -> None:
        """Lay the mask over the ground or put it in its place, and lines over both."""
        place, mode = qrect(area), "hidden" if self.shows_result else self._style.mode
        painter.setClipRect(place)
        if mode == "mono":
            painter.fillRect(place, self._style.around)
            _cover(painter, view, view.frame.within(area), BLACK)
        else:
            painter.drawImage(place.topLeft(), self._ground, place)
        painted = self._painted.within(area)
        if mode in ("overlay", "mono") and not painted.is_empty:
            painter.setClipRect(qrect(painted))
            draw(self._mask, painter, view, painted)
        if self._style.grid and view.zoom >= FROM_ZOOM:
            painter.setClipRect(place)
            draw_grid(painter, view, area)


def _cover(painter: QPainter, view: View, frame: Rect, brush: QBrush) -> None:
    """Fill the picture's place, of which only `frame` is wanted."""
    if view.axes.is_straight:
        painter.fillRect(qrect(frame), brush)
    else:
        painter.setRenderHint(ANTIALIASING)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush)
        painter.drawPolygon(outline(view))


def _looks(view: View) -> tuple[object, ...]:
    """All of a view but where it is: what differs in that alone can be pushed there."""
    return view.zoom, view.window, view.angle, view.mirrored


def _checkers() -> QBrush:
    dark, light = CHECKERS
    tile = QImage(2 * SQUARE, 2 * SQUARE, QImage.Format.Format_RGB32)
    tile.fill(dark)
    painter = QPainter(tile)
    for corner in (QPoint(0, 0), QPoint(SQUARE, SQUARE)):
        painter.fillRect(corner.x(), corner.y(), SQUARE, SQUARE, light)
    painter.end()
    return QBrush(tile)
