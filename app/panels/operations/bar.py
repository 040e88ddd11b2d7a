"""A bar over the top of the canvas: an operation on the mask, tried out while it is set."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from app.look.buttons import IconButton, PlainButton, with_key
from app.look.flow import Flow
from app.look.lines import group
from app.look.progress import ProgressBar
from app.look.slider_field import SliderField
from app.look.text import Label
from app.panels.bar import Bar
from app.panels.operations.controls import Control, make_control, translated
from app.panels.operations.faces import FACES
from app.session.operations import OPERATIONS, Operations

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.look.theme import Theme
    from app.model.operations.settings import Settings
    from app.panels.operations.faces import Face

LINE = 44
"""How high one line of controls is."""

LATE_MS = 100
"""From then on it is told how far the preview is."""

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class OperationBar(Bar):
    """Lies along the upper edge of `stage` while an operation is open.

    Return and Escape apply and cancel it, from the bar's own controls and from the stage's; `rest`
    gives the keys back to whoever has them when nobody else wants them. Where the fields do not
    fit beside the title and the buttons they have a line of their own.
    """

    def __init__(
        self, theme: Theme, operations: Operations, stage: QWidget, rest: Callable[[], None]
    ) -> None:
        super().__init__(theme, "bottom", stage)
        self.setObjectName("operation")
        self._operations = operations
        self._stage = stage
        self._rest = rest
        self._controls: list[Control] = []
        self._is_folded = False
        self._title = Label(theme, "", "text", 13, 600)
        self._fields = Flow()
        self._cancel = PlainButton(theme, self.tr("Cancel"))
        self._cancel.setObjectName("operation_cancel")
        self._cancel.setToolTip(with_key(self.tr("Cancel"), self.tr("Esc")))
        self._apply = PlainButton(theme, self.tr("Apply"))
        self._apply.setObjectName("operation_apply")
        self._apply.setToolTip(with_key(self.tr("Apply"), self.tr("Enter")))
        self._reset = IconButton(theme, "refresh", self.tr("Back to the usual settings"))
        self._reset.setObjectName("operation_reset")
        self._buttons = group(self._reset, self._cancel, self._apply, spacing=8)
        self._progress = ProgressBar(theme)
        self._progress.setParent(self)
        self._progress.hide()
        self._late = QTimer(self, singleShot=True, interval=LATE_MS)
        self._late.timeout.connect(self._progress.show)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 8, 12, 8)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._arrange()
        self._follow()
        self.hide()
        if operations.current:
            self._open(operations.current)

    def place(self) -> None:
        """Lie along the upper edge of the stage, as high as is needed."""
        needed = sum(part.sizeHint().width() for part in (self._title, self._fields, self._buttons))
        margins = self._grid.contentsMargins()
        needed += margins.left() + margins.right() + 2 * self._grid.horizontalSpacing()
        is_folded = needed > self._stage.width()
        if is_folded != self._is_folded:
            self._is_folded = is_folded
            self._arrange()
        height = LINE
        if is_folded:
            width = self._stage.width() - margins.left() - margins.right()
            height += self._fields.heightForWidth(width) + self._grid.verticalSpacing()
        self.setGeometry(0, 0, self._stage.width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        bar = self._progress.height()
        self._progress.setGeometry(0, self.height() - bar, self.width(), bar)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the stage's size, and keys that nobody else wanted."""
        if watched is self._stage and event.type() is QEvent.Type.Resize:
            self.place()
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self.isVisible() and self._take_key(watched, Qt.Key(event.key()))
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go round within the bar: what lies beyond it is not what the artist is at."""
        stops = [
            widget
            for part in (*(control.widget for control in self._controls), self._buttons)
            for widget in (part, *sorted(part.findChildren(QWidget), key=self._left_of))
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isVisibleTo(self)
            and widget.isEnabled()
        ]
        at = next((at for at, stop in enumerate(stops) if stop.hasFocus()), -1)
        onwards = Qt.FocusReason.TabFocusReason, 1
        reason, step = onwards if forward else (Qt.FocusReason.BacktabFocusReason, -1)
        stops[(at + step) % len(stops)].setFocus(reason)
        return True

    def _left_of(self, widget: QWidget) -> int:
        return widget.mapTo(self, QPoint()).x()

    def _take_key(self, watched: QObject, key: Qt.Key) -> bool:
        if key in _ENTER:
            if self._cancel.hasFocus():
                self._operations.cancel()
            else:
                self._commit()
            return True
        if key == Qt.Key.Key_Escape and watched is self._stage:
            self._operations.cancel()
            return True
        return False

    def _commit(self) -> None:
        if self._has_focus:
            # A number that is being typed counts once its field has lost the focus.
            self._apply.setFocus()
        self._fields.setEnabled(False)
        self._operations.apply()

    @property
    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _follow(self) -> None:
        operations = self._operations
        self._reset.clicked.connect(operations.reset)
        self._cancel.clicked.connect(operations.cancel)
        self._apply.clicked.connect(self._commit)
        operations.opened.connect(self._open)
        operations.changed.connect(self._show_settings)
        operations.computing.connect(self._show_computing)
        operations.progressed.connect(self._progress.set_fraction)
        operations.closed.connect(self._close)
        self._stage.installEventFilter(self)

    def _open(self, name: str) -> None:
        face = FACES[name]
        self._title.setText(translated(face.title))
        self.setAccessibleName(self._title.text())
        self._fill(face)
        self._show_settings(self._operations.settings)
        self.place()
        self.show()
        self.raise_()
        first = self._fields.findChild(SliderField) or self._apply
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        had_focus = self._has_focus
        self.hide()
        if had_focus:
            self._rest()

    def _fill(self, face: Face) -> None:
        """Replace the controls by those of another operation."""
        self._grid.removeWidget(self._fields)
        self._fields.hide()
        self._fields.setParent(None)
        self._fields.deleteLater()
        settings = self._operations.settings
        self._controls = [
            make_control(self.theme, field, settings, partial(self._ask, field.name))
            for field in face.fields
        ]
        self._fields = Flow(*(control.widget for control in self._controls))
        for slider in self._fields.findChildren(SliderField):
            slider.installEventFilter(self)
            slider.spin.installEventFilter(self)
        self._arrange()

    def _ask(self, name: str, value: object) -> None:
        self._operations.edit(**{name: value})

    def _show_settings(self, settings: Settings) -> None:
        for control in self._controls:
            control.show(settings)
        self._reset.setEnabled(settings != OPERATIONS[self._operations.current].settings)

    def _show_computing(self, is_computing: bool) -> None:
        if not is_computing:
            self._late.stop()
            self._progress.hide()
        elif not self._late.isActive() and self._progress.isHidden():
            self._progress.set_fraction(0.0)
            self._late.start()

    def _arrange(self) -> None:
        self._grid.addWidget(self._title, 0, 0)
        self._grid.addWidget(self._buttons, 0, 2)
        if self._is_folded:
            self._grid.addWidget(self._fields, 1, 0, 1, 3)
        else:
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            self._grid.addWidget(self._fields, 0, 1, left)
