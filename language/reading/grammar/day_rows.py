"""Several days of one month: "del 3 al 5 de mayo", "lunes 3 y martes 4", "May 3, 4 and 5"."""

from __future__ import annotations

from language.reading.grammar.days import number_of, year_said
from language.reading.rules import Found, Rule, Speaker
from language.reading.values import Day, Range, Span
from language.reading.words import Kinds

_Y = "((of|comma|dash|slash|the)* y:yyyy)?"
_F = "(f:from|between|dayfrom)?"
_N = "dd|ord"
_W = "(comma|on|the|dayword|dayart)*"
_JOIN = "(on|the|dayword)* j:to|dash|and|dayto|or|comma (on|the|dayword|dayart|at)*"


def _days_of_month(found: Found, speaker: Speaker) -> Kinds | None:
    month, year = found["m"]["mon"], year_said(found)
    start = Day(_weekday_of(found, "w"), number_of(found["a"]), month, year)
    end = Day(_weekday_of(found, "w2"), number_of(found["b"]), month, year)
    return _joined_days(found, start, end)


def _joined_days(found: Found, start: Day, end: Day) -> Kinds:
    """A range, or days to choose from; "14 y 15 de mayo" are two days in a row."""
    joint = found["j"].kinds
    first, last = start.number or 0, end.number or 0
    is_and = "and" in joint and not (found.has("f") and "between" in found["f"].kinds)
    if "or" in joint or "comma" in joint or (is_and and last != first + 1):
        return {"days": (start, end)}
    return {"range": Range(start, end)}


def _three_days(found: Found, speaker: Speaker) -> Kinds | None:
    """ "8, 9 y 10 de marzo": three days in a row, else days to choose from."""
    numbers = [number_of(found[name]) for name in ("a", "c", "b")]
    days = [
        Day(number=number, month=found["m"]["mon"], year=year_said(found)) for number in numbers
    ]
    if numbers == list(range(numbers[0], numbers[0] + 3)) and "and" in found["j"].kinds:
        return {"range": Range(days[0], days[2])}
    return {"days": tuple(days)}


def _weekday_of(found: Found, name: str) -> int | None:
    return found[name]["wd"] if found.has(name) else None


def _days_of_span(found: Found, speaker: Speaker) -> Kinds | None:
    """ "4 to 22 this month"."""
    span: Span = found["s"]["span"]
    if span.grain != "month" or not span.whole:
        return None
    year, month = span.start.year, span.start.month
    start = Day(number=number_of(found["a"]), month=month, year=year)
    return _joined_days(found, start, Day(number=number_of(found["b"]), month=month, year=year))


ROWS = (
    Rule(
        f"{_F} (on|the|dayart|dayword)* a:{_N} comma+ c:{_N} comma? j:and|or b:{_N} "
        f"(of|the)* m:mon {_Y}",
        _three_days,
    ),
    Rule(
        f"{_F} (on|the)* m:mon (the)? a:{_N} comma+ c:{_N} comma? j:and|or b:{_N} !unit {_Y}",
        _three_days,
    ),
    Rule(
        f"{_F} (on|the|dayart|dayword)* w:wd {_W} a:{_N} comma? {_JOIN} "
        f"(w2:wd {_W})? b:{_N} (of|slash|the|ofpart)* m:mon {_Y}",
        _days_of_month,
    ),
    Rule(
        f"{_F} (on|the|dayart|dayword)* !wd a:{_N} {_JOIN} b:{_N} "
        f"(of|slash|the|ofpart)* m:mon {_Y}",
        _days_of_month,
    ),
    Rule(
        f"{_F} (on|the|of)* m:mon (the)? a:{_N} {_JOIN} b:{_N} !unit !dash !to {_Y}",
        _days_of_month,
    ),
)

IN_SPAN = (
    Rule(
        f"(f:from|between|dayfrom)? (on|the|dayart)* a:{_N} {_JOIN} b:{_N} "
        "(of|the|comma|in|on)* s:span",
        _days_of_span,
    ),
)
