"""A report of a problem, shown before it is copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.look.buttons import PlainButton
from app.look.frames import FieldFrame
from app.look.scroll import ThinScroll
from app.look.text import Label

if TYPE_CHECKING:
    from app.look.theme import Theme

WIDTH, HEIGHT = 720, 520
GUTTER = 16
PAD = 8


class ReportDialog(QDialog):
    """Show it with `open()`. It copies what it shows, and sends nothing anywhere."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("report")
        self.setWindowTitle(self.tr("Report a Problem"))
        self.resize(WIDTH, HEIGHT)
        self._text = self._shown(text)
        frame = FieldFrame(theme)
        frame.row.setContentsMargins(PAD, PAD, PAD, PAD)
        frame.hold(self._text)
        ThinScroll(theme, self._text)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, GUTTER, GUTTER, GUTTER)
        column.setSpacing(12)
        column.addWidget(self._about(theme))
        column.addWidget(frame, 1)
        column.addLayout(self._buttons(theme))

    def _shown(self, text: str) -> QPlainTextEdit:
        shown = QPlainTextEdit(text)
        shown.setObjectName("report_text")
        shown.setAccessibleName(self.tr("The report"))
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        shown.setFrameShape(QFrame.Shape.NoFrame)
        shown.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        return shown

    def _about(self, theme: Theme) -> Label:
        words = self.tr(
            "This is all that is copied; nothing is sent by itself. It has versions, screens, "
            "settings and the end of the log, where services and files may be named. It has no "
            "key, no prompt and no picture. Please add what you did."
        )
        label = Label(theme, words, "sub")
        label.setWordWrap(True)
        return label

    def _buttons(self, theme: Theme) -> QHBoxLayout:
        self._copied = Label(theme, "", "ok", 12)
        self._copied.setObjectName("report_copied")
        copy = PlainButton(theme, self.tr("Copy"))
        copy.setObjectName("report_copy")
        copy.clicked.connect(self._copy)
        close = PlainButton(theme, self.tr("Close"))
        close.setObjectName("report_close")
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self._copied, 1)
        row.addWidget(copy)
        row.addWidget(close)
        return row

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
        self._copied.setText(self.tr("Copied."))
