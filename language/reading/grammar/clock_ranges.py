"""From one time of the day to another: "de 9 a 11", "4-5pm", "das 9 às 11"."""

from __future__ import annotations

from language.reading.grammar.hours import clock_of, is_time
from language.reading.grammar.parts import hour_in
from language.reading.rules import Found, Rule, Speaker
from language.reading.settling import hours_meant
from language.reading.values import Clock, ClockRange
from language.reading.words import Kinds


def _is_range(found: Found, joint: set[str]) -> bool:
    """ "and" joins a range only after "between", the Portuguese "as" only after
    "das" or "entre".
    """
    if joint & {"to", "dash"}:
        return True
    if not found.has("f"):
        return False
    return "asto" in joint or "between" in found["f"].kinds


def _range(found: Found, speaker: Speaker) -> Kinds | None:
    a, b, joint = found["a"], found["b"], found["j"].kinds
    if not _is_range(found, set(joint)) or not (is_time(a) and is_time(b)):
        return None
    start, end = clock_of(a), clock_of(b)
    if "clock" not in a.kinds and start.hour > 12 and end.sure and end.hour <= start.hour:
        return None  # "viernes 15 - 3pm": a day, then a time
    if "clock" not in b.kinds and end.hour > 12 and not start.sure:
        if end.hour - start.hour > 12:
            return None
        start = Clock(start.hour, 0, sure=True)  # "9 a 17": both on the clock of 24 hours
    if "clock" not in b.kinds and any(
        found.follows(*row) for row in (("unit",), ("mon",), ("of", "mon"))
    ):
        return None
    return {"crange": ClockRange(start, end)}


def _bare_range(found: Found, speaker: Speaker) -> Kinds | None:
    """Two bare numbers; beside no day, "3-2" is a score, not a range that runs backwards."""
    kinds = _range(found, speaker)
    if kinds and not found.has_any("day", "relpart", "repeat"):
        first, last = hours_meant(kinds["crange"])
        return kinds if first < last else None
    return kinds


def _until_clock(found: Found, speaker: Speaker) -> Kinds | None:
    if "clock" not in found["a"].kinds and "dayfrom" in found["f"].kinds:
        return None  # "del 2 a las tres y media": a day, then a time
    return {"crange": ClockRange(clock_of(found["a"]), found["b"]["clock"])}


def announced_range(found: Found, speaker: Speaker) -> Kinds | None:
    """ "das 9 às 11": words that announce hours, and that would be taken for "at" one by one."""
    is_announced = "at" in found["f"].kinds or "asto" in found["j"].kinds
    if "dayfrom" in found["f"].kinds and "at" not in found["f"].kinds:
        return None  # "del 5 a las 9" is a day, then a time
    if not is_announced or found.follows("mon") or found.follows("of", "mon"):
        return None
    return _range(found, speaker)


def _range_in_part(found: Found, speaker: Speaker) -> Kinds:
    hours: ClockRange = found["r"]["crange"]
    part = found["p"]["part"]
    end = hour_in(hours.end, part)
    return {"crange": ClockRange(hours.start, end)}


def _four_digits(found: Found, speaker: Speaker) -> Kinds | None:
    """ "1400-1530"."""
    a, b = found["a"], found["b"]
    if any("hhmm" in token.kinds and len(token.text) < 4 for token in (a, b)):
        return None
    start, end = (token["clock" if "clock" in token.kinds else "hhmm"] for token in (a, b))
    is_later = (end.hour, end.minute) > (start.hour, start.minute)
    return {"crange": ClockRange(start, end)} if is_later else None


_F = "(f:from|between|dayfrom)? (at|the|on)*"


JOINT = "j:to|dash|asto|dayto|and (at|the)*"


RANGES = (
    Rule(f"{_F} a:clock b:clockend", _until_clock),
    Rule("f:from (at|the)* a:hh b:clockend", _until_clock),
    Rule(f"{_F} a:clock {JOINT} b:clock|hh|dot", _range),
    Rule(f"(f:from|between|dayfrom (at|the|on)* / <!mon) a:hh|dot {JOINT} b:clock", _range),
    Rule("<!mon a:dot j:dash b:dot", _range),
    Rule("(from|at)* a:hhmm to|dash at* b:hhmm !unit !noun !other", _four_digits),
    Rule("(from|at)* a:clock to|dash at* b:hhmm !unit !noun !other", _four_digits),
    Rule("r:crange p:part", _range_in_part),
)


#: Two bare numbers are hours only once every date has been read.
BARE_RANGES = (
    Rule(f"f:from|between (at|the)* a:hh|dot {JOINT} b:hh|dot !unit !mon", _range),
    Rule("<!mon <!num a:hh|dot j:to|dash at* b:hh|dot !unit !mon !num", _bare_range),
    Rule("<!mon <!num a:hh j:to|dash at* b:clock", _range),
    Rule("r:crange p:part", _range_in_part),
)
