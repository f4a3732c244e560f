"""Days as they are named: by the calendar, by weekday, by number, from today."""

from __future__ import annotations

from datetime import timedelta

from language.reading.calendar import WEEK, easter, next_weekday
from language.reading.rules import Found, Rule, Speaker
from language.reading.tokens import Token
from language.reading.values import Day, Range, Span, Vague, no_such_day
from language.reading.words import Kinds

_G = "(!to !dayto on|the|of|comma|dayart|dayword)*"


def _number(token: Token) -> int:
    number: int = token["ord"] if "ord" in token.kinds else token["dd"]
    return number


def _year(found: Found) -> int | None:
    token = found.get("y")
    return token["yyyy"] if token else None


def _day_of_month(found: Found, speaker: Speaker) -> Kinds:
    return {"day": Day(number=_number(found["d"]), month=found["m"]["mon"], year=_year(found))}


def _days_of_month(found: Found, speaker: Speaker) -> Kinds | None:
    month, year = found["m"]["mon"], _year(found)
    start = Day(number=_number(found["a"]), month=month, year=year)
    end = Day(number=_number(found["b"]), month=month, year=year)
    return _joined_days(found, start, end)


def _joined_days(found: Found, start: Day, end: Day) -> Kinds:
    joint = found["j"].kinds
    if "or" in joint or "comma" in joint:
        return {"days": (start, end)}
    if "and" in joint and not (found.has("f") and "between" in found["f"].kinds):
        return {"days": (start, end)}
    return {"range": Range(start, end)}


def _days_of_span(found: Found, speaker: Speaker) -> Kinds | None:
    """ "4 to 22 this month"."""
    span: Span = found["s"]["span"]
    if span.grain != "month" or not span.whole:
        return None
    year, month = span.start.year, span.start.month
    start = Day(number=_number(found["a"]), month=month, year=year)
    return _joined_days(found, start, Day(number=_number(found["b"]), month=month, year=year))


def _numeric(found: Found, speaker: Speaker) -> Kinds:
    options = found["d"]["numdate"]
    if found.has("y"):
        options = tuple((found["y"]["yyyy"], month, number) for _, month, number in options)
    return {"day": Day(options=options)}


def _short_numeric(found: Found, speaker: Speaker) -> Kinds | None:
    """ "4-22" and "22-4", where only one order is possible and no hours of a working day fit ("9-17")."""
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
    return (
        {"day": Day(number=a, month=b)}
        if b <= 12 < a and (a > 24 or found["b"].text.startswith("0"))
        else None
    )


def _with_weekday(found: Found, speaker: Speaker) -> Kinds | None:
    day: Day = found["d"]["day"]
    if day.weekday is not None or day.weeks:
        return None
    return {"day": _replace(day, found["w"]["wd"])}


def _replace(day: Day, weekday: int) -> Day:
    return Day(weekday, day.number, day.month, day.year, day.on, day.options)


def _weekday_number(found: Found, speaker: Speaker) -> Kinds | None:
    after = found.after
    if after and after.kinds.keys() & {"unit", "oclock", "counted", "ampm"}:
        return None
    if found.follows("and", "half") or found.follows("to", "hh") or found.follows("dash", "hh"):
        return None
    return {"day": Day(weekday=found["w"]["wd"], number=_number(found["d"]))}


def _number_alone(found: Found, speaker: Speaker) -> Kinds | None:
    after = found.after
    if after and after.kinds.keys() & {
        "unit",
        "oclock",
        "counted",
        "ampm",
        "wd",
        "qlab",
        "holiday",
    }:
        return None
    if after and "other" in after.kinds and "dayword" not in found.whole[-2].kinds:
        return None
    return {"day": Day(number=_number(found["d"]))}


def _beyond(found: Found, speaker: Speaker) -> Kinds | None:
    """ "32 de enero"."""
    number = found["n"]["num"]
    return {"clash": no_such_day(number, found["m"]["mon"])} if 31 < number < 100 else None


def _relative(found: Found, speaker: Speaker) -> Kinds:
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


def _weekday(found: Found, speaker: Speaker) -> Kinds | None:
    token = found["w"]
    if "weak" in token.kinds and not _is_beside_a_date(found):
        return None
    return {"day": Day(weekday=token["wd"])}


_COMPANY = {
    "num",
    "clock",
    "crange",
    "day",
    "part",
    "relpart",
    "this",
    "next",
    "previous",
    "coming",
    "every",
    "on",
    "at",
    "to",
    "from",
    "by",
    "dayart",
    "dash",
    "comma",
    "span",
    "morrow",
    "rel",
    "ord",
    "between",
}


def _is_beside_a_date(found: Found) -> bool:
    """Whether a short word such as "mar" or "sat" stands alone or next to something of a date."""
    around = [token for token in (found.before, found.after) if token]
    if found.after and "other" in found.after.kinds:
        return any(token.kinds.keys() & (_COMPANY - {"dayart"}) for token in around)
    return not around or any(token.kinds.keys() & _COMPANY for token in around)


def _next_weekday(found: Found, speaker: Speaker) -> Kinds:
    return {"day": Day(weekday=found["w"]["wd"], coming=True)}


def _previous_weekday(found: Found, speaker: Speaker) -> Kinds:
    weekday = found["w"]["wd"]
    return {
        "day": Day(
            on=next_weekday(speaker.today, weekday)
            - (WEEK if speaker.today.weekday() != weekday else 2 * WEEK)
        )
    }


def _weeks_on(found: Found, speaker: Speaker) -> Kinds | None:
    """ "viernes en ocho", "hoy en quince", "Friday week"."""
    count = found["n"]["num"] if found.has("n") else 8
    weeks = {8: 1, 15: 2, 7: 1, 14: 2}.get(count)
    if weeks is None:
        return None
    if found.has("w"):
        return {"day": Day(weekday=found["w"]["wd"], weeks=weeks)}
    day: Day = found["d"]["day"]
    return {"day": Day(on=day.on + weeks * WEEK)} if day.on else None


def _nth_from_now(found: Found, speaker: Speaker) -> Kinds:
    """ "two Sundays from now"."""
    token = found["w"]
    weekday = token["wd"] if "wd" in token.kinds else token["each_wd"]
    return {"day": Day(on=next_weekday(speaker.today, weekday) + (found["n"]["num"] - 1) * WEEK)}


def _week_word(found: Found, speaker: Speaker) -> Kinds | None:
    return _weeks_on(found, speaker) if found["u"]["unit"] == "week" else None


def _keep_day(found: Found, speaker: Speaker) -> Kinds | None:
    """ "el próximo miércoles 20 de enero": the number already says which."""
    day: Day = found["d"]["day"]
    return {"day": day} if day.number or day.options else None


def _vague_days(found: Found, speaker: Speaker) -> Kinds:
    return {"vague": Vague()}


_Y = "((of|comma|dash|slash|the)* y:yyyy)?"
_N = "dd|ord"
_JOIN = "(on|the|dayword)* j:to|dash|and|dayto|or|comma (on|the|dayword|dayart|at)*"

CALENDAR = (
    Rule("!dd n:num (of)? m:mon", _beyond),
    Rule(
        f"(f:from|between|dayfrom)? (on|the|dayart|dayword)* !wd a:{_N} {_JOIN} b:{_N} (of|slash|the|ofpart)* m:mon {_Y}",
        _days_of_month,
    ),
    Rule(
        f"(f:from|between|dayfrom)? (on|the|of)* m:mon (the)? a:{_N} {_JOIN} b:{_N} !unit {_Y}",
        _days_of_month,
    ),
    Rule(f"{_G} <!mon d:{_N} dash|slash m:mon {_Y}", _day_of_month),
    Rule(f"{_G} d:{_N} (of|the|on|comma|ofpart)* (unit of)? m:mon {_Y}", _day_of_month),
    Rule(f"m:mon (the|slash|dash|on|comma)* d:{_N} !unit !counted {_Y}", _day_of_month),
    Rule("d:numdate (comma y:yyyy)?", _numeric),
    Rule(
        "(on|at|dayart)? <!num <!dash a:dd dash b:dd !dash !unit !mon !num !clock !part",
        _short_numeric,
    ),
    Rule(f"(on|dayart)* h:holiday {_Y}", _holiday),
    Rule(f"(on|the|dayart)* h:easter {_Y}", _by_easter),
    Rule("w:wd (!to !dayto comma|on|the|dayart|of|dash)* d:day", _with_weekday),
    Rule(f"d:day comma w:wd", _with_weekday),
)

RELATIVE = (
    Rule("(on|dayart|the)* r:rel", _relative),
    Rule("w:wd (!to !dayto comma|on|the|dayart)* d:day", _with_weekday),
)

IN_SPAN = (
    Rule(
        f"(f:from|between|dayfrom)? (on|the|dayart)* a:{_N} {_JOIN} b:{_N} (of|the|comma)* s:span",
        _days_of_span,
    ),
    Rule("w:wd (of|the|comma|on|this)* s:span", _in_week),
    Rule("s:span (!to !dayto on|the|comma|dayart|of)* w:wd !d", _in_week),
)

WEEKDAYS = (
    Rule("n:num w:wd|each_wd hence now", _nth_from_now),
    Rule("(the|on|dayart|this)* w:wd in n:num !unit", _weeks_on),
    Rule(
        "(the|on|dayart|this)* (next|coming)* w:wd (!to !dayto on|comma|the|dayword|dayart)* d:dd|dord !slash",
        _weekday_number,
    ),
    Rule("(the|on|dayart|this)* (next|coming) d:day", _keep_day),
    Rule("(hence|from|of)? d:day (in|to|at) n:num !unit", _weeks_on),
    Rule("w:wd u:unit !of", _week_word),
    Rule(
        "(the|on)* w:wd after next",
        lambda found, speaker: {"day": Day(weekday=found["w"]["wd"], weeks=1)},
    ),
    Rule(
        "(the|on|dayart)* coming w:wd",
        lambda found, speaker: {"day": Day(weekday=found["w"]["wd"])},
    ),
    Rule("(the|on|dayart|this)* next w:wd", _next_weekday),
    Rule("(the|on|dayart|this)* w:wd (of)? next !unit", _next_weekday),
    Rule("(the|on|dayart)* previous w:wd", _previous_weekday),
    Rule("(the|on|dayart)* w:wd previous", _previous_weekday),
    Rule("(the|on|dayart|this)* w:wd (this)?", _weekday),
    Rule("(the|dayart|dayword)* dayword d:dd|ord !unit", _number_alone),
    Rule("(dayart|the|on)* dayart d:dd|ord !unit", _number_alone),
    Rule("(on|the)* the d:dord", _number_alone),
    Rule(
        "(on|the|dayart)* d:day (!to !dayto dayart|on)* d2:day",
        lambda found, speaker: _same_day(found),
    ),
)


def _same_day(found: Found) -> Kinds | None:
    """ "mañana jueves": a day and the weekday that it is said to be."""
    if found["d2"].kinds.keys() & {"until", "begin"}:
        return None
    first, second = found["d"]["day"], found["d2"]["day"]
    if first.on and second == Day(weekday=second.weekday):
        return {"day": _replace(first, second.weekday)}
    if second.on and first == Day(weekday=first.weekday):
        return {"day": _replace(second, first.weekday)}
    return None
