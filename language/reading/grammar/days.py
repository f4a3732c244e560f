"""Days as they are named: by the calendar, by weekday, by number, from today."""

from __future__ import annotations

from datetime import timedelta

from language.reading.calendar import easter
from language.reading.rules import Found, Rule, Speaker
from language.reading.settling import days_meant
from language.reading.tokens import Token
from language.reading.values import Clash, Day, Span, Vague, no_such_day
from language.reading.words import Kinds

_OF_EVENT = frozenset({"de", "del", "de la", "da", "do", "of"})
_G = "(!to !dayto on|the|of|comma|dayart / <!num dayword)*"


def number_of(token: Token) -> int:
    """The number of a day, said as an ordinal or not."""
    number: int = token["ord"] if "ord" in token.kinds else token["dd"]
    return number


def year_said(found: Found) -> int | None:
    """The year beside a month, if one was said."""
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
    return {
        "day": Day(number=number_of(found["d"]), month=found["m"]["mon"], year=year_said(found))
    }


def _with_short_year(found: Found, speaker: Speaker) -> Kinds | None:
    """ "5-Jun-27"."""
    year = found["y"]["num"]
    if len(found["y"].text) != 2:
        return None
    return {"day": Day(number=number_of(found["d"]), month=found["m"]["mon"], year=2000 + year)}


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
    token = found.whole[-1]
    if "ord" not in token.kinds and speaker.month_first and token.text[:1].isalpha():
        return None  # "one of the two"
    is_of_unit = found.follows("of", "unit") or found.follows("of", "the", "unit")
    if after and after.text in _OF_EVENT and token.text[:1].isalpha() and not is_of_unit:
        return None  # "the first of three", "el primero de los tres"
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
    if found["r"].kinds.keys() & {"eve", "dayafter"} and found.after:
        return None  # "the day before 5 May", "the day before the meeting"
    return {"day": Day(on=speaker.today + timedelta(days=found["r"]["rel"]))}


def _holiday(found: Found, speaker: Speaker) -> Kinds:
    month, number = map(int, found["h"]["holiday"].split("-"))
    return {"day": Day(number=number, month=month, year=year_said(found))}


def _by_easter(found: Found, speaker: Speaker) -> Kinds:
    """Days that move with Easter: the next one, or the one of the year that is said."""
    shift = timedelta(days=found["h"]["easter"])
    if found.has("y"):
        return {"day": Day(on=easter(found["y"]["yyyy"]) + shift)}
    coming = [easter(speaker.today.year + later) + shift for later in (0, 1)]
    return {"day": Day(on=next(day for day in coming if day >= speaker.today))}


def _past_day(found: Found, speaker: Speaker) -> Kinds | None:
    """ "el pasado 5 de abril": the last one, not the next."""
    day: Day = found["d"]["day"]
    if day.number is None or day.month is None or day.year is not None:
        return None
    years = (speaker.today.year, speaker.today.year - 1)
    for said in (Day(day.weekday, day.number, day.month, year) for year in years):
        on = days_meant(said, speaker)
        if not isinstance(on, Clash) and on[0] <= speaker.today:
            return {"day": said}
    return None


def _in_week(found: Found, speaker: Speaker) -> Kinds | None:
    week: Span = found["s"]["span"]
    if week.grain != "week" or not week.whole:
        return None
    return {"day": Day(on=week.start + timedelta(days=found["w"]["wd"]))}


_Y = "((of|comma|dash|slash|the)* y:yyyy)?"
_N = "dd|ord"

CALENDAR = (
    Rule("!dd n:num (of)? m:mon", _beyond),
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
    Rule("(the|on|dayart|of)* previous (wd)? d:day", _past_day),
    Rule("d:day previous !to !dayto", _past_day),
    Rule("w:wd (!to !dayto comma|on|the|dayart|of|dash)* d:day", _with_weekday),
    Rule("d:day comma w:wd", _with_weekday),
)

RELATIVE = (
    Rule("(on|dayart|the)* r:rel", _relative),
    Rule("w:wd (!to !dayto comma|on|the|dayart)* d:day", _with_weekday),
)

IN_SPAN = (
    Rule("w:wd (of|the|comma|on|this)* s:span", _in_week),
    Rule("s:span (!to !dayto on|the|comma|dayart|of)* w:wd !d", _in_week),
)
