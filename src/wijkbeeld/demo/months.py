"""Months as whole numbers, and local wall-clock times as minutes since 1970."""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

import numpy as np
import numpy.typing as npt

Minutes = npt.NDArray[np.int64]

DAY = 1440
_EPOCH = date(1970, 1, 1)
_SUNDAY = 6
_MARCH = 3
_GAP_START, _GAP_END = 120, 180


def month_of(day: date) -> int:
    """Return the month of a day, counted from January of the year 0."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    """Return the first day of a month."""
    return date(month // 12, month % 12 + 1, 1)


def day_after(month: int) -> date:
    """Return the first day after a month."""
    return first_day(month + 1)


def export_day(month: int) -> date:
    """Return the day on which the exports about a month are made.

    It is the second day of the next month: on the first, an export is made too
    early to be sure that it holds the last evening.
    """
    return day_after(month) + timedelta(days=1)


def label(month: int) -> str:
    """Return a month as ``2026-03``."""
    return f"{first_day(month):%Y-%m}"


def cbs_label(month: int) -> str:
    """Return a month as CBS writes it: ``2026MM03``."""
    return f"{first_day(month):%YMM%m}"


def minute_of(day: date) -> int:
    """Return the minute at which a day begins."""
    return (day - _EPOCH).days * DAY


def day_of(minute: int) -> date:
    """Return the day that holds a minute."""
    return _EPOCH + timedelta(days=int(minute) // DAY)


def weekdays(minutes: Minutes) -> Minutes:
    """Return the day of the week of each minute, 0 for Monday."""
    return (minutes // DAY + _EPOCH.weekday()) % 7


@cache
def spring_day(year: int) -> date:
    """Return the day in March on which the hour from two to three is skipped."""
    last = date(year, _MARCH, monthrange(year, _MARCH)[1])
    return last - timedelta(days=(last.weekday() - _SUNDAY) % 7)


def on_the_clock(minutes: Minutes) -> Minutes:
    """Move times off the hour that no clock shows, and off midnight sharp.

    Midnight sharp means "time not known" in the exports of the police.
    """
    moved = minutes.copy()
    if not len(moved):
        return moved
    first, last = day_of(moved.min()), day_of(moved.max())
    for year in range(first.year, last.year + 1):
        start = minute_of(spring_day(year))
        skipped = (minutes >= start + _GAP_START) & (minutes < start + _GAP_END)
        moved[skipped] += _GAP_END - _GAP_START
    moved[moved % DAY == 0] += 5
    return moved
