"""Arithmetic of days: weekdays, months, quarters and business days, in the proleptic calendar of
`datetime`.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from language.reading.when import Grain

DAY = timedelta(days=1)
WEEK = timedelta(days=7)

#: How many months the longer units have.
MONTHS = {
    "month": 1,
    "bimester": 2,
    "quarter": 3,
    "quadrimester": 4,
    "semester": 6,
    "half": 6,
    "year": 12,
    "decade": 120,
}


def next_weekday(after: date, weekday: int) -> date:
    """The first such weekday (Monday is 0) strictly after a day."""
    return after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)


def monday(day: date) -> date:
    """The Monday of the week with that day in it."""
    return day - timedelta(days=day.weekday())


def iso_week(year: int, number: int) -> date:
    """The Monday of a numbered week (ISO 8601: week 1 has the year's first Thursday)."""
    return monday(date(year, 1, 4)) + (number - 1) * WEEK


def last_day(year: int, month: int) -> int:
    """How many days that month has."""
    return calendar.monthrange(year, month)[1]


def month_start(year: int, month: int, later: int = 0) -> date:
    """The first of the month, `later` months on (or back); OverflowError beyond the calendar."""
    months = year * 12 + month - 1 + later
    if not date.min.year <= months // 12 <= date.max.year:
        raise OverflowError("no such year")
    return date(months // 12, months % 12 + 1, 1)


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on, or the last one where that month is shorter."""
    first = month_start(day.year, day.month, months)
    return first.replace(day=min(day.day, last_day(first.year, first.month)))


def unit_start(day: date, months: int) -> date:
    """The start of the quarter, semester or year (3, 6, 12 months ...) with that day in it."""
    return month_start(day.year, 1, (day.month - 1) // months * months if months <= 12 else 0)


def add_business_days(day: date, count: int) -> date:
    """So many days on (or back), Saturdays and Sundays not counted."""
    step = DAY if count > 0 else -DAY
    for _ in range(abs(count)):
        day += step
        while day.weekday() > 4:
            day += step
    return day


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth such weekday of a month, the last one for -1; None if there is no fifth."""
    if nth < 0:
        end = date(year, month, last_day(year, month))
        return end - timedelta(days=(end.weekday() - weekday) % 7)
    day = next_weekday(date(year, month, 1) - DAY, weekday) + (nth - 1) * WEEK
    return day if day.month == month else None


def grain_of(months: int) -> Grain:
    """The grain of a calendar unit of so many months; two or six months have none of their own."""
    return {1: Grain.MONTH, 3: Grain.QUARTER, 12: Grain.YEAR}.get(months, Grain.MONTH)


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter
    8).
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
