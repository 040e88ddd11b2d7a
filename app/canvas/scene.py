"""What the canvas shows, kept as one image of the window's device pixels.

The picture is drawn once when it or the view of it changes (`_ground`); the mask is tinted over it
where it has changed (`_image`). Painting the window, and moving the brush's ring about in it, is
then no more than copying. While the view changes the picture is drawn into the image at once, and
into the ground only where the mask changes next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter, QRegion

from app.canvas.drawing import draw_around, draw_ground, draw_lines, draw_mask, without
from app.canvas.grid import FROM_ZOOM as LINES_FROM
from app.canvas.mask_layer import MaskLayer
from app.canvas.picture_layer import PictureLayer
from app.canvas.pixels import Sheet, draw_both, draw_picture, tint
from app.canvas.regions import qrect, rect_of, rects
from app.canvas.stale import Stale
from app.model.geometry import EMPTY, Rect, Size

if TYPE_CHECKING:
    from app.canvas.style import Style
    from app.canvas.view import View
    from app.model.mask import Mask
    from app.model.picture import Picture

LARGE = 1 << 18
"""From so many pixels on it pays to draw without a ground."""
WIDE = 128


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
        self._ground = self._image = self._spare = Sheet(self._size)
        self._ground_stale = QRegion()
        self._ground_fresh = EMPTY  # some of what is not
        self._image_stale = Stale()

    @property
    def mask(self) -> Mask:
        return self._mask.mask

    @property
    def mask_layer(self) -> MaskLayer:
        """The mask in the colours of the style."""
        return self._mask

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
        is_drawn = self._size == view.window  # or what is stale lies outside what there is
        if before and is_drawn and _looks(before) == _looks(view):
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
            self._ground_stale, self._ground_fresh = QRegion(qrect(self._view.area)), EMPTY
            self._image_stale.take()
            self._image_stale.add(self._view.area)

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
        """Whether something is to be drawn anew."""
        return bool(self._image_stale)

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
        if self._result is not None or area.is_empty:
            self._painted = self._painted.united(area)
            return EMPTY
        if not self._painted.contains(area):
            self._painted = self._painted.united(area)
        self._image_stale.add(area)
        return area

    def sheet(self) -> Sheet:
        """The window's pixels, brought up to date; they must be as they are the next time."""
        assert self._view is not None
        self._fit(self._view.window)
        for area in self._image_stale.take():
            self._draw(self._view, area)
        return self._image

    def _fit(self, window: Size) -> None:
        """Make the images as large as the window."""
        if self._size != window:
            self._size = window
            self._ground, self._image, self._spare = (Sheet(window) for _ in range(3))

    def _shift(self, dx: int, dy: int) -> None:
        """Push what is drawn already to the side; only what comes into view is drawn anew."""
        if (dx, dy) == (0, 0):
            return
        whole = qrect(Rect.of(self._size))
        self._ground = self._pushed(self._ground, dx, dy)
        self._image = self._pushed(self._image, dx, dy)
        fresh = QRegion(whole) - whole.translated(dx, dy)
        self._ground_stale = (self._ground_stale.translated(dx, dy) & whole) + fresh
        self._ground_fresh = EMPTY
        for area in self._image_stale.take():
            seen = area.moved(dx, dy).within(rect_of(whole))
            if not seen.is_empty:
                self._image_stale.add(seen)
        for area in rects(fresh):
            self._image_stale.add(area)

    def _pushed(self, sheet: Sheet, dx: int, dy: int) -> Sheet:
        """The pixels pushed to the side, in the spare ones; they are the spare ones then."""
        pushed, self._spare = self._spare, sheet
        painter = QPainter(pushed.image)
        painter.drawImage(dx, dy, sheet.image)
        painter.end()
        return pushed

    def _draw(self, view: View, area: Rect) -> None:
        # Near where the hand was Qt need not be asked.
        if self._ground_fresh.contains(area) or not self._ground_stale.intersects(qrect(area)):
            self._compose(view, area)
        elif self._stale_ground(area) < LARGE:
            self._renew_ground(view, _widened(area).within(view.area))
            self._compose(view, area)
        elif not self._draw_at_once(view, area):
            self._renew_ground(view, area)
            self._compose(view, area)

    def _draw_at_once(self, view: View, area: Rect) -> bool:
        """Draw the picture into the image, and the mask over it; False if Qt is needed for that."""
        image, layer, around = self._image, self._layer, self._style.around
        frame = view.frame.within(area)
        shown = self._masked(view, frame)
        if shown.is_empty:
            is_drawn = draw_picture(image, layer, view, frame, around)
        else:
            is_drawn = draw_both(image, layer, self._mask, view, frame, shown, around)
        if not is_drawn:
            return False
        draw_around(image, around, view, area)
        self._rule(view, area)
        return True

    def _stale_ground(self, area: Rect) -> int:
        """How many pixels of the ground are not as they should be."""
        return sum(rect.size.area for rect in rects(self._ground_stale & qrect(area)))

    def _renew_ground(self, view: View, area: Rect) -> None:
        """Draw what of the ground is not as it should be."""
        region = QRegion(qrect(area))
        for stale in rects(self._ground_stale & region):
            draw_around(self._ground, self._style.around, view, stale)
            draw_ground(self._ground, self._layer, view, stale, self._style.around)
        self._ground_stale -= region
        self._ground_fresh = area

    def _compose(self, view: View, area: Rect) -> None:
        """Lay the mask over the ground, and lines over both."""
        image, ground, mask, style = self._image, self._ground, self._mask, self._style
        shown = self._masked(view, area)
        if shown != area:  # for a bit of a stroke it is the same
            for rest in without(area, shown):
                image.copy(ground, rest)
        if not (shown.is_empty or tint(image, ground, mask, view, shown)):
            draw_mask(image, ground, mask, view, shown, self._painted, style.around)
        self._rule(view, area)

    def _rule(self, view: View, area: Rect) -> None:
        """Draw lines between pixels where they are shown large."""
        if self._style.grid and view.zoom >= LINES_FROM:
            draw_lines(self._image, view, area)

    def _masked(self, view: View, area: Rect) -> Rect:
        """What of an area the mask makes look different."""
        if self._result is not None or self._style.mode not in ("overlay", "mono"):
            return EMPTY
        within = self._painted if self._mask.is_clear_around else view.frame
        return area if within.contains(area) else within.within(area)


def _widened(area: Rect) -> Rect:
    """Wider, so that moves of a hand that are near each other ask for the same."""
    left, top, right, bottom = area
    return Rect(
        left // WIDE * WIDE, top // WIDE * WIDE, -(-right // WIDE) * WIDE, -(-bottom // WIDE) * WIDE
    )


def _looks(view: View) -> tuple[object, ...]:
    """All of a view but where it is: what differs in that alone can be pushed there."""
    return view.zoom, view.window, view.angle, view.mirrored
