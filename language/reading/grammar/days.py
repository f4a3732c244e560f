"""Days as they are named: by the calendar, by weekday, by number, from today."""

from __future__ import annotations

from datetime import timedelta

from language.reading.calendar import easter
from language.reading.rules import Found, Rule, Speaker
from language.reading.settling import days_meant
from language.reading.tokens import Token
from language.reading.values import Clash, Day, Range, Span, Vague, no_such_day
from language.reading.words import Kinds

_OF_EVENT = frozenset({"de", "del", "de la", "da", "do", "of"})
_G = "(!to !dayto on|the|of|comma|dayart / <!num dayword)*"


def number_of(token: Token) -> int:
    number: int = token["ord"] if "ord" in token.kinds else token["dd"]
    return number


def _year(found: Found) -> int | None:
    token = found.get("y")
    return token["yyyy"] if token else None


def _day_of_month(found: Found, speaker: Speaker) -> Kinds:
    if "wd" in found["m"].kinds and not found.has("y") and found.whole[0] is found["m"]:
        both = (
            Day(number=number_of(found["d"]), month=found["m"]["mon"]),
            Day(found["m"]["wd"], number_of(found["d"])),
        )
        if not any(isinstance(days_meant(day, speaker), Clash) for day in both):
            return {"days": both}  # "mar 20": the 20th of March, or Tuesday the 20th
    return {"day": Day(number=number_of(found["d"]), month=found["m"]["mon"], year=_year(found))}


def _days_of_month(found: Found, speaker: Speaker) -> Kinds | None:
    month, year = found["m"]["mon"], _year(found)
    start = Day(_weekday_of(found, "w"), number_of(found["a"]), month, year)
    end = Day(_weekday_of(found, "w2"), number_of(found["b"]), month, year)
    return _joined_days(found, start, end)


def _with_short_year(found: Found, speaker: Speaker) -> Kinds | None:
    """ "5-Jun-27"."""
    year = found["y"]["num"]
    if len(found["y"].text) != 2:
        return None
    return {"day": Day(number=number_of(found["d"]), month=found["m"]["mon"], year=2000 + year)}


def _weekday_of(found: Found, name: str) -> int | None:
    return found[name]["wd"] if found.has(name) else None


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
    days = [Day(number=number, month=found["m"]["mon"], year=_year(found)) for number in numbers]
    if numbers == list(range(numbers[0], numbers[0] + 3)) and "and" in found["j"].kinds:
        return {"range": Range(days[0], days[2])}
    return {"days": tuple(days)}


def _days_of_span(found: Found, speaker: Speaker) -> Kinds | None:
    """ "4 to 22 this month"."""
    span: Span = found["s"]["span"]
    if span.grain != "month" or not span.whole:
        return None
    year, month = span.start.year, span.start.month
    start = Day(number=number_of(found["a"]), month=month, year=year)
    return _joined_days(found, start, Day(number=number_of(found["b"]), month=month, year=year))


def _numeric(found: Found, speaker: Speaker) -> Kinds:
    options = found["d"]["numdate"]
    if found.has("y"):
        options = tuple((found["y"]["yyyy"], month, number) for _, month, number in options)
    return {"day": Day(options=options)}


def _short_numeric(found: Found, speaker: Speaker) -> Kinds | None:
    """ "4-22" and "22-4", where only one order is possible and no hours of a working day fit
    ("9-17").
    """
    a, b = found["a"]["dd"], found["b"]["dd"]
    if (
        found.follows("of", "mon")
        or found.follows("ampm")
        or found.follows("span")
        or found.follows("next")
        or found.follows("this")
        or found.follows("oclock")
    ):
        return None
    if speaker.month_first and a <= 5 and b > 12:
        return {"day": Day(number=b, month=a)}
    return {"day": Day(number=a, month=b)} if b <= 12 < a else None


def _with_weekday(found: Found, speaker: Speaker) -> Kinds | None:
    day: Day = found["d"]["day"]
    if day.weekday is not None or day.weeks:
        return None
    return {"day": on_weekday(day, found["w"]["wd"])}


def on_weekday(day: Day, weekday: int) -> Day:
    return Day(weekday, day.number, day.month, day.year, day.on, day.options)


def number_alone(found: Found, speaker: Speaker) -> Kinds | None:
    after = found.after
    if after and after.kinds.keys() & {
        "unit",
        "oclock",
        "counted",
        "ampm",
        "wd",
        "qlab",
        "holiday",
        "freq",
    }:
        return None
    if after and after.kinds.keys() & {"other", "noun"} and "dayword" not in found.whole[-2].kinds:
        return None
    if _is_day_of_event(found):
        return {"vague": Vague()}
    return {"day": Day(number=number_of(found["d"]))}


def _is_day_of_event(found: Found) -> bool:
    """ "day 2", "el día 1 del taller": the first days of something, or days of the month."""
    if "dayword" not in found.whole[-2].kinds:
        return False
    is_counted = found.whole[-2].text == "day" and "dord" not in found.whole[-1].kinds
    is_of_event = any(found.follows(*row) for row in (("of", "other"), ("of", "noun")))
    return is_counted or bool(is_of_event and found.after and found.after.text in _OF_EVENT)


def _beyond(found: Found, speaker: Speaker) -> Kinds | None:
    """ "32 de enero"."""
    number = found["n"]["num"]
    return {"clash": no_such_day(number, found["m"]["mon"])} if 31 < number < 100 else None


def _relative(found: Found, speaker: Speaker) -> Kinds | None:
    if "dayart" in found["r"].kinds and (found.follows("dd") or found.follows("ord")):
        return None  # "el próximo día 12"
    return {"day": Day(on=speaker.today + timedelta(days=found["r"]["rel"]))}


def _holiday(found: Found, speaker: Speaker) -> Kinds:
    month, number = map(int, found["h"]["holiday"].split("-"))
    return {"day": Day(number=number, month=month, year=_year(found))}


def _by_easter(found: Found, speaker: Speaker) -> Kinds:
    """Days that move with Easter: the next one, or the one of the year that is said."""
    shift = timedelta(days=found["h"]["easter"])
    if found.has("y"):
        return {"day": Day(on=easter(found["y"]["yyyy"]) + shift)}
    coming = [easter(speaker.today.year + later) + shift for later in (0, 1)]
    return {"day": Day(on=next(day for day in coming if day >= speaker.today))}


def _in_week(found: Found, speaker: Speaker) -> Kinds | None:
    week: Span = found["s"]["span"]
    if week.grain != "week" or not week.whole:
        return None
    return {"day": Day(on=week.start + timedelta(days=found["w"]["wd"]))}


_Y = "((of|comma|dash|slash|the)* y:yyyy)?"
_F = "(f:from|between|dayfrom)?"
_N = "dd|ord"
_W = "(comma|on|the|dayword|dayart)*"
_JOIN = "(on|the|dayword)* j:to|dash|and|dayto|or|comma (on|the|dayword|dayart|at)*"

CALENDAR = (
    Rule("!dd n:num (of)? m:mon", _beyond),
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
    Rule(f"{_G} <!mon d:{_N} dash|slash m:mon dash|slash y:num", _with_short_year),
    Rule(f"{_G} <!mon d:{_N} dash|slash m:mon {_Y}", _day_of_month),
    Rule(f"{_G} d:{_N} (of|the|on|comma|ofpart)* (unit of)? m:mon {_Y}", _day_of_month),
    Rule(
        f"m:mon (the|slash|dash|on|comma|dayword|dayart)* d:{_N} !unit !counted {_Y}", _day_of_month
    ),
    Rule("d:numdate (comma y:yyyy)?", _numeric),
    Rule(
        "(on|at|dayart)? <!num <!dash a:dd dash b:dd !dash !unit !mon !num !clock !part",
        _short_numeric,
    ),
    Rule("<!unit before (on|the|of|dayart)* holiday|easter", lambda f, s: {"vague": Vague()}),
    Rule(f"(on|dayart)* h:holiday {_Y}", _holiday),
    Rule(f"(on|the|dayart)* h:easter {_Y}", _by_easter),
    Rule("w:wd (!to !dayto comma|on|the|dayart|of|dash)* d:day", _with_weekday),
    Rule("d:day comma w:wd", _with_weekday),
)

RELATIVE = (
    Rule("(on|dayart|the)* r:rel", _relative),
    Rule("w:wd (!to !dayto comma|on|the|dayart)* d:day", _with_weekday),
)

IN_SPAN = (
    Rule(
        f"(f:from|between|dayfrom)? (on|the|dayart)* a:{_N} {_JOIN} b:{_N} "
        "(of|the|comma|in|on)* s:span",
        _days_of_span,
    ),
    Rule("w:wd (of|the|comma|on|this)* s:span", _in_week),
    Rule("s:span (!to !dayto on|the|comma|dayart|of)* w:wd !d", _in_week),
)
