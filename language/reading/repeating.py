"""Recurrences made whole: the rule, its first occurrence, and where it stops."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from language.reading import calendar as days
from language.reading.calendar import DAY, MONTHS, WEEK, month_start, next_weekday
from language.reading.grammar.parts import hours_on
from language.reading.rules import Speaker
from language.reading.settling import hour_meant, range_on
from language.reading.values import CODES, Clash, Clock, ClockRange, Length, Repeat
from language.reading.when import Grain, When


@dataclass(frozen=True)
class Bounds:
    """From which day on, up to and including which, how many times or how long it repeats."""

    begin: date | None = None
    until: date | None = None
    count: int | None = None
    lasting: Length | None = None


@dataclass(frozen=True)
class Hours:
    """The time of day of each occurrence, if one was said."""

    clock: Clock | None = None
    range: ClockRange | None = None
    part: str | None = None
    lasting: int | None = None

    def on(self, day: date) -> tuple[datetime, datetime | None] | Clash | None:
        """Start and end on that day; None if it takes the whole day."""
        if self.range:
            return range_on(day, self.range)
        if self.clock:
            start = datetime.combine(day, hour_meant(self.clock))
            return start, start + timedelta(minutes=self.lasting) if self.lasting else None
        return hours_on(day, self.part) if self.part else None


def recurrence(repeat: Repeat, bounds: Bounds, hours: Hours, speaker: Speaker) -> When | Clash:
    """The recurrence with its first occurrence after the reference, or after its said beginning."""
    if (
        bounds.begin
        and repeat.frequency == "MONTHLY"
        and not repeat.weekdays
        and repeat.month_day is None
    ):
        repeat = replace(repeat, month_day=bounds.begin.day)
    first = _first(repeat, bounds, hours, speaker)
    if isinstance(first, Clash):
        return first
    is_anchored = bool(bounds.begin or repeat.weekdays or repeat.month_day or hours != Hours())
    times = hours.on(first)
    if isinstance(times, Clash):
        return times
    if bounds.until and bounds.until < first:
        return Clash(
            "end-before-start", (("start", first.isoformat()), ("end", bounds.until.isoformat()))
        )
    rule = written(repeat) + _limit(repeat, bounds, first, times is not None)
    if times is None:
        return When(first, rule=rule, anchored=is_anchored)
    return When(times[0], times[1], Grain.MINUTE, rule, part=hours.part)


def written(repeat: Repeat) -> str:
    """The RRULE without its limit."""
    parts = [f"FREQ={repeat.frequency}"]
    if repeat.interval > 1:
        parts.append(f"INTERVAL={repeat.interval}")
    if repeat.weekdays:
        nth = "" if repeat.nth is None else str(repeat.nth)
        parts.append("BYDAY=" + ",".join(nth + CODES[day] for day in sorted(repeat.weekdays)))
    if repeat.month is not None:
        parts.append(f"BYMONTH={repeat.month}")
    if repeat.month_day is not None:
        parts.append(f"BYMONTHDAY={repeat.month_day}")
    return ";".join(parts)


def _limit(repeat: Repeat, bounds: Bounds, first: date, is_timed: bool) -> str:
    until = bounds.until
    if bounds.count:
        return f";COUNT={bounds.count}"
    if bounds.lasting:
        count = _count(repeat, bounds.lasting)
        if count:
            return f";COUNT={count}"
        until = _last_within(first, bounds.lasting)
    if until is None:
        return ""
    return f";UNTIL={until:%Y%m%d}" + ("T235959" if is_timed else "")


def _count(repeat: Repeat, lasting: Length) -> int | None:
    """How often it happens within a length of its own unit: six weeks of a weekly call are six."""
    unit = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}.get(
        repeat.frequency
    )
    if lasting.unit != unit or lasting.count % repeat.interval:
        return None
    return (
        int(lasting.count)
        // repeat.interval
        * max(1, len(repeat.weekdays) if not repeat.nth else 1)
    )


def _last_within(first: date, lasting: Length) -> date:
    if lasting.unit in MONTHS:
        return days.add_months(first, round(lasting.count * MONTHS[lasting.unit])) - DAY
    return first + round(lasting.count * (7 if lasting.unit == "week" else 1)) * DAY - DAY


def _first(repeat: Repeat, bounds: Bounds, hours: Hours, speaker: Speaker) -> date | Clash:
    """The first day of the pattern that is still to come, or on or after its beginning."""
    if bounds.begin:
        return _matching(repeat, bounds.begin)
    first = _matching(repeat, speaker.today)
    times = hours.on(first)
    if isinstance(times, Clash):
        return times
    over = times[0] <= speaker.now if times else first == speaker.today and _has_anchor(repeat)
    return _matching(repeat, speaker.today + DAY) if first == speaker.today and over else first


def _has_anchor(repeat: Repeat) -> bool:
    return bool(repeat.weekdays)


def _matching(repeat: Repeat, start: date) -> date:
    """The first day of the pattern on or after `start`."""
    if repeat.weekdays and repeat.nth is None:
        return min(next_weekday(start - DAY, weekday) for weekday in repeat.weekdays)
    if repeat.nth is None and repeat.month_day is None:
        return start
    for later in range(49):
        month = month_start(start.year, start.month, later)
        if repeat.month is not None and month.month != repeat.month:
            continue
        day = _in_month(repeat, month)
        if day and day >= start:
            return day
    return start + WEEK


def _in_month(repeat: Repeat, month: date) -> date | None:
    if repeat.nth is not None:
        found = [
            days.nth_weekday(month.year, month.month, day, repeat.nth) for day in repeat.weekdays
        ]
        return min((day for day in found if day), default=None)
    number = repeat.month_day or 1
    length = days.last_day(month.year, month.month)
    if number < 0:
        return month.replace(day=length + number + 1)
    return month.replace(day=number) if number <= length else None
