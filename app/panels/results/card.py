"""The card of a job that ended badly: what happened, what is kept, what to do."""

from functools import partial
from html import escape

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from app.look.buttons import IconButton, PlainButton
from app.look.paint import box
from app.look.text import Label
from app.look.theme import Theme
from app.panels.results import metrics
from app.panels.results.card_pages import Page, TwoLines, consent_page, task_id_page, whole_text
from app.panels.results.failure import Failure
from app.panels.results.ways import Way, words_of

_PAD = 12
_ICON = 20
_BUTTONS = 3


class FailureCard(QWidget):
    """Icon and title in colour, two lines of text, the ways out. What is too long for it is whole
    in the tooltip, and in a panel that a click on it opens, or the menu.

    What needs a second thought, or a word more, turns the card's body into the question first.
    """

    asked = Signal(str)
    """A `Way` that was taken."""
    task_id_given = Signal(str)
    entered = Signal()
    """The keyboard came to one of its buttons."""

    def __init__(self, theme: Theme, failure: Failure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._failure = failure
        self._lead = 0
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._title = Label(theme, "", self._token, 13, 600, elide=True)
        self._pages = QStackedLayout()
        self._column.addLayout(self._head())
        self._column.addSpacing(6)
        self._column.addLayout(self._pages)
        self._column.addStretch(1)
        self.set_lead(0)
        self.show_failure(failure)

    @property
    def failure(self) -> Failure:
        return self._failure

    def show_failure(self, failure: Failure) -> None:
        """Show what is known by now."""
        self._failure = failure
        self._title.setText(failure.title)
        self.setAccessibleName(failure.title)
        self.setAccessibleDescription(failure.text)
        # Rich text of our own making: the service's words must not be taken for markup.
        self.setToolTip(f"<qt><b>{escape(failure.title)}</b><br>{escape(failure.text)}</qt>")
        self._show_page(self._front())

    def set_lead(self, lead: int) -> None:
        """Leave `lead` pixels free at the left."""
        self._lead = lead
        top, right = metrics.CARD_TOP + 6, metrics.GAP + _PAD
        self._column.setContentsMargins(lead + _PAD, top, right, 0)
        self.update()

    def copy_details(self) -> None:
        """Put what a report needs on the clipboard."""
        QGuiApplication.clipboard().setText(self._failure.details)

    def take_keys(self) -> None:
        """Put the keyboard on the first way out."""
        first = self.findChild(PlainButton)
        assert isinstance(first, PlainButton)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_keys(self) -> bool:
        """Whether the keyboard is at something in it."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def menu(self) -> QMenu:
        """Everything that the card offers."""
        menu = QMenu(self)
        menu.setObjectName("failure_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        *ways, last = self._failure.ways
        for way in ways:
            menu.addAction(words_of(way), partial(self._take, way))
        if self._is_cut:
            menu.addAction(self.tr("Read it all"), self._show_whole)
        menu.addAction(self.tr("Copy details"), self.copy_details)
        menu.addAction(words_of(last), partial(self._take, last))
        return menu

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        width = self.width() - self._lead - metrics.GAP
        rect = QRectF(self._lead, metrics.CARD_TOP, width, metrics.CARD_HEIGHT)
        ground = self._theme.color(f"{self._token}_ground")
        box(painter, rect, metrics.CARD_RADIUS, fill=ground)
        pixmap = self._theme.icons.pixmap(self._icon, self._token, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(self._lead + _PAD, metrics.CARD_TOP + 10), pixmap)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn:
            self.entered.emit()
        return super().eventFilter(watched, event)

    @property
    def _token(self) -> str:
        return "error" if self._icon == "error" else "warn"

    @property
    def _icon(self) -> str:
        if self._failure.is_unknown:
            return "unknown"
        return "warning" if self._failure.is_set_aside else "error"

    @property
    def _is_cut(self) -> bool:
        return self._title.is_elided or any(part.is_cut for part in self.findChildren(TwoLines))

    def _show_whole(self) -> None:
        failure = self._failure
        whole_text(self._theme, failure.title, failure.text, self).open_below(self)

    def _take(self, way: Way) -> None:
        """Go a way out; one that costs, or needs a word, is asked about first."""
        if way is Way.SEND_AGAIN:
            page = consent_page(self._theme, self)
            page.agreed.connect(lambda: self.asked.emit(Way.SEND_AGAIN))
        elif way is Way.TASK_ID:
            page = task_id_page(self._theme, self)
            page.given.connect(self.task_id_given)
        else:
            self.asked.emit(way)
            return
        page.left.connect(partial(self._turn_back, way))
        self._show_page(page)
        page.begin()

    def _turn_back(self, way: Way) -> None:
        """Show the ways out again, with the keyboard where it left them."""
        front = self._front()
        self._show_page(front)
        front.take_keys(f"failure_{way}")

    def _show_page(self, page: QWidget) -> None:
        """Put a page in the place of the one that is there."""
        if (before := self._pages.currentWidget()) is not None:
            self._pages.removeWidget(before)
            before.hide()
            before.deleteLater()
        for button in page.findChildren(PlainButton):
            button.installEventFilter(self)
        self._pages.addWidget(page)

    def _head(self) -> QHBoxLayout:
        self._title.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        more = IconButton(self._theme, "more", self.tr("More"), parent=self)
        more.setObjectName("failure_more")
        more.clicked.connect(lambda: self.menu().popup(more.mapToGlobal(more.rect().bottomLeft())))
        more.installEventFilter(self)
        row = QHBoxLayout()
        row.setContentsMargins(_ICON + 8, 0, -6, 0)
        row.addWidget(self._title, 1)
        row.addWidget(more)
        return row

    def _front(self) -> Page:
        """What happened, and the first ways out as buttons."""
        words = TwoLines(self._theme, self._failure.text)
        words.whole_wanted.connect(self._show_whole)
        page = Page(words, self)
        for way in self._failure.ways[:_BUTTONS]:
            button = page.add_button(self._theme, words_of(way), f"failure_{way}")
            button.clicked.connect(partial(self._take, way))
        return page
