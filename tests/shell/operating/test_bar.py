"""The bar of an operation: what it shows, and that all of it has room."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from app.model.operations.settings import FillHoles, Levels
from app.panels.operations.faces import FACES
from app.session.operations import OPERATIONS, Operations
from app.shell.keeping import keep_operations
from tests.shell.operating.hands import LEFT, bar, button, slider, trigger


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_every_operation_has_a_face_for_all_its_settings(name):
    fields = {field.name for field in FACES[name].fields}
    assert fields == set(OPERATIONS[name].settings.__dataclass_fields__)


@pytest.mark.parametrize("name", sorted(set(OPERATIONS) - {"from_change"}))
@pytest.mark.parametrize(("width", "taken"), [(1024, 0), (1440, 0), (1024, 220)])
def test_no_bar_is_wider_than_the_canvas(shown, operating, operations, name, width, taken):
    shown.resize(width, 680)
    if taken:
        column = QWidget()
        column.setFixedWidth(taken)
        shown.add_column(column)
    QApplication.processEvents()
    operations.open(name)
    QApplication.processEvents()
    lying = bar(shown)
    assert lying.width() == shown.stage.width()
    assert lying.height() < shown.stage.height() / (2 if taken else 3)
    for part in lying.findChildren(QWidget):
        if part.isVisible() and part.parent() is not lying and part.objectName():
            place = part.rect().translated(part.mapTo(lying, QPoint()))
            assert lying.rect().contains(place)
            assert part.width() >= min(part.sizeHint().width(), part.maximumWidth())
    operations.cancel()


def test_a_switch_turns_off_what_it_makes_needless(shown, operating, operations):
    trigger(shown, "fill_holes")
    assert slider(shown, "area").isEnabled()
    bar(shown).findChild(QCheckBox, "operation_any_size").click()
    assert operations.settings == FillHoles(any_size=True)
    assert not slider(shown, "area").isEnabled()


def test_fields_show_settings_in_their_own_units(shown, operating, operations):
    trigger(shown, "levels")
    operations.edit(strength=0.5, gamma=2)
    assert slider(shown, "strength").number == 50
    assert slider(shown, "gamma").number == pytest.approx(2)
    assert operations.settings == Levels(strength=0.5, gamma=2)


def test_settings_can_be_had_back_as_they_were_at_first(shown, operating, operations):
    trigger(shown, "levels")
    back = button(shown, "operation_reset")
    assert not back.isEnabled()
    operations.edit(strength=0.5, black=20)
    QTest.mouseClick(back, LEFT)
    assert operations.settings == Levels()
    assert slider(shown, "black").number == 0
    assert not back.isEnabled()


def test_settings_survive_a_restart(shown, operating, document, operations, work, preferences):
    keep_operations(preferences, operations)
    trigger(shown, "grow_by")
    operations.edit(radius=21)
    operations.cancel()
    again = Operations(document, work)
    keep_operations(preferences, again)
    assert again.state()["grow_by"] == {"radius": 21}
