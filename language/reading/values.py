"""What the grammar builds from words before it is certain which day or hour is meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from language.reading.when import Grain, When

#: The weekdays of an RRULE, Monday first.
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Clock:
    """A time on the clock; not `sure` while it may still be morning or evening ("at 5").

    `of_24` is one past noon written on the clock of 24 hours; the other end of its range then is
    too.
    """

    hour: int
    minute: int = 0
    sure: bool = False
    of_24: bool = False


@dataclass(frozen=True)
class ClockRange:
    """From one time of the day to another; `end` at or before `start` would be a contradiction."""

    start: Clock
    end: Clock


@dataclass(frozen=True)
class Day:
    """A day as far as it was said; `on` is set when the words alone settle it.

    `options` are the readings of a numeric date as (year or None, month, day). `weeks` are added
    once the weekday is known ("viernes en ocho"). `coming` marks "next Friday".
    """

    weekday: int | None = None
    number: int | None = None
    month: int | None = None
    year: int | None = None
    on: date | None = None
    options: tuple[tuple[int | None, int, int], ...] = ()
    weeks: int = 0
    coming: bool = False


@dataclass(frozen=True)
class Span:
    """Whole days from `start` up to, not including, `end`; `whole` if it is one calendar unit of
    its grain.
    """

    start: date
    end: date
    grain: Grain
    whole: bool = True
    year_said: bool = True


@dataclass(frozen=True)
class Length:
    """How long something takes or how far off it is; `unit` as in the word files."""

    count: float
    unit: str


@dataclass(frozen=True)
class Moment:
    """A day with a time, a range of times or a part of the day."""

    day: Day | None
    clock: Clock | None = None
    hours: ClockRange | None = None
    part: str | None = None


@dataclass(frozen=True)
class Instant:
    """A settled moment, or two of them ("in 5 minutes", "the next 3 hours")."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True)
class Repeat:
    """The repeating half of a recurrence, before its start, end and time are known."""

    frequency: str
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int | None = None
    month_day: int | None = None
    month: int | None = None


@dataclass(frozen=True)
class Vague:
    """Words that must be asked about, with what they may mean."""

    candidates: tuple[When, ...] = ()


@dataclass(frozen=True)
class Clash:
    """What contradicts itself or the calendar."""

    key: str
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Range:
    """From one day, moment or span to another, as said; either side may lack what the other one
    has.
    """

    start: Day | Moment | Span
    end: Day | Moment | Span


def no_such_day(number: int, month: int, year: int | None = None) -> Clash:
    """The contradiction of a day that its month lacks."""
    details = [("day", str(number)), ("month", str(month))]
    return Clash("no-such-day", tuple(details + ([("year", str(year))] if year else [])))
