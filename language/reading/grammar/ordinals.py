"""The nth of something: "third Thursday of March", "last day of February", "second half of May"."""

from __future__ import annotations

from datetime import date, timedelta

from language.reading import calendar as days
from language.reading.calendar import DAY, WEEK, month_start
from language.reading.grammar.periods import fortnight, unit_span
from language.reading.grammar.year_parts import (
    labelled,
    nth_fortnight,
    nth_of_year,
    nth_said,
    nth_unit,
)
from language.reading.rules import Found, Rule, Speaker
from language.reading.values import Clash, Day, Span, Vague
from language.reading.when import Grain, When
from language.reading.words import Kinds

#: No month has a weekday more often.
_MOST_WEEKS = 5


def _months(found: Found, speaker: Speaker) -> list[date]:
    """The months that may be meant, the first one first: the said one, or this year's and next
    year's.
    """
    if found.has("s"):
        span: Span = found["s"]["span"]
        return [span.start] if span.grain is Grain.MONTH and span.whole else []
    month = found["m"]["mon"]
    if found.has("y"):
        return [date(found["y"]["yyyy"], month, 1)]
    return [date(speaker.today.year + later, month, 1) for later in (0, 1)]


def _nth_weekday(found: Found, speaker: Speaker) -> Kinds | None:
    span = found["s"]["span"] if found.has("s") else None
    if found.has("year"):
        span = unit_span(date(found["year"]["yyyy"], 1, 1), "year")
    if span and span.grain in (Grain.YEAR, Grain.QUARTER) and span.whole:
        on = _weekday_in(span, found["w"]["wd"], nth_said(found))
        return {"day": Day(on=on)} if on else {"clash": Clash("no-such-day")}
    months = _months(found, speaker)
    if len(months) > 1 and months[0].month < speaker.today.month:
        months = months[1:]
    for month in months:
        on = days.nth_weekday(month.year, month.month, found["w"]["wd"], nth_said(found))
        if on is None:
            return {"clash": Clash("no-such-day")} if nth_said(found) <= _MOST_WEEKS else None
        if on and (on >= speaker.today or len(months) == 1):
            return {"day": Day(on=on)}
    return None


def _nth_day(found: Found, speaker: Speaker) -> Kinds | None:
    """The first or last day, or business day, of a month, quarter or year."""
    unit, nth = found["u"]["unit"], nth_said(found)
    if unit not in ("day", "bday"):
        return None
    span = found["s"]["span"] if found.has("s") else None
    if span is None:
        month = _coming_month(found, speaker)
        span = Span(month, month_start(month.year, month.month, 1), Grain.MONTH)
    return _nth_day_of(unit, nth, span)


def _nth_day_of(unit: str, nth: int, span: Span) -> Kinds:
    if unit == "bday":
        edge = span.end if nth < 0 else span.start - DAY
        return {"day": Day(on=days.add_business_days(edge, nth))}
    return {"day": Day(on=span.end - DAY if nth < 0 else span.start + (nth - 1) * DAY)}


def _coming_month(found: Found, speaker: Speaker) -> date:
    if found.has("y"):
        return date(found["y"]["yyyy"], found["m"]["mon"], 1)
    month = found["m"]["mon"]
    return date(speaker.today.year + (month < speaker.today.month), month, 1)


def _nth_unit_of_month(found: Found, speaker: Speaker) -> Kinds | None:
    """The nth half or week of a month; a week belongs to the month that has its Thursday, as in
    ISO 8601.
    """
    unit, nth = found["u"]["unit"], nth_said(found)
    span = found["s"]["span"] if found.has("s") else None
    if span is not None and (span.grain is not Grain.MONTH or not span.whole):
        return nth_of_year(unit, nth, span.start) if span.grain is Grain.YEAR else None
    return _part_of_month(unit, nth, span.start if span else _coming_month(found, speaker))


def _part_of_month(unit: str, nth: int, month: date) -> Kinds | None:
    if unit == "fortnight" and nth in (1, 2, -1):
        return {"span": fortnight(month, nth != 1)}
    if unit in ("half",) and nth in (1, 2):
        return {"span": fortnight(month, nth == 2)}
    if unit == "week":
        thursday = days.nth_weekday(month.year, month.month, 3, nth)
        if thursday is None:
            return None
        start = days.monday(thursday)
        return {"span": Span(start, start + WEEK, Grain.WEEK)}
    if unit == "weekend":
        saturday = days.nth_weekday(month.year, month.month, 5, nth)
        return (
            {"span": Span(saturday, saturday + 2 * DAY, Grain.DAY, whole=False)}
            if saturday
            else None
        )
    return None


def _of_this_month(found: Found, speaker: Speaker) -> Kinds | None:
    """ "last Thursday of the month": this month's, or the next one's once it has passed."""
    unit = found["v"]["unit"]
    if unit not in ("month", "quarter", "year"):
        return None
    for later in (0, 1):
        span = unit_span(speaker.today, unit, later)
        kinds = _in_span(found, span) if span else None
        if kinds and _is_coming(kinds, speaker.today):
            return kinds
    return None


def _in_span(found: Found, span: Span) -> Kinds | None:
    nth = nth_said(found)
    if found.has("w"):
        on = _weekday_in(span, found["w"]["wd"], nth)
        return {"day": Day(on=on)} if on else None
    unit = found["u"]["unit"]
    if unit in ("day", "bday"):
        return _nth_day_of(unit, nth, span)
    if span.grain is Grain.MONTH:
        return _part_of_month(unit, nth, span.start)
    return nth_of_year(unit, nth, span.start) if span.grain is Grain.YEAR else None


def _weekday_in(span: Span, weekday: int, nth: int) -> date | None:
    """The nth such weekday of a month, quarter or year."""
    if nth < 0:
        last = span.end - DAY
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    on = days.next_weekday(span.start - DAY, weekday) + (nth - 1) * WEEK
    return on if on < span.end else None


def _is_coming(kinds: Kinds, today: date) -> bool:
    return bool(
        kinds["day"].on >= today
        if "day" in kinds
        else kinds["span"].end > today
        if "span" in kinds
        else False
    )


def _nth_alone(found: Found, speaker: Speaker) -> Kinds | None:
    """ "the second Tuesday": of this month or of the next one, which has to be asked."""
    if "wd" in found["n"].kinds or nth_said(found) > _MOST_WEEKS:
        return None
    months = [month_start(speaker.today.year, speaker.today.month, later) for later in range(3)]
    days_on = [
        days.nth_weekday(month.year, month.month, found["w"]["wd"], nth_said(found))
        for month in months
    ]
    return {"vague": Vague(tuple(When(on) for on in days_on if on and on >= speaker.today)[:2])}


def _several_first(found: Found, speaker: Speaker) -> Kinds:
    """ "the first six months": to be asked about, unless the text has a date of its own."""
    return {"other": "first"} if found.has_any("mon", "numdate") else {"vague": Vague()}


def _vague(found: Found, speaker: Speaker) -> Kinds:
    """ "the last two weeks of March": which days those are has to be asked."""
    return {"vague": Vague()}


_THE = "(the|on|in|of|by|dayart|to|ofpart)*"
_N = "n:ord|final"
_OF = "(of|the|ofpart|dash|comma)*"
_M = "m:mon ((of|comma)* y:yyyy)?"

ORDINALS = (
    Rule(
        f"{_THE} ord|final|previous n:num unit (of|the|ofpart)+ (unit of)? mon|next|this|previous",
        _vague,
    ),
    Rule(f"{_THE} ord n:num unit", _several_first),
    Rule(
        "u:unit n:num (of|the|ofpart)+ mon|span",
        lambda f, s: {"vague": Vague()} if f["u"]["unit"] == "week" else None,
    ),
    Rule("ord|final (and|comma|or)+ (the)? ord|final wd|unit", lambda f, s: {"vague": Vague()}),
    Rule(f"{_THE} {_N} w:wd (of|the|on|ofpart)+ (unit of)? {_M}", _nth_weekday),
    Rule(
        f"{_THE} {_N} u:unit (of|the|ofpart)+ (unit of)? {_M}",
        lambda f, s: _nth_day(f, s) or _nth_unit_of_month(f, s),
    ),
    Rule(f"{_THE} w:wd n:final (of|the|ofpart)+ {_M}", _nth_weekday),
    Rule(f"{_THE} {_N} w:wd (of|the|ofpart)+ (unit of)? year:yyyy", _nth_weekday),
    Rule(f"{_THE} {_N} w:wd (!this of|the|ofpart)+ v:unit !next !previous !this", _of_this_month),
    Rule(f"{_THE} {_N} u:unit (!this of|the|ofpart)+ v:unit !next !previous !this", _of_this_month),
    Rule(f"{_THE} q:qlab|slab {_OF} y:yyyy", labelled),
    Rule(f"y:yyyy {_OF} q:qlab|slab", labelled),
    Rule(f"{_THE} {_N} u:unit {_OF} (unit)? y:yyyy", nth_unit),
)

#: After the spans that these stand in have been read.
IN_SPAN = (
    Rule(f"{_THE} {_N} w:wd (of|the|on|ofpart)* s:span", _nth_weekday),
    Rule(
        f"{_THE} {_N} u:unit (of|the|ofpart)* s:span",
        lambda f, s: _nth_day(f, s) or _nth_unit_of_month(f, s),
    ),
    Rule(f"{_THE} q:qlab|slab {_OF} s:span", labelled),
    Rule(f"{_THE} q:qlab|slab", labelled),
    Rule(f"{_THE} {_N} u:unit", lambda f, s: nth_unit(f, s) or nth_fortnight(f, s)),
    Rule(f"{_THE} n:ord w:wd", _nth_alone),
)
