"""The page of the pen in Preferences."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QSlider

from app.model.curve import STRAIGHT
from app.session.pen import Pen
from app.session.preferences import Preferences, PreferencesRecord
from app.shell.keeping import keep_pen
from app.shell.preferences.pen import FIRM, SOFT, PenPart


@pytest.fixture
def pen(qapp) -> Pen:
    return Pen()


@pytest.fixture
def page(qtbot, theme, pen) -> PenPart:
    page = PenPart(theme, pen)
    qtbot.addWidget(page)
    page.resize(552, 420)
    page.show()
    return page


@pytest.mark.parametrize(
    ("name", "curve"), [("pen_soft", SOFT), ("pen_firm", FIRM), ("pen_even", STRAIGHT)]
)
def test_ready_made_curves_are_a_click_away(page, pen, name, curve):
    pen.edit(curve=SOFT.plus_point(0.6))
    QTest.mouseClick(page.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)
    assert pen.feel.curve == curve


def test_a_soft_curve_makes_light_touches_count_more():
    assert SOFT.at(0.3) > STRAIGHT.at(0.3) > FIRM.at(0.3)


def test_the_lightest_touch_goes_both_ways(page, pen):
    slider = page.findChild(QSlider, "pen_floor")
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert pen.feel.floor == 0.06
    pen.edit(floor=0.3)
    assert slider.number == 30
    assert page.findChild(QLabel, "pen_floor_value").text() == "30 %"


def test_what_is_chosen_is_remembered(qapp):
    preferences = Preferences(PreferencesRecord(), lambda _: None)
    pen, later = Pen(), Pen()
    keep_pen(preferences, pen)
    pen.edit(floor=0.25, curve=SOFT)
    keep_pen(Preferences(preferences.value, lambda _: None), later)
    assert later.feel == pen.feel
