"""Moments read well in every locale, and where there is none."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QLocale

from app.look.dates import date_and_time, moment

NOW = datetime.now().astimezone()
THEN = datetime(2021, 3, 4, 9, 5, 7)


@pytest.fixture(autouse=True)
def _as_before():
    before = QLocale()
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("locale", "told"),
    [("C", "4 Mar 2021, 09:05"), ("zh_CN", "2021/3/4 09:05")],
)
def test_a_day_is_told_to_the_minute_as_is_usual_there(locale, told):
    QLocale.setDefault(QLocale(locale))
    assert date_and_time(THEN) == told


def test_without_a_locale_this_year_goes_without_saying():
    QLocale.setDefault(QLocale.c())
    assert date_and_time(NOW) == f"{NOW.day} {NOW:%b, %H:%M}"


def test_today_needs_no_day():
    assert moment(NOW) == f"{NOW:%H:%M}"
    tomorrow = NOW + timedelta(days=1)
    assert moment(tomorrow) == date_and_time(tomorrow)
