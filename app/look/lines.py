"""Widgets in a row or a column that reaches to every edge of what holds it."""

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget


def row_in(holder: QWidget, *widgets: QWidget, spacing: int = 0) -> QHBoxLayout:
    """Lay out `holder` as a row of these, `spacing` pixels apart."""
    layout = QHBoxLayout(holder)
    _fill(layout, widgets, spacing)
    return layout


def column_in(holder: QWidget, *widgets: QWidget, spacing: int = 0) -> QVBoxLayout:
    """Lay out `holder` as a column of these, `spacing` pixels apart."""
    layout = QVBoxLayout(holder)
    _fill(layout, widgets, spacing)
    return layout


def group(*widgets: QWidget, spacing: int) -> QWidget:
    """These as one widget: a row of them, `spacing` pixels apart."""
    holder = QWidget()
    row_in(holder, *widgets, spacing=spacing)
    return holder


def _fill(layout: QBoxLayout, widgets: tuple[QWidget, ...], spacing: int) -> None:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for widget in widgets:
        layout.addWidget(widget)
