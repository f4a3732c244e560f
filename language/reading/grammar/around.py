"""Weekdays and weeks next to a date: "the Friday before 5 May", "el lunes siguiente al 5 de mayo",
"the week before last".
"""

from __future__ import annotations

from datetime import date, timedelta

from language.reading.calendar import WEEK, monday, next_weekday
from language.reading.rules import Found, Rule, Speaker
from language.reading.settling import days_meant
from language.reading.values import Clash, Day, Span
from language.reading.when import Grain
from language.reading.words import Kinds


def _single(found: Found, speaker: Speaker) -> date | None:
    """The one day that is said by its date; None for a bare weekday or an unsettled one."""
    day: Day = found["d"]["day"]
    if day.on is None and day.number is None and not day.options:
        return None
    on = days_meant(day, speaker)
    return None if isinstance(on, Clash) or len(on) > 1 else on[0]


def _weekday_before(found: Found, speaker: Speaker) -> Kinds | None:
    on = _single(found, speaker)
    if on is None:
        return None
    return {"day": Day(on=on - timedelta(days=(on.weekday() - found["w"]["wd"] - 1) % 7 + 1))}


def _weekday_after(found: Found, speaker: Speaker) -> Kinds | None:
    on = _single(found, speaker)
    return {"day": Day(on=next_weekday(on, found["w"]["wd"]))} if on else None


def _before_last(found: Found, speaker: Speaker) -> Kinds:
    """ "the Thursday before last"."""
    last = next_weekday(speaker.today, found["w"]["wd"]) - WEEK
    return {"day": Day(on=(last if last < speaker.today else last - WEEK) - WEEK)}


def _week_beside(found: Found, speaker: Speaker, step: int) -> Kinds | None:
    on = _single(found, speaker) if found.has("d") else speaker.today
    if on is None or found["u"]["unit"] != "week":
        return None
    start = monday(on) + step * WEEK
    return {"span": Span(start, start + WEEK, Grain.WEEK)}


_G = "(!to !dayto the|on|dayart|of|in|by)*"
_D = "(the|on|of|dayart)* d:day"

AROUND = (
    Rule(f"{_G} w:wd before previous !unit !mon", _before_last),
    Rule(f"{_G} w:wd before {_D}", _weekday_before),
    Rule(f"{_G} w:wd after {_D}", _weekday_after),
    Rule(f"{_G} u:unit before previous !unit !mon", lambda f, s: _week_beside(f, s, -2)),
    Rule(f"{_G} u:unit before {_D}", lambda f, s: _week_beside(f, s, -1)),
    Rule(f"{_G} u:unit after {_D}", lambda f, s: _week_beside(f, s, 1)),
)
