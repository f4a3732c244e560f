"""The days or the span that one token stands for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from language.reading.calendar import DAY, WEEK, monday
from language.reading.combining import (
    Unclear,
)
from language.reading.grammar.periods import shifted
from language.reading.rules import Speaker
from language.reading.settling import days_meant
from language.reading.tokens import Token
from language.reading.values import Clash, Day, Length, Span
from language.reading.when import Grain, When


def days_of(token: Token, speaker: Speaker) -> tuple[date, ...] | Span | Clash | None:
    """The days or the span that a token stands for; None if it is a time or something else."""
    kinds = token.kinds
    if "span" in kinds:
        span: Span = kinds["span"]
        return span
    if "day" in kinds or "dayend" in kinds:
        return days_meant(kinds["day"] if "day" in kinds else kinds["dayend"], speaker)
    if "relpart" in kinds:
        return (speaker.today + int(kinds["relpart"].split()[0]) * DAY,)
    if "shiftclock" in kinds:
        return (speaker.today + kinds["shift"] * DAY,)
    for kind, build in _FROM_DAY.items():
        if kind in kinds:
            return build(kinds[kind], speaker)
    return None


def _single(day: Day, speaker: Speaker) -> date | Clash:
    found = days_meant(day, speaker)
    if isinstance(found, Clash):
        return found
    if len(found) > 1:
        raise Unclear
    return found[0]


def _week_with(day: Day, speaker: Speaker) -> Span | Clash:
    on = _single(day, speaker)
    return on if isinstance(on, Clash) else Span(monday(on), monday(on) + WEEK, Grain.WEEK)


def _weekend_with(day: Day, speaker: Speaker) -> Span | Clash:
    """The weekend in which the day is; a weekday has to be asked about."""
    on = _single(day, speaker)
    if isinstance(on, Clash):
        return on
    saturday = monday(on) + 5 * DAY
    if on < saturday:
        raise Unclear((When(saturday, saturday + 2 * DAY),))
    return Span(saturday, saturday + 2 * DAY, Grain.DAY, whole=False)


def _day_after(said: tuple[Day, Length, int], speaker: Speaker) -> tuple[date, ...] | Clash:
    day, length, sign = said
    on = _single(day, speaker)
    return on if isinstance(on, Clash) else (shifted(on, length, sign),)


def _days_from(said: tuple[Day, Length], speaker: Speaker) -> Span | Clash:
    day, length = said
    on = _single(day, speaker)
    return on if isinstance(on, Clash) else Span(on, shifted(on, length), Grain.DAY, whole=False)


_FROM_DAY: dict[str, Callable[[Any, Speaker], tuple[date, ...] | Span | Clash]] = {
    "weekof": _week_with,
    "weekendof": _weekend_with,
    "dayshift": _day_after,
    "daylen": _days_from,
}
