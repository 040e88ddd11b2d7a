"""Ties the canvas, and how it shows the mask, to the window's actions, bars and status line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

if TYPE_CHECKING:
    from app.canvas.canvas import Canvas
    from app.model.geometry import Size
    from app.session.display import Display
    from app.shell.main_window import MainWindow

ZOOM_STEP = 1.25
TURN_STEP = 15.0


class Looking(QObject):
    """What the artist does to see better, by menu, key and bar. It takes the canvas in."""

    def __init__(
        self, window: MainWindow, canvas: Canvas, display: Display, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._canvas = canvas
        self._display = display
        self._move_about()
        self._show_mask()
        canvas.zoom_changed.connect(window.status.show_zoom)
        canvas.pointer_moved.connect(window.status.show_position)
        canvas.measured.connect(self._tell_measure)
        canvas.remarked.connect(self._remark)
        canvas.view_changed.connect(self._mark)
        display.changed.connect(self._mark)
        window.set_canvas(canvas)
        window.status.show_zoom(canvas.zoom)
        self._mark()

    def _move_about(self) -> None:
        actions, canvas = self._window.actions_table, self._canvas
        actions.on("zoom_in", lambda: canvas.zoom_by(ZOOM_STEP))
        actions.on("zoom_out", lambda: canvas.zoom_by(1 / ZOOM_STEP))
        actions.on("fit", canvas.fit)
        actions.on("fill_view", canvas.fill)
        actions.on("actual_size", canvas.actual_size)
        actions.on("fit_mask", canvas.fit_mask)
        actions.on("turn_left", lambda: canvas.turn_by(-TURN_STEP))
        actions.on("turn_right", lambda: canvas.turn_by(TURN_STEP))
        actions.on("turn_reset", lambda: canvas.turn_to(0))
        actions.on("mirror", canvas.mirror)

    def _show_mask(self) -> None:
        actions, display = self._window.actions_table, self._display
        # Here, as the first paint shows no button for it.
        from app.panels.display_menu import DisplayButton

        self._window.options.add_display(DisplayButton(self._window.options.theme, display))
        actions.on("toggle_mask", display.toggle)
        actions.on("cycle_display", display.cycle)
        actions.on("hide_ants", display.toggle_ants)
        actions.on("grid", lambda: display.edit(grid=not display.grid))

    def _tell_measure(self, size: Size | None) -> None:
        width_height = self.tr("{width} × {height} px")
        text = width_height.format(width=size.width, height=size.height) if size else ""
        self._window.status.show_measure(text)

    def _remark(self, text: str) -> None:
        self._window.status.show_message(QCoreApplication.translate("Hints", text))

    def _mark(self) -> None:
        actions = self._window.actions_table
        actions.mark("grid", self._display.grid)
        actions.mark("mirror", self._canvas.mirrored)
        actions.mark("hide_ants", self._display.mode == "ants")
