"""The line at the foot of the window: keys, messages, picture size, pointer, zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.look.buttons import PlainButton
from app.look.lines import group
from app.look.text import Label
from app.panels.bar import Bar, Divider
from app.panels.busy_note import BusyNote
from app.panels.key_hints import KeyHints
from app.panels.position import Position
from app.panels.tool_hints import beginning_hints, drawing_hints, tool_hints, trial_hints

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.panels.key_hints import Hint
    from app.panels.tool_hints import KeyOf
    from app.session.tools import Tool

HEIGHT = 28
MESSAGE_MS = 6000


class StatusLine(Bar):
    """Hints at the left; at the right what is told and measured."""

    fit_wanted = Signal()
    actual_size_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "top", parent)
        self.setObjectName("status")
        self.setAccessibleName(self.tr("Status"))
        self.setFixedHeight(HEIGHT)
        self._hints = KeyHints(theme)
        self._hints.setObjectName("key_hints")
        self._tool: Tool | None = None
        self._erases = False
        self._is_drawing = False
        self._is_trying = False
        self._key_of: KeyOf = lambda action_id: ""
        self.busy = BusyNote(theme)
        self._message = Label(theme, "", "text", 12, elide=True)
        self._message.setObjectName("message")
        self._message.setAccessibleName(self.tr("Message"))
        self._message.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._size = Label(theme, "", "sub", 12)
        self._size.setObjectName("picture_size")
        self._size.setAccessibleName(self.tr("Picture size"))
        self._position = self._make_position(theme)
        self._zoom = self._make_zoom(theme)
        self._measures = self._make_measures(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 1, 8, 0)
        row.setSpacing(16)
        row.addWidget(self._hints, 1)
        row.addWidget(self._message, 1)
        row.addWidget(self.busy)
        row.addWidget(self._measures)
        self._quiet = QTimer(self, singleShot=True, interval=MESSAGE_MS)
        self._quiet.timeout.connect(lambda: self._tell(""))
        self._tell("")
        self.show_size(None)

    def show_keys(self, key_of: KeyOf) -> None:
        """Show the keys that actions have now, by the actions' names."""
        self._key_of = key_of
        self._fit.setText(_with_key(self.tr("Fit"), key_of("fit")))
        self._actual_size.setText(_with_key(self.tr("100 %"), key_of("actual_size")))
        self._show_hints()

    def show_tool(self, tool: Tool | None, erases: bool = False) -> None:
        """Show what to do with `tool`; with no tool, how to begin."""
        self._tool, self._erases = tool, erases
        self._show_hints()

    def show_trial(self, is_open: bool) -> None:
        """Show what ends a bar that tries something out, as long as that is open."""
        self._is_trying = is_open
        self._show_hints()

    def show_measure(self, text: str) -> None:
        """Show what a gesture measures, such as the size of an area, until it is told anew."""
        if not (text or self._is_drawing):
            return  # what was told in passing stays
        self._quiet.stop()
        self._tell(text)
        if self._is_drawing != bool(text):
            self._is_drawing = bool(text)
            self._show_hints()

    def show_message(self, text: str) -> None:
        """Tell something in passing; it goes by itself. Nothing is told here that must be read."""
        self._tell(text)
        self._quiet.start()

    def show_size(self, size: tuple[int, int] | None) -> None:
        """Show the picture's size; without a picture there is nothing to measure."""
        self._measures.setVisible(size is not None)
        if size is not None:
            self._size.setText(self.tr("{width} × {height}").format(width=size[0], height=size[1]))

    def show_position(self, position: tuple[int, int] | None) -> None:
        """Show the pixel under the pointer; the room stays when there is none."""
        self._position.tell(position)

    def show_zoom(self, zoom: float) -> None:
        """Show the zoom, where 1 is one pixel for one."""
        percent = float(zoom * 100)
        digits = 1 if percent < 10 else 0
        self._zoom.setText(
            self.tr("{zoom} %").format(zoom=QLocale().toString(percent, "f", digits))
        )

    def _tell(self, text: str) -> None:
        """Show a message in the room of the last hints, or leave that to them."""
        self._message.setText(text)
        self._message.setToolTip(text)
        self._message.setVisible(bool(text))

    def _show_hints(self) -> None:
        self._hints.show_hints(self._hints_now())

    def _hints_now(self) -> list[Hint]:
        key_of = self._key_of
        if self._tool is None:
            return beginning_hints(key_of)
        if self._is_trying:
            return trial_hints(key_of)
        drawing = drawing_hints(self._tool, key_of) if self._is_drawing else []
        return drawing or tool_hints(self._tool, self._erases, key_of)

    def _make_position(self, theme: Theme) -> Position:
        position = Position(theme)
        position.setObjectName("position")
        position.setAccessibleName(self.tr("Pointer position"))
        return position

    def _make_zoom(self, theme: Theme) -> PlainButton:
        zoom = PlainButton(theme, "100 %")
        zoom.setObjectName("zoom")
        zoom.setAccessibleName(self.tr("Zoom"))
        zoom.setFlat(True)
        zoom.tall = HEIGHT - 4
        zoom.setFont(theme.font(12, 500))
        menu = QMenu(zoom)
        self._fit = menu.addAction(self.tr("Fit"), self.fit_wanted.emit)
        self._actual_size = menu.addAction(self.tr("100 %"), self.actual_size_wanted.emit)
        zoom.setMenu(menu)
        zoom.setMinimumWidth(_width_of(zoom, "6400 %"))
        return zoom

    def _make_measures(self, theme: Theme) -> QWidget:
        first, second = Divider(theme, 1, 14), Divider(theme, 1, 14)
        return group(self._size, first, self._position, second, self._zoom, spacing=12)


def _with_key(text: str, key: str) -> str:
    """An entry of a menu with a key that the menu itself does not listen to."""
    return f"{text}\t{key}" if key else text


def _width_of(button: PlainButton, text: str) -> int:
    """How wide `button` is with `text`, so that another text does not move its neighbours."""
    shown = button.text()
    button.setText(text)
    width = button.sizeHint().width()
    button.setText(shown)
    return width
