"""A range made definite: each end lends the other its month and year, and the end comes after the
start.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from language.reading.calendar import DAY
from language.reading.combining import Answer, Times, Unclear
from language.reading.rules import Speaker
from language.reading.settling import days_meant, hour_meant
from language.reading.values import Clash, Clock, Day, Moment, Range, Span
from language.reading.when import Grain, When

#: A stretch of days longer than this, no year said, is more likely a slip than a plan.
_LONGEST = timedelta(days=200)
#: How long a stretch may be that begins in the month before the one that is said.
_WRAPPED = 10


def on_range(said: Range, times: Times, speaker: Speaker) -> Answer:
    """From one day or moment to another; the end lends the start its month and year."""
    orders = _orders(said) if speaker.month_first else ()
    if orders:
        raise Unclear(tuple(when for one in orders for when in _values(one, times, speaker)))
    start, end = _parts_of(said.start), _parts_of(said.end)
    ends = _ends(start[0], end[0], speaker)
    if isinstance(ends, Clash):
        return ends
    first, last = ends
    if start[1] or end[1]:
        return _timed_range(first, last, start[1], end[1])
    if not times.is_empty:
        raise Unclear
    if last < first:
        return Clash("end-before-start", (("start", first.isoformat()), ("end", last.isoformat())))
    if last - first > _LONGEST and start[0].year is None and end[0].year is None:
        raise Unclear((When(first, last + DAY),))
    return (When(first, last + DAY),)


def _orders(said: Range) -> tuple[Range, ...]:
    """ "06/07 to 08/07" with the day first and with the month first; empty if it is settled."""
    if not any(len(_parts_of(side)[0].options) > 1 for side in (said.start, said.end)):
        return ()
    return tuple(Range(_in_order(said.start, i), _in_order(said.end, i)) for i in (0, 1))


def _in_order(side: Day | Moment | Span, i: int) -> Day | Moment | Span:
    day = _parts_of(side)[0]
    if len(day.options) < 2:
        return side
    settled = replace(day, options=(day.options[i],))
    return replace(side, day=settled) if isinstance(side, Moment) else settled


def _values(said: Range, times: Times, speaker: Speaker) -> tuple[When, ...]:
    """What one reading comes to; nothing if it contradicts itself."""
    try:
        found = on_range(said, times, speaker)
    except Unclear as unclear:
        return unclear.candidates
    return () if isinstance(found, Clash) else found


def _timed_range(first: date, last: date, start: Clock | None, end: Clock | None) -> Answer:
    if start is None or end is None:
        raise Unclear
    a, b = datetime.combine(first, hour_meant(start)), datetime.combine(last, hour_meant(end))
    if b <= a:
        return Clash("end-before-start", (("start", f"{a:%H:%M}"), ("end", f"{b:%H:%M}")))
    return (When(a, b, Grain.MINUTE),)


def _parts_of(side: Day | Moment | Span) -> tuple[Day, Clock | None]:
    if isinstance(side, Moment):
        return side.day or Day(), side.clock
    if isinstance(side, Span):
        return Day(on=side.start), None
    return side, None


def _ends(a: Day, b: Day, speaker: Speaker) -> tuple[date, date] | Clash:
    if a.number and b.number and b.month and a.month == b.month and a.year == b.year:
        if a.number > b.number:
            return _backward(a, b, speaker)
    elif a.number is not None and a.month is None and b.month is not None:
        month = b.month if b.number is None or a.number <= b.number else (b.month - 2) % 12 + 1
        a = Day(a.weekday, a.number, month, b.year if month <= b.month else b.year and b.year - 1)
    elif a.month is not None and a.year is None and b.year is not None and b.month is not None:
        a = Day(a.weekday, a.number, a.month, b.year - (a.month > b.month))
    first = _first(a, b, speaker)
    if isinstance(first, Clash):
        return first
    last = _only(b, speaker, first)
    return last if isinstance(last, Clash) else (first, last)


def _backward(a: Day, b: Day, speaker: Speaker) -> tuple[date, date] | Clash:
    """ "del 20 al 15 de mayo" contradicts itself; "del 28 al 3 de mayo" may begin in April."""
    last = _only(b, speaker, None)
    if isinstance(last, Clash) or a.number is None:
        return last if isinstance(last, Clash) else Clash("no-such-day")
    end_of_month = last.replace(day=1) - DAY
    if a.number <= end_of_month.day:
        first = end_of_month.replace(day=a.number)
        if speaker.today <= first and (last - first).days <= _WRAPPED:
            raise Unclear((When(first, last + DAY),))
    return Clash("end-before-start", (("start", str(a.number)), ("end", str(b.number))))


def _first(a: Day, b: Day, speaker: Speaker) -> date | Clash:
    """The start; a stretch that has begun but is not over counts as the coming one only if its
    month is this one.
    """
    first = _only(a, speaker, None)
    if (
        isinstance(first, date)
        and a.month == speaker.today.month
        and a.year is None
        and first > speaker.today
    ):
        earlier = Day(a.weekday, a.number, a.month, speaker.today.year)
        begun = _only(earlier, speaker, None)
        last = _only(b, speaker, None)
        if isinstance(begun, date) and isinstance(last, date) and begun <= last < first:
            return begun
    return first


def _only(day: Day, speaker: Speaker, after: date | None) -> date | Clash:
    found = days_meant(day, speaker, after)
    if isinstance(found, Clash):
        return found
    if len(found) > 1:
        raise Unclear
    return found[0]
