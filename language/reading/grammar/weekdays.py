"""Weekdays: this one, the next, with a number, a week later."""

from __future__ import annotations

from language.reading.calendar import WEEK, next_weekday
from language.reading.grammar.days import number_alone, number_of, on_weekday
from language.reading.rules import Found, Rule, Speaker
from language.reading.settling import days_meant
from language.reading.values import Clash, Day, Vague
from language.reading.when import When
from language.reading.words import Kinds


def _weekday_number(found: Found, speaker: Speaker) -> Kinds | None:
    after = found.after
    if after and after.kinds.keys() & {"unit", "oclock", "counted", "ampm"}:
        return None
    if number_of(found["d"]) <= 12 and (found.follows("dash", "dot") or found.follows("to", "dot")):
        return None  # "Tue 10-11.30"
    if found.follows("and", "half") or found.follows("to", "hh") or found.follows("dash", "hh"):
        return None
    return {"day": Day(weekday=found["w"]["wd"], number=number_of(found["d"]))}


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


def _the_other(found: Found, speaker: Speaker) -> Kinds | None:
    """ "el otro jueves": the coming one or the one after it."""
    if found.is_after("every"):
        return None
    coming = next_weekday(speaker.today, found["w"]["wd"])
    return {"vague": Vague((When(coming), When(coming + WEEK)))}


def _week_word(found: Found, speaker: Speaker) -> Kinds | None:
    """ "Friday week", "Monday fortnight", "tomorrow week"."""
    weeks = {"week": 1, "twoweek": 2}.get(found["u"]["unit"])
    if weeks is None or found["u"].text not in ("week", "fortnight"):
        return None
    if found.has("w"):
        return {"day": Day(weekday=found["w"]["wd"], weeks=weeks)}
    day: Day = found["d"]["day"]
    return {"day": Day(on=day.on + weeks * WEEK)} if day.on else None


def _numbered_and_named(found: Found, speaker: Speaker) -> Kinds | None:
    """ "el 20, martes": the weekday of a number, where it fits."""
    first, second = found["d"]["day"], found["d2"]["day"]
    if first != Day(number=first.number) or second != Day(weekday=second.weekday):
        return None
    both = on_weekday(first, second.weekday)
    return None if isinstance(days_meant(both, speaker), Clash) else {"day": both}


def _from_number(found: Found, speaker: Speaker) -> Kinds | None:
    """ "a partir del 18": the article tells a day from an hour."""
    is_day = found.whole[0].text.endswith((" el", " del", " do", " no"))
    return number_alone(found, speaker) if is_day else None


def _keep_day(found: Found, speaker: Speaker) -> Kinds | None:
    """ "el próximo miércoles 20 de enero": the number already says which."""
    day: Day = found["d"]["day"]
    return {"day": day} if day.number or day.options else None


WEEKDAYS = (
    Rule("n:num w:wd|each_wd hence now", _nth_from_now),
    Rule("(!to !dayto the|on|dayart|this)* w:wd in n:num !unit", _weeks_on),
    Rule(
        "(!to !dayto the|on|dayart|this)* (next|coming)* w:wd "
        "(!to !dayto on|comma|the|dayword|dayart)* d:dd|dord !slash",
        _weekday_number,
    ),
    Rule("(!to !dayto the|on|dayart|this)* (next|coming) d:day", _keep_day),
    Rule("(hence|from|of)? d:day (in|to|at) n:num !unit", _weeks_on),
    Rule("w:wd u:unit !of !num", _week_word),
    Rule("d:day u:unit !of !num", _week_word),
    Rule(
        "(the|on)* w:wd after next",
        lambda found, speaker: {"day": Day(weekday=found["w"]["wd"], weeks=1)},
    ),
    Rule(
        "(!to !dayto the|on|dayart)* w:wd overnext",
        lambda found, speaker: {"day": Day(weekday=found["w"]["wd"], weeks=1)},
    ),
    Rule(
        "(!to !dayto the|on|dayart)* coming w:wd",
        lambda found, speaker: {"day": Day(weekday=found["w"]["wd"])},
    ),
    Rule("(!to !dayto the|on|dayart|this)* next w:wd", _next_weekday),
    Rule("(!to !dayto the|on|dayart|this)* w:wd (of)? next !unit", _next_weekday),
    Rule("(!to !dayto the|on|dayart|of)* alternate w:wd", _the_other),
    Rule(
        "(!to !dayto the|on|dayart|of)* w:wd overprevious",
        lambda found, speaker: {"vague": Vague()},
    ),
    Rule("(!to !dayto the|on|dayart)* previous w:wd", _previous_weekday),
    Rule("(!to !dayto the|on|dayart)* w:wd previous", _previous_weekday),
    Rule("(!to !dayto the|on|dayart|this)* w:wd (this)?", _weekday),
    Rule("(the|dayart|dayword)* dayword d:dd|ord !unit", number_alone),
    Rule("(dayart|the|on)* dayart d:dd|ord !unit", number_alone),
    Rule("(on|the)* the d:dord", number_alone),
    Rule("starting d:dd|ord !unit !mon !oclock !clock !num", _from_number),
    Rule("(the|on|dayart)* this|next d:dd|dord !slash !dot !to !dash", number_alone),
    Rule(
        "(!to !dayto on|the|dayart)* d:day (!to !dayto dayart|on)* d2:day",
        lambda found, speaker: _same_day(found),
    ),
    Rule("d:day comma (the|on)* d2:day", _numbered_and_named),
)


def _same_day(found: Found) -> Kinds | None:
    """ "mañana jueves": a day and the weekday that it is said to be."""
    if found["d2"].kinds.keys() & {"until", "begin"}:
        return None
    first, second = found["d"]["day"], found["d2"]["day"]
    if first.on and second == Day(weekday=second.weekday):
        return {"day": on_weekday(first, second.weekday)}
    if second.on and first == Day(weekday=first.weekday):
        return {"day": on_weekday(second, first.weekday)}
    return None
