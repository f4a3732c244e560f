"""Times on the clock: "15h", "3 pm", "mediodía", "8 de la noche", and announced ranges of them."""

from __future__ import annotations

from language.reading.grammar.clock_ranges import JOINT, announced_range
from language.reading.grammar.hours import clock_of, end_mark, is_time
from language.reading.grammar.parts import hour_in
from language.reading.rules import Found, Rule, Speaker
from language.reading.values import Clock
from language.reading.words import Kinds

_NOON = 12
#: The hours that are said of noon: "12 del mediodía", "una del mediodía".
_AROUND_NOON = frozenset({11, 12, 1, 2, 3})
#: What stands before a number of hours that is a duration, not a time.
_LASTING = frozenset({"in", "for", "within", "since", "next", "previous", "few", "every", "one"})


def _half_said(found: Found, speaker: Speaker) -> Kinds | None:
    clock = clock_of(found["h"])
    if clock.hour > 12:
        return {"clock": clock}
    late = found["x"]["ampm"] == "pm"
    return {"clock": Clock(clock.hour % 12 + (12 if late else 0), clock.minute, sure=True)}


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
    return {"clock": clock_of(hour), **end_mark(found)}


def _at_clock(found: Found, speaker: Speaker) -> Kinds:
    return {"clock": found["h"]["clock"], **end_mark(found)}


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
