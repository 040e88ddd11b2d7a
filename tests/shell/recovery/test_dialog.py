"""The window that lists the masks which were kept unasked."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QPushButton

from app.model.autosave import Autosaved, Source
from app.model.geometry import Size
from app.shell.kept.rows import Look
from app.shell.recovery.dialog import RecoveryDialog

SIZE = Size(60, 40)
LOOK = Look(SIZE, QImage(6, 4, QImage.Format.Format_Grayscale8))


def kept(name: str) -> Autosaved:
    when = datetime(2026, 3, 14).astimezone()
    return Autosaved(Path("/autosave", name), Source(name), SIZE, when, nbytes=100)


LAKE, SEA, SKY = kept("lake"), kept("sea"), kept("sky")


@pytest.fixture
def dialog(qtbot, shown, theme):
    dialog = RecoveryDialog(theme, 30, shown)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_it_is_said_which_shelf_is_listed(dialog):
    assert dialog.findChild(QPushButton, "recover_shelf_kept").isChecked()
    dialog.findChild(QPushButton, "recover_shelf_deleted").click()
    assert not dialog.findChild(QPushButton, "recover_shelf_kept").isChecked()


def test_a_mask_stays_selected_when_another_comes_before_it(dialog):
    dialog.show_kept([LAKE, SEA])
    dialog.show_kept([SKY, LAKE, SEA])
    assert dialog.current.kept == LAKE


def test_what_comes_into_the_place_of_one_that_is_gone_is_selected(dialog):
    dialog.show_kept([LAKE, SEA, SKY])
    dialog.show_kept([LAKE, SEA, SKY], selected=SEA)
    dialog.show_kept([LAKE, SKY])
    assert dialog.current.kept == SKY


def test_what_was_looked_at_is_not_looked_at_again(dialog):
    dialog.show_kept([LAKE, SEA])
    dialog.show_look(LAKE, LOOK)
    dialog.show_look(SKY, LOOK)  # gone meanwhile
    dialog.show_kept([SKY, LAKE, SEA])
    assert dialog.unseen == [SKY, SEA]


@pytest.mark.parametrize(("key", "wanted"), [("Delete", "delete"), ("Return", "go_on")])
def test_keys_act_on_the_row_that_is_selected(dialog, key, wanted):
    asked = []
    getattr(dialog, f"{wanted}_wanted").connect(asked.append)
    dialog.show_kept([LAKE, SEA], selected=SEA)
    QTest.keyClick(dialog.findChild(QListView), getattr(Qt.Key, f"Key_{key}"))
    assert asked == [SEA]


@pytest.mark.parametrize("key", ["Delete", "Return"])
def test_keys_leave_alone_what_was_put_away(dialog, key):
    asked = []
    for wanted in (dialog.delete_wanted, dialog.go_on_wanted):
        wanted.connect(asked.append)
    dialog.findChild(QPushButton, "recover_shelf_deleted").click()
    dialog.show_kept([LAKE])
    QTest.keyClick(dialog.findChild(QListView), getattr(Qt.Key, f"Key_{key}"))
    assert asked == []


def test_a_damaged_mask_can_be_deleted_and_not_gone_on_with(dialog):
    dialog.show_kept([LAKE])
    dialog.show_look(LAKE, None)
    assert dialog.findChild(QPushButton, "recover_delete").isEnabled()
    assert not dialog.findChild(QPushButton, "recover_go_on").isEnabled()
