"""The frame of an editor: its ground, its edge, its focus ring and its bad state."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.look.paint import box, ring
from app.look.theme import Theme

HEIGHT = 28
"""Of every field of one line."""


class FieldFrame(QFrame):
    """Draws the frame of the editor that it holds, which itself has none.

    A border from a stylesheet would break the spin boxes of Fusion.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._bad = False
        self._watched: list[QWidget] = []
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(8, 1, 8, 1)
        self.row.setSpacing(4)
        theme.changed.connect(self.update)

    def hold(self, editor: QWidget) -> None:
        """Take `editor` in and show its focus."""
        palette = editor.palette()
        for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Window):
            palette.setColor(role, Qt.GlobalColor.transparent)
        editor.setPalette(palette)
        # For line edits alone: below a stylesheet they paint the theme's ground all the same.
        editor.setProperty("bare", True)
        self.row.addWidget(editor, 1)
        self.watch(editor)

    def watch(self, other: QWidget) -> None:
        """Show the focus of `other` as well: a slider, say, that sets the same value."""
        self._watched.append(other)
        other.installEventFilter(self)

    def set_bad(self, bad: bool) -> None:
        """Show or hide the edge that marks a value which cannot stay."""
        if bad != self._bad:
            self._bad = bad
            self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        bounds = QRectF(self.rect())
        color = self.theme.color
        if not self.isEnabled():
            box(painter, bounds, edge=color("line"))
            return
        box(painter, bounds, fill=color("field"), edge=color("edge"))
        if self._bad:
            ring(painter, bounds, color("error"), width=1.5)
        elif any(part.hasFocus() for part in self._watched):
            ring(painter, bounds, color("accent"))
