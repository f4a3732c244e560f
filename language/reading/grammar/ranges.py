"""From one day, month or moment to another: "del 28 de enero al 3 de febrero", "May to October
2020".
"""

from __future__ import annotations

from datetime import date

from language.reading.calendar import month_start
from language.reading.grammar.days import on_weekday
from language.reading.rules import Found, Rule, Speaker
from language.reading.values import Day, Moment, Range, Span
from language.reading.when import Grain
from language.reading.words import Kinds

_G = "(on|the|of|comma|dayart|at|dayword|this)*"
_F = "(f:from|between|dayfrom|starting)?"
_J = "j:to|dash|dayto|and (on|the|dayart|dayword|at)*"


def _is_joined(found: Found) -> bool:
    """ "and" joins a range only after "between"."""
    joint = found["j"].kinds
    if "to" in joint or "dash" in joint or "dayto" in joint:
        return True
    return found.has("f") and "between" in found["f"].kinds


def _months(found: Found, speaker: Speaker) -> Kinds | None:
    """Both months in the said year, else the first such stretch that is not over."""
    if not _is_joined(found):
        return None
    first, last = found["a"]["mon"], found["b"]["mon"]
    end_year = found["y"]["yyyy"] if found.has("y") else None
    if found.has("y1"):
        year = found["y1"]["yyyy"]
        end_year = end_year or year + (last < first)
    elif end_year:
        year = end_year - (last < first)
    else:
        year = speaker.today.year + (
            first < speaker.today.month and not first <= speaker.today.month <= last
        )
        end_year = year + (last < first)
    start, end = date(year, first, 1), month_start(end_year, last, 1)
    return {"span": Span(start, end, Grain.MONTH, whole=False)} if start < end else None


def _years(found: Found, speaker: Speaker) -> Kinds | None:
    if not _is_joined(found):
        return None
    first, last = found["a"]["yyyy"], found["b"]["yyyy"]
    return (
        {"span": Span(date(first, 1, 1), date(last + 1, 1, 1), Grain.YEAR, whole=False)}
        if first <= last
        else None
    )


def _spans(found: Found, speaker: Speaker) -> Kinds | None:
    a, b = found["a"]["span"], found["b"]["span"]
    if not _is_joined(found) or a.grain != b.grain:
        return None
    start, end = a.start, b.end
    if start >= end and not b.year_said:
        end = month_start(end.year + 1, end.month)
    grain = Grain.DAY if a.grain is Grain.WEEK else a.grain
    return {"span": Span(start, end, grain, whole=False)} if start < end else None


def _span_and_day(found: Found, speaker: Speaker) -> Kinds | None:
    """ "this week until Thursday": from today up to that day."""
    week: Span = found["s"]["span"]
    day: Day = found["b"]["day"]
    if week.grain is not Grain.WEEK or not week.start <= speaker.today < week.end:
        return None
    return {"range": Range(Day(on=speaker.today), day)}


def _days(found: Found, speaker: Speaker) -> Kinds | None:
    if not _is_joined(found):
        return None
    a, b = found["a"]["day"], found["b"]["day"]
    return {"range": Range(_moment(a, found, "ac"), _moment(b, found, "bc"))}


def _until(found: Found, speaker: Speaker) -> Kinds | None:
    """ "del 28 de enero al 3 de febrero": the article of the end is already part of it."""
    return (
        {"range": Range(found["a"]["day"], found["b"]["day"])}
        if "day" in found["b"].kinds
        else None
    )


def _until_moment(found: Found, speaker: Speaker) -> Kinds:
    """ "desde las 2 del martes hasta las 3 del jueves": the time of the end is marked as such."""
    start = Moment(found["a"]["day"], found["ac"]["clock"])
    return {"range": Range(start, Moment(found["b"]["day"], found["bc"]["clock"]))}


def _named_range(found: Found, speaker: Speaker) -> Kinds | None:
    """ "lunes a miércoles, 15 al 17 de febrero": the weekdays of a range that is said by number."""
    named, dated = found["a"]["range"], found["b"]["range"]
    ends = (named.start, named.end, dated.start, dated.end)
    if not all(isinstance(end, Day) for end in ends):
        return None
    if any(end != Day(end.weekday) for end in ends[:2]) or any(end.weekday for end in ends[2:]):
        return None
    return {
        "range": Range(
            on_weekday(dated.start, named.start.weekday), on_weekday(dated.end, named.end.weekday)
        )
    }


def _moment(day: Day, found: Found, name: str) -> Day | Moment:
    return Moment(day, found[name]["clock"]) if found.has(name) else day


def _number_to_day(found: Found, speaker: Speaker) -> Kinds | None:
    """ "del 3 al 5": numbers of days, announced by articles that stand before days only."""
    token_a, token_b = found["a"], found["b"]
    a = Day(number=token_a["ord"] if "ord" in token_a.kinds else token_a["dd"])
    b = (
        token_b["day"]
        if "day" in token_b.kinds
        else Day(number=token_b["ord"] if "ord" in token_b.kinds else token_b["dd"])
    )
    if found.after and "unit" in found.after.kinds:
        return None
    return {"range": Range(a, b)}


def _number_to_date(found: Found, speaker: Speaker) -> Kinds | None:
    """ "1 al 5/3/2027": the first number takes its month from a date in figures."""
    day: Day = found["b"]["day"]
    if not day.options:
        return None
    year, month, number = day.options[0]
    if speaker.month_first and len(day.options) > 1:
        return None
    return {
        "range": Range(
            Day(number=found["a"]["dd"], month=month, year=year),
            Day(number=number, month=month, year=year),
        )
    }


MONTH_RANGES = (
    Rule(
        f"{_F} (the)? (unit of)? a:mon ((of)? y1:yyyy)? {_J} "
        "(unit of)? b:mon ((of|comma)* y:yyyy)?",
        _months,
    ),
    Rule("(f:from|between) (unit)? a:yyyy j:to|dash|and (unit)? b:yyyy", _years),
)

NUMBER_RANGES = (
    Rule(
        "(dayfrom|dayart) (dayword)? a:dd|ord (dayto) (dayword)? b:dd|ord !unit !mon !oclock",
        _number_to_day,
    ),
    Rule("(dayfrom|dayart) (dayword)? a:dd|ord (dayto) (dayword)? b:day", _number_to_day),
    Rule("(from|on|the)+ a:dord (to|dash) (the)? b:dord", _number_to_day),
    Rule(
        "(from|dayfrom|dayart|between)? <!mon <!num <!dash a:dd (to|dayto|dash|and) b:day",
        _number_to_date,
    ),
    Rule(
        "between (the|dayart|on)+ a:dd|ord and (the|dayart)+ b:dd|ord|day !unit !oclock",
        _number_to_day,
    ),
    Rule("between (the|on)* a:dord and (the)* b:dord", _number_to_day),
)

DAY_RANGES = (
    Rule(f"{_F} {_G} ac:clock {_G} a:day {_G} bc:clockend {_G} b:day", _until_moment),
    Rule(f"{_F} {_G} a:day {_G} ac:clock {_G} b:until {_G} bc:clock", _until_moment),
    Rule(f"{_F} {_G} a:day b:until", _until),
    Rule(f"{_F} {_G} a:day {_G} ac:clock {_J} b:day {_G} bc:clock", _days),
    Rule(f"{_F} {_G} ac:clock {_G} a:day {_J} bc:clock {_G} b:day", _days),
    Rule(f"{_F} {_G} a:day {_J} b:day", _days),
    Rule(f"a:range {_G} b:range", _named_range),
    Rule(f"{_F} {_G} a:span {_J} b:span", _spans),
    Rule("s:span comma? (to|by)+ (the|on)* b:day", _span_and_day),
)
