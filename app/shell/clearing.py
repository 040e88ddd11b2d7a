"""How much of the window gives way to the picture: the panels, or all but the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.shell.main_window import MainWindow


class Clearing(QObject):
    """Answers "hide panels" and "full canvas". Without a picture everything is shown.

    While a button is held nothing happens: the picture would move away under the hand.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._is_without_panels = False
        self._is_full = False
        window.actions_table.on("hide_panels", self._toggle_panels)
        window.actions_table.on("full_canvas", self._toggle_full)
        self._tick()

    def step_back(self) -> bool:
        """Bring back what surrounds a full canvas, or else the panels; whether one was away."""
        if not (self._is_full or self._is_without_panels):
            return False
        if self._is_full:
            self._is_full = False
        else:
            self._is_without_panels = False
        self._show()
        return True

    def end(self) -> None:
        """Show everything."""
        if self._is_without_panels or self._is_full:
            self._is_without_panels = self._is_full = False
            self._show()

    def _toggle_panels(self) -> None:
        if _is_dragging():
            return
        self._is_without_panels = not (self._is_without_panels or self._is_full)
        self._is_full = False
        self._show()

    def _toggle_full(self) -> None:
        if _is_dragging():
            return
        self._is_full = not self._is_full
        self._show()

    def _show(self) -> None:
        window = self._window
        panels: list[QWidget] = [
            window.rail,
            window.options,
            window.strip,
            window.panel,
            window.beside,
        ]
        edges: list[QWidget] = [window.menu_row, window.status]
        for part in panels:
            part.setVisible(not (self._is_without_panels or self._is_full))
        for part in edges:
            part.setVisible(not self._is_full)
        if self._is_without_panels or self._is_full:
            window.stage.take_keys()
        self._tick()

    def _tick(self) -> None:
        self._window.actions_table.mark("hide_panels", self._is_without_panels)
        self._window.actions_table.mark("full_canvas", self._is_full)


def _is_dragging() -> bool:
    return QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
