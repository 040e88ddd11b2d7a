"""The names that screen readers and UI tests rely on."""

from pathlib import Path

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)

from app.contract.fields import fields_of
from app.contract.parameters import Parameters
from tests.support.studio import Studio, in_studio, photo

CONTROLS = (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)
PLACES = ("canvas", "generate", "results", "service")


def is_part_of_another(widget: QWidget) -> bool:
    """Whether a bigger control made it for itself, such as the line inside a spin box."""
    parent = widget.parentWidget()
    inside = isinstance(parent, QAbstractSpinBox | QComboBox)
    return inside or isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_")


def test_every_field_and_place_is_found_by_its_name(qapp: QApplication, tmp_path: Path) -> None:
    async def story(studio: Studio) -> None:
        for name in (*fields_of(Parameters), *PLACES):
            assert studio.find(name).isVisibleTo(studio.window) or name == "canvas", name

    in_studio(story, tmp_path, qapp)


def test_every_control_has_a_name_of_its_own_and_one_that_is_read_aloud(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def story(studio: Studio) -> None:
        photo(tmp_path / "photo.png")
        await studio.open(tmp_path / "photo.png")
        found = [w for kind in CONTROLS for w in studio.window.findChildren(kind)]
        controls = [
            widget
            for widget in found
            if widget.isVisibleTo(studio.window) and not is_part_of_another(widget)
        ]
        assert len(controls) > 30
        nameless = [widget for widget in controls if not widget.objectName()]
        assert nameless == []
        silent = [
            widget.objectName()
            for widget in controls
            if not (widget.accessibleName() or getattr(widget, "text", str)())
        ]
        assert silent == []
        names = [widget.objectName() for widget in controls]
        assert sorted(names) == sorted(set(names))

    in_studio(story, tmp_path, qapp)
