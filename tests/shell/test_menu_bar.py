"""The menu titles: quiet, until the keyboard wants them."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAction, QColor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from app.shell.menu_bar import MenuBar

NO_BUTTON = Qt.MouseButton.NoButton


@pytest.fixture
def menus(shown) -> MenuBar:
    return shown.menu_row.menus


def test_letters_are_underlined_only_while_alt_is_held(shown, menus):
    at_rest = menus.grab().toImage()
    QTest.keyPress(shown.stage, Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier)
    assert menus.shows_mnemonics
    assert menus.grab().toImage() != at_rest
    QTest.keyRelease(shown.stage, Qt.Key.Key_Alt)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)  # Alt alone goes to the bar
    assert not menus.shows_mnemonics
    assert menus.grab().toImage() == at_rest


def test_a_window_that_is_left_with_alt_held_forgets_it(qtbot, shown, menus):
    menus.hold_alt(True)
    dialog = QDialog(shown)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert not menus.shows_mnemonics


def test_alt_and_a_letter_open_a_menu(qtbot, shown, menus):
    menu = shown.findChild(QMenu, "menu_file")
    menus.hold_alt(True)
    QTest.keyClick(shown.stage, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(menu.isVisible)
    menu.close()
    QTest.keyClick(menus, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not menus.shows_mnemonics)


def ground(menus: MenuBar, title: QAction) -> QColor:
    """The colour beside the words of a title."""
    place = menus.actionGeometry(title).topLeft() + QPoint(6, 3)
    return menus.grab(QRect(place, place)).toImage().pixelColor(0, 0)


def test_the_title_under_the_pointer_has_a_ground(menus, theme):
    file, edit, *_ = menus.actions()
    assert ground(menus, edit) == theme.color("chrome")
    place = QPointF(menus.actionGeometry(edit).center())
    QApplication.sendEvent(
        menus, QMouseEvent(QEvent.Type.MouseMove, place, menus.mapToGlobal(place), NO_BUTTON,
                           NO_BUTTON, Qt.KeyboardModifier.NoModifier)
    )  # fmt: skip
    assert ground(menus, edit) == theme.color("hover")
    assert ground(menus, file) == theme.color("chrome")


def test_the_title_of_the_open_menu_is_pressed(qtbot, menus, theme):
    edit = menus.actions()[1]
    menus.setActiveAction(edit)
    qtbot.waitUntil(edit.menu().isVisible)
    assert ground(menus, edit) == theme.color("press")
    edit.menu().close()
    qtbot.waitUntil(lambda: ground(menus, edit) != theme.color("press"))
