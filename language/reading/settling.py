"""Which day and hour the words mean, given when they are said; the checks against the calendar are
here.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from language.reading.calendar import DAY, WEEK, last_day, monday, month_start, next_weekday
from language.reading.rules import Speaker
from language.reading.values import Clash, Clock, ClockRange, Day, no_such_day

#: A 29 February further off than this is not what anyone plans for.
_LEAP_LIMIT = timedelta(days=366)
_NOON = 12


def days_meant(day: Day, speaker: Speaker, after: date | None = None) -> tuple[date, ...] | Clash:
    """The days that the words can mean, the likeliest first, or what contradicts the calendar.

    `after` is the other end of a range: the day is looked for from there on, not from today.
    """
    if day.options:
        return _numeric(day, speaker, after)
    if day.on:
        return _fitting(day, (day.on,))
    if day.number is not None and day.month is not None:
        return _fitting(day, _dated(day.year, day.month, day.number, after or speaker.today))
    if day.number is not None:
        return _fitting(day, _numbered(day.number, after or speaker.today))
    if day.weekday is None:
        return Clash("no-such-day")
    coming = next_weekday(after or speaker.today, day.weekday) + day.weeks * WEEK
    if day.coming and speaker.asks_next and coming < monday(speaker.today) + WEEK:
        return (coming, coming + WEEK)
    return (coming,)


def _dated(year: int | None, month: int, number: int, after: date) -> tuple[date, ...] | Clash:
    if not 1 <= month <= 12 or not 1 <= number <= 31:
        return no_such_day(number, month, year)
    if year is not None:
        if not 1900 <= year < 2200 or number > last_day(year, month):
            return no_such_day(number, month, year)
        return (date(year, month, number),)
    for later in range(2):
        if number <= last_day(after.year + later, month):
            day = date(after.year + later, month, number)
            if after <= day <= after + _LEAP_LIMIT:
                return (day,)
    return no_such_day(number, month, year)


def _numbered(number: int, after: date) -> tuple[date, ...] | Clash:
    for later in range(12):
        first = month_start(after.year, after.month, later)
        if 1 <= number <= last_day(first.year, first.month):
            day = first.replace(day=number)
            if day >= after:
                return (day,)
    return Clash("no-such-day", (("day", str(number)),))


def _fitting(day: Day, found: tuple[date, ...] | Clash) -> tuple[date, ...] | Clash:
    """The days, unless another weekday was said."""
    if isinstance(found, Clash) or day.weekday is None:
        return found
    fitting = tuple(on for on in found if on.weekday() == day.weekday)
    if fitting:
        return fitting
    return Clash("weekday-mismatch", (("said", str(day.weekday)), ("day", found[0].isoformat())))


def _numeric(day: Day, speaker: Speaker, after: date | None) -> tuple[date, ...] | Clash:
    """06/07: in the order of the language; where that is not settled, both if both exist."""
    readings = [
        _dated(year, month, number, after or speaker.today) for year, month, number in day.options
    ]
    found = [days[0] for days in readings if not isinstance(days, Clash)]
    if not found:
        return readings[0]
    if not speaker.month_first:
        found = found[:1] if not isinstance(readings[0], Clash) else found
    return _fitting(day, tuple(dict.fromkeys(found)))


def hour_meant(clock: Clock) -> time:
    """The time of day: a bare 1 to 6 is in the afternoon, 7 to 11 in the morning, 12 is noon."""
    late = not clock.sure and 1 <= clock.hour <= 6
    return time(clock.hour + _NOON if late else clock.hour, clock.minute)


def hours_meant(hours: ClockRange) -> tuple[time, time]:
    """Start and end of a range; a marker on one side serves both, and the end comes after the
    start.
    """
    start, end = hours.start, hours.end
    if not start.sure and end.of_24 and start.hour > 6:
        start = Clock(start.hour, start.minute, sure=True)
    if not start.sure and end.sure:
        late = end.hour >= _NOON and start.hour < _NOON
        same = Clock(start.hour % _NOON + (_NOON if late else 0), start.minute, sure=True)
        other = Clock(start.hour % _NOON, start.minute, sure=True)
        noon = start.hour == _NOON
        start = (
            Clock(_NOON, start.minute, True)
            if noon
            else same
            if _minutes(same) < _minutes(end)
            else other
        )
    first = hour_meant(start)
    last = time(end.hour, end.minute)
    if not end.sure and last <= first and end.hour < _NOON:
        last = time(end.hour + _NOON, end.minute)
    return first, last


def _minutes(clock: Clock) -> int:
    return clock.hour * 60 + clock.minute


def on_day(day: date, clock: Clock, speaker: Speaker) -> tuple[datetime, ...]:
    """That time on that day; a bare hour of today that is over is the evening's, else it has to be
    asked.
    """
    at = datetime.combine(day, hour_meant(clock))
    if day != speaker.today or clock.sure or at > speaker.now:
        return (at,)
    evening = at + timedelta(hours=_NOON)
    if clock.hour < _NOON and evening.date() == day and evening > speaker.now:
        return (evening,)
    return (at + DAY, at)


def next_time(clock: Clock, speaker: Speaker) -> datetime:
    """The next time that the clock shows it."""
    at = datetime.combine(speaker.today, hour_meant(clock))
    return at if at > speaker.now else at + DAY


def range_on(day: date, hours: ClockRange) -> tuple[datetime, datetime] | Clash:
    """A range of times on a day; one that begins in the evening may end on the next morning."""
    first, last = hours_meant(hours)
    start, end = datetime.combine(day, first), datetime.combine(day, last)
    if end <= start:
        if first.hour < 17 or last.hour > 9:
            return Clash(
                "end-before-start", (("start", f"{first:%H:%M}"), ("end", f"{last:%H:%M}"))
            )
        end += DAY
    return start, end
