"""Buttons: icon, tool, plain and primary."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QCursor, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from app.look.paint import RADIUS, RING, box, ring
from app.look.theme import Theme

PADDING = 12
"""Left and right of a button's words."""

GAP = 8
"""Between an icon and its words."""

ICON = 20
SMALL_ICON = 16


def with_key(text: str, key: str) -> str:
    """A tooltip: "Brush (B)"."""
    return f"{text} ({key})" if key else text


class Button(QPushButton):
    """What the buttons share. The ring is for the keyboard, so a click takes no focus."""

    def __init__(self, theme: Theme, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)  # with the text, it would bring all that Qt has of icons
        self.setText(text)
        self.theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    @property
    def is_hovered(self) -> bool:
        return self.isEnabled() and self.underMouse()

    @property
    def ground(self) -> str | None:
        """The token under a button without a frame."""
        if not self.isEnabled():
            return None
        if self.isChecked():
            return "check"
        if self.isDown():
            return "press"
        return "hover" if self.is_hovered else None

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def setMenu(self, menu: QMenu) -> None:
        super().setMenu(menu)
        menu.aboutToHide.connect(self._find_pointer)

    def _find_pointer(self) -> None:
        """Look where the pointer is: nobody is told when it leaves while a menu is open."""
        is_over = self.rect().contains(self.mapFromGlobal(QCursor.pos()))
        self.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, is_over)
        self.update()


class IconButton(Button):
    """An icon without words; its name is in the tooltip."""

    side = 28

    def __init__(
        self, theme: Theme, icon: str, text: str, key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "", parent)
        self._icon = icon
        self.icon_size = ICON
        self.setFixedSize(self.side, self.side)
        self.set_text(text, key)

    def set_text(self, text: str, key: str = "") -> None:
        """Name the button for the tooltip and for screen readers."""
        self.setAccessibleName(text)
        self.setToolTip(with_key(text, key))

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self.update()

    @property
    def token(self) -> str:
        """The colour of the icon."""
        if not self.isEnabled():
            return "off"
        if self.isChecked():
            return "accent"
        return "text" if self.is_hovered or self.isDown() else "sub"

    def sizeHint(self) -> QSize:
        return QSize(self.side, self.side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        bounds = QRectF(self.rect())
        if ground := self.ground:
            box(painter, bounds, fill=self.theme.color(ground))
        size = self.icon_size
        at = QPoint((self.width() - size) // 2, (self.height() - size) // 2)
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(at, self.theme.icons.pixmap(self._icon, self.token, size, ratio))
        if self.hasFocus():
            ring(painter, bounds, self.theme.color("accent"))


class ToolButton(IconButton):
    """A tool of the rail: large and checkable."""

    side = 36

    def __init__(
        self, theme: Theme, icon: str, text: str, key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, icon, text, key, parent)
        self.setCheckable(True)


class _WordButton(Button):
    """Words with an icon before them, centred, and a chevron after them when something opens."""

    weight = 500
    opens = False
    """Whether it opens something else than a menu of its own."""

    def __init__(
        self, theme: Theme, text: str, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, text, parent)
        self._icon = icon
        self.tall = 28
        self.padding = PADDING
        self.setFont(theme.font(13, self.weight))
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(2 * self.padding + self._content_width(), self.tall)

    @property
    def _has_chevron(self) -> bool:
        return self.opens or self.menu() is not None

    def _content_width(self) -> int:
        flags = Qt.TextFlag.TextShowMnemonic
        width = self.fontMetrics().size(flags, self.text()).width()
        if self._icon:
            width += ICON + (GAP if self.text() else 0)
        if self._has_chevron:
            width += SMALL_ICON + GAP
        return width

    def _paint_content(self, painter: QPainter, token: str) -> None:
        icons, ratio = self.theme.icons, self.devicePixelRatioF()
        x = max(self.padding, (self.width() - self._content_width()) // 2)
        right = self.width() - x
        if self._icon:
            at = QPoint(x, (self.height() - ICON) // 2)
            painter.drawPixmap(at, icons.pixmap(self._icon, token, ICON, ratio))
            x += ICON + GAP
        if self._has_chevron:
            at = QPoint(right - SMALL_ICON, (self.height() - SMALL_ICON) // 2)
            painter.drawPixmap(at, icons.pixmap("chevron-down", token, SMALL_ICON, ratio))
            right -= SMALL_ICON + GAP
        painter.setPen(self.theme.color(token))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(
            QRectF(x, 0, right - x, self.height()),
            flags | Qt.TextFlag.TextShowMnemonic | Qt.TextFlag.TextSingleLine,
            self.text(),
        )


class PlainButton(_WordButton):
    """A framed button; with `setFlat(True)` a quiet one whose ground shows under the mouse."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        bounds = QRectF(self.rect())
        ground = self.ground
        color = self.theme.color
        if self.isFlat():
            if ground:
                box(painter, bounds, fill=color(ground))
        else:
            edge = "edge" if self.isEnabled() else "line"
            rest = "raised" if self.isEnabled() else "chrome"
            box(painter, bounds, fill=color(ground or rest), edge=color(edge))
        self._paint_content(painter, "text" if self.isEnabled() else "off")
        if self.hasFocus():
            ring(painter, bounds, color("accent"))


class PrimaryButton(_WordButton):
    """The one filled button of a view. Its focus ring lies outside the fill, where it reads."""

    weight = 600

    def __init__(
        self, theme: Theme, text: str, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, text, icon, parent)
        self.tall = 40

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        bounds = QRectF(self.rect())
        color = self.theme.color
        if self.hasFocus():
            ring(painter, bounds, color("accent"))
            inset = RING + 1
            bounds = bounds.adjusted(inset, inset, -inset, -inset)
        if not self.isEnabled():
            fill = "hover"
        elif self.isDown():
            fill = "fill_press"
        else:
            fill = "fill_hover" if self.is_hovered else "fill"
        box(painter, bounds, RADIUS, fill=color(fill))
        self._paint_content(painter, "on_fill" if self.isEnabled() else "hint")
