"""Times on the clock: "tres y media", "quarter to 8", "15h30", "8 de la noche", and ranges of
them.
"""

from __future__ import annotations

from language.reading.grammar.clock_ranges import JOINT, announced_range
from language.reading.grammar.hours import clock_of, is_digits, is_time, minutes_said, plus
from language.reading.grammar.parts import hour_in
from language.reading.rules import Found, Rule, Speaker
from language.reading.values import Clock, Vague
from language.reading.words import Kinds

_NOON = 12
_FIRST_TWO_DIGITS = 10
#: The hours that are said of noon: "12 del mediodía", "una del mediodía".
_AROUND_NOON = frozenset({11, 12, 1, 2, 3})
#: What stands before a number of hours that is a duration, not a time.
_LASTING = frozenset({"in", "for", "within", "since", "next", "previous", "few", "every", "one"})


def _and_fraction(found: Found, speaker: Speaker) -> Kinds:
    return {
        **plus(clock_of(found["h"]), 30 if "half" in found["m"].kinds else 15),
        **_end_mark(found),
    }


def _and_minutes(found: Found, speaker: Speaker) -> Kinds | None:
    if found["m"]["mi"] < 10 or found.is_after("between"):
        return None
    if is_digits(found["m"]) and (not found.has("at") or found["m"]["mi"] % 5):
        return None
    if is_digits(found["h"]) and not found.has("at"):
        return None
    return {**plus(clock_of(found["h"]), found["m"]["mi"]), **_end_mark(found)}


def _minus(found: Found, speaker: Speaker) -> Kinds:
    minutes = 15 if "quarter" in found["m"].kinds else found["m"]["mi"]
    return plus(clock_of(found["h"]), -minutes)


def _to_hour(found: Found, speaker: Speaker) -> Kinds | None:
    minutes = minutes_said(found)
    before = found.before
    if before and before.kinds.keys() & {"from", "between"}:
        return None
    if (
        "to" in found["t"].kinds
        and not found.has("u")
        and not found.has("at")
        and minutes in (5, 10)
        and not is_digits(found["m"])
    ):
        return {"vague": Vague()}  # "five to seven" without "at": 6:55, or from 5 to 7
    is_range = "to" in found["t"].kinds and not found.has("u") and is_digits(found["m"])
    if (
        minutes is None
        or (is_range and "quarter" not in found["m"].kinds)
        or (found.is_after("from") and not found.has("at"))
    ):
        return None
    return plus(clock_of(found["h"]), -minutes)


def _quarter_of(found: Found, speaker: Speaker) -> Kinds | None:
    """ "quarter of five", as said in the United States."""
    if "unit" not in found["m"].kinds or found["h"]["hh"] > 12 or found.has("u"):
        return None
    return plus(clock_of(found["h"]), -15)


def _half_hour(found: Found, speaker: Speaker) -> Kinds | None:
    """ "half nine" is 9:30 to the British and 8:30 to others: it is asked."""
    return {"vague": Vague()} if found["m"].text == "half" and found["h"]["hh"] <= 12 else None


def _past_hour(found: Found, speaker: Speaker) -> Kinds | None:
    minutes = minutes_said(found)
    return None if minutes is None else plus(clock_of(found["h"]), minutes)


def _two_numbers(found: Found, speaker: Speaker) -> Kinds | None:
    """ "eight forty"; digits only after a word such as "at"."""
    hour, minute = found["h"], found["m"]
    if minute["mi"] < 10 or (not found.has("at") and (is_digits(hour) or is_digits(minute))):
        return None
    if hour["hh"] > 12 and is_digits(hour):
        return None
    return plus(clock_of(hour), minute["mi"])


def _half_said(found: Found, speaker: Speaker) -> Kinds | None:
    clock = clock_of(found["h"])
    if clock.hour > 12:
        return {"clock": clock}
    late = found["x"]["ampm"] == "pm"
    return {"clock": Clock(clock.hour % 12 + (12 if late else 0), clock.minute, sure=True)}


def _minutes_and_half(found: Found, speaker: Speaker) -> Kinds | None:
    """ "9 y 30 am"."""
    hour, minute = found["h"]["hh"], found["m"]["mi"]
    if not 1 <= hour <= _NOON or minute < _FIRST_TWO_DIGITS:
        return None
    late = _NOON if found["x"]["ampm"] == "pm" else 0
    return {"clock": Clock(hour % _NOON + late, minute, sure=True)}


def _at_hour(found: Found, speaker: Speaker) -> Kinds | None:
    hour = found["h"]
    after = found.after
    if after and not found.has("o") and after.kinds.keys() & {"unit", "mon", "slash"}:
        return None
    if found.follows("of", "mon") or found.follows("of", "next", "unit"):
        return None
    if "dot" in hour.kinds and found.has("o") and hour.text[-3:-2] not in (".", ","):
        return None  # "1.5 hours"
    if "dot" in hour.kinds and (hour["dot"][0] > 24 or not 0 <= hour["dot"][1] < 60):
        return None
    return {"clock": clock_of(hour), **_end_mark(found)}


def _at_clock(found: Found, speaker: Speaker) -> Kinds:
    return {"clock": found["h"]["clock"], **_end_mark(found)}


def _end_mark(found: Found) -> Kinds:
    """Marks a time said with "a las", "às", "hasta las": right after another it is the end of a
    range.
    """
    return {"clockend": 0} if found.whole[0].kinds.keys() & {"to", "asto"} else {}


def _four_digits(found: Found, speaker: Speaker) -> Kinds | None:
    after = found.after
    if found["h"]["num"] < 1000 and after and after.kinds.keys() & {"other", "noun", "unit"}:
        return None  # "about 250 schools"
    return {"clock": found["h"]["hhmm"]}


def _of_the_day(found: Found, speaker: Speaker) -> Kinds | None:
    """ "12 del día" is noon."""
    clock = clock_of(found["h"])
    return (
        {"clock": Clock(clock.hour, clock.minute, sure=True)}
        if clock.hour in (10, 11, 12)
        else None
    )


def _hours_said(found: Found, speaker: Speaker) -> Kinds | None:
    """ "15 horas", "7 o'clock": a time, unless it is how long something takes."""
    if "unit" not in found["o"].kinds:
        return {"clock": clock_of(found["h"])}
    before, after = found.before, found.after
    if after and after.kinds.keys() & {"before", "after", "later", "ago", "hence"}:
        return None
    if before and before.kinds.keys() & _LASTING and not before.kinds.keys() & {"at", "from"}:
        return None
    return {"clock": clock_of(found["h"])} if found["h"]["hh"] > 12 else None


def _hours_in_part(found: Found, speaker: Speaker) -> Kinds | None:
    """ "3 horas da tarde", "uma hora da tarde"."""
    hour = 1 if found.has("one") else found["h"]["hh"]
    if hour > _NOON:
        return None
    return {"clock": hour_in(Clock(hour), found["p"]["part"])}


def _glued_hours(found: Found, speaker: Speaker) -> Kinds:
    token, before = found["h"], found.before
    if "hclock" not in token.kinds:
        return {"num": token["length"], "hourlen": 0}
    near = set(before.kinds) if before else set()
    if found.after and found.after.kinds.keys() & {"hence", "ago", "later"}:
        return {"num": token["length"], "hourlen": 0}
    if near & {"from", "between"} and (
        found.follows("to", "hclock") or found.follows("dash", "hclock")
    ):
        return {"clock": token["hclock"]}
    lasting = bool(near & (_LASTING | {"of"})) and not near & {"at", "asto", "between", "dayfrom"}
    if lasting and (token["length"] < 7 or near & {"in", "within", "every"}) and not near & {"to"}:
        return {"num": token["length"], "hourlen": 0}
    return {"clock": token["hclock"]}


def _in_part(found: Found, speaker: Speaker) -> Kinds | None:
    clock = clock_of(found["h"])
    if ("hh" in found["h"].kinds and clock.hour > 12) or not is_time(found["h"]):
        return None
    if "relpart" in found["p"].kinds:
        shift, part = found["p"]["relpart"].split()
        return {"shift": int(shift), "shiftclock": hour_in(clock, part)}
    marks = {"clockend": 0} if "clockend" in found["h"].kinds else {}
    if clock.hour == 12 and found["p"]["part"] == "night":
        marks["midnight"] = 0
    return {"clock": hour_in(clock, found["p"]["part"]), **marks}


def _noon(found: Found, speaker: Speaker) -> Kinds | None:
    hour, before = found.get("h"), found.before
    if hour and not hour.kinds.keys() & {"clock"}:
        is_day = before and before.kinds.keys() & {"wd", "dayword", "dayart", "mon"}
        if hour["hh"] not in _AROUND_NOON or (is_day and "to" in found.whole[-2].kinds):
            return None  # "viernes 12 a mediodía": a day, then a time
    clock = clock_of(hour) if hour else Clock(12)
    minute = 30 if found.has("m") else clock.minute
    return {"clock": Clock(clock.hour + 12 if clock.hour < 6 else clock.hour, minute, True)}


CLOCKS = (
    Rule("(at|the)* one:one oclock p:part", _hours_in_part),
    Rule("(at|the)* h:hh oclock p:part", _hours_in_part),
    Rule("(at|the)* h:hh|clock|hclock and one? m:half|quarter !unit", _and_fraction),
    Rule("at h:hh oclock and one? m:half|quarter !unit", _and_fraction),
    Rule("h:hh|clock minus one? m:quarter|mi (unit)?", _minus),
    Rule("faltan? (at:at)? (at|one|the)* m:quarter|mi (u:unit)? t:forto at* h:hh|clock", _to_hour),
    Rule("(at|one|the)* m:quarter|half|mi (u:unit)? past at* h:hh|clock", _past_hour),
    Rule("m:quarter of h:hh !unit !mon", _quarter_of),
    Rule("(at|the)* <!one <!and <!num m:half h:hh !unit !oclock !mon", _half_hour),
    Rule("(at|the)* <!mon <!dd h:hh and? m:mi x:ampm", _minutes_and_half),
    Rule("at:at h:hh|hclock and m:mi !unit", _and_minutes),
    Rule("<!between <!from <!on <!dayart h:hh and m:mi !unit !mon", _and_minutes),
    Rule("at:at h:hh m:mi !unit !mon", _two_numbers),
    Rule("<!mon h:hh m:mi !unit !mon", _two_numbers),
    Rule("(at|of|the|on)* (h:hh|clock (of|the)*)? noon (and m:half)?", _noon),
    Rule("(at|the)* h:clock|hh|hclock x:ampm", _half_said),
    Rule("<!wd h:hclock|length", _glued_hours),
    Rule("h:hclock", lambda found, speaker: {"clock": found["h"]["hclock"]}),
    Rule(f"f:from|between (at|the)* a:hh|clock|hclock {JOINT} b:hh|clock|hclock", announced_range),
    Rule("at+ h:hh|dot o:oclock?", _at_hour),
    Rule("h:hh|clock of dayword !dd !ord", _of_the_day),
    Rule("h:dot o:oclock", _at_hour),
    Rule("h:hh o:oclock", _hours_said),
    Rule("(at|on)* h:hh approximate", _at_hour),
    Rule("at+ h:hhmm", _four_digits),
    Rule("at+ h:clock (oclock)?", _at_clock),
    Rule("h:clock (oclock)", lambda found, speaker: {"clock": found["h"]["clock"]}),
    Rule("h:clock (comma)? p:part", _in_part),
    Rule("<!mon <!dash <!wd <!dayart <!dayword h:hh|dot p:part", _in_part),
    Rule("<!mon <!dash <!wd <!dayart <!dayword <!and <!to h:hh p:relpart", _in_part),
)
