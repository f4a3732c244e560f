"""Hours with their minutes in words: "tres y media", "quarter to 8", "one-thirty"."""

from __future__ import annotations

from language.reading.grammar.hours import clock_of, end_mark, is_digits, minutes_said, plus
from language.reading.rules import Found, Rule, Speaker
from language.reading.values import Clock, Vague
from language.reading.words import Kinds

_NOON = 12
_FIRST_TWO_DIGITS = 10


def _and_fraction(found: Found, speaker: Speaker) -> Kinds:
    return {
        **plus(clock_of(found["h"]), 30 if "half" in found["m"].kinds else 15),
        **end_mark(found),
    }


def _and_minutes(found: Found, speaker: Speaker) -> Kinds | None:
    if found["m"]["mi"] < 10 or found.is_after("between"):
        return None
    if is_digits(found["m"]) and (not found.has("at") or found["m"]["mi"] % 5):
        return None
    if is_digits(found["h"]) and not found.has("at"):
        return None
    return {**plus(clock_of(found["h"]), found["m"]["mi"]), **end_mark(found)}


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


def _hyphened(found: Found, speaker: Speaker) -> Kinds | None:
    """ "one-thirty", both in words."""
    hour, minute = found["h"], found["m"]
    if is_digits(hour) or is_digits(minute) or minute["mi"] < _FIRST_TWO_DIGITS:
        return None
    return plus(clock_of(hour), minute["mi"]) if hour["hh"] <= _NOON else None


def _two_numbers(found: Found, speaker: Speaker) -> Kinds | None:
    """ "eight forty"; digits only after a word such as "at"."""
    hour, minute = found["h"], found["m"]
    if minute["mi"] < 10 or (not found.has("at") and (is_digits(hour) or is_digits(minute))):
        return None
    if hour["hh"] > 12 and is_digits(hour):
        return None
    return plus(clock_of(hour), minute["mi"])


def _minutes_and_half(found: Found, speaker: Speaker) -> Kinds | None:
    """ "9 y 30 am"."""
    hour, minute = found["h"]["hh"], found["m"]["mi"]
    if not 1 <= hour <= _NOON or minute < _FIRST_TWO_DIGITS:
        return None
    late = _NOON if found["x"]["ampm"] == "pm" else 0
    return {"clock": Clock(hour % _NOON + late, minute, sure=True)}


CLOCK_MINUTES = (
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
    Rule("(at)* <!from <!num h:hh dash m:mi !unit !mon !dash", _hyphened),
    Rule("at:at h:hh m:mi !unit !mon", _two_numbers),
    Rule("<!mon h:hh m:mi !unit !mon", _two_numbers),
)
