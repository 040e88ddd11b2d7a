"""Moments in the artist's own words."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDate, QDateTime, QLocale

_PLAIN = "d MMM yyyy, hh:mm"
_PLAIN_NOW = "d MMM, hh:mm"
"""Where there is no locale, for which Qt would count the seconds; and in this year."""


def date_and_time(when: datetime) -> str:
    """The day and the minute, as is usual where the artist lives."""
    locale, told = QLocale(), QDateTime.fromSecsSinceEpoch(int(when.timestamp()))
    if locale.language() is not QLocale.Language.C:
        return locale.toString(told, QLocale.FormatType.ShortFormat)
    is_now = told.date().year() == QDate.currentDate().year()
    return locale.toString(told, _PLAIN_NOW if is_now else _PLAIN)


def moment(when: datetime) -> str:
    """The same, without the day if that is today."""
    local = when.astimezone()
    is_today = local.date() == datetime.now().astimezone().date()
    return f"{local:%H:%M}" if is_today else date_and_time(when)
