"""How long and how far off: "una hora y media", "in two weeks", "5 días antes del 10 de marzo"."""

from __future__ import annotations

from datetime import timedelta

from language.reading.calendar import MONTHS
from language.reading.grammar.hours import clock_of, plus
from language.reading.grammar.periods import shifted
from language.reading.rules import Found, Rule, Speaker
from language.reading.values import Clock, Day, Instant, Length, Vague
from language.reading.when import Grain, When
from language.reading.words import Kinds


def minutes_of(length: Length) -> int | None:
    """A length of minutes or hours in minutes; None for longer units."""
    per = {"minute": 1, "hour": 60}.get(length.unit)
    return round(length.count * per) if per else None


def _length(found: Found, speaker: Speaker) -> Kinds:
    count = float(found["n"]["num"]) if found.has("n") else 1.0
    if found.has("dot"):
        whole, part = found["dot"]["dot"]
        count = float(f"{whole}.{part}")
    if found.has("h"):
        more = 0.25 if "quarter" in found["h"].kinds else 0.5
        count = count + more if found.has("n") or found.has("one") else more
    return {"len": Length(count, found["u"]["unit"])}


def _hour_and_half(found: Found, speaker: Speaker) -> Kinds | None:
    """ "en hora y media"."""
    if found["u"]["unit"] != "hour":
        return None
    minutes = 75 if "quarter" in found["h"].kinds else 90
    return {"instant": Instant(speaker.now + timedelta(minutes=minutes))}


def _half_length(found: Found, speaker: Speaker) -> Kinds:
    return {"len": Length(0.5, found["u"]["unit"])}


def _quarter_length(found: Found, speaker: Speaker) -> Kinds | None:
    count = found["n"]["num"] if found.has("n") else 1
    return {"len": Length(15 * count, "minute")} if found["u"]["unit"] == "hour" else None


def _glued(found: Found, speaker: Speaker) -> Kinds:
    return {"len": Length(float(found["n"]["num"]), "hour")}


def _sum(found: Found, speaker: Speaker) -> Kinds | None:
    first, second = minutes_of(found["a"]["len"]), minutes_of(found["b"]["len"])
    return None if first is None or second is None else {"len": Length(first + second, "minute")}


def _few(found: Found, speaker: Speaker) -> Kinds:
    return {"fewlen": 0}


def _away(found: Found, speaker: Speaker, sign: int) -> Kinds | None:
    """So far from now: hours and minutes on the clock, longer units in days."""
    length: Length = found["l"]["len"]
    minutes = minutes_of(length)
    if minutes is not None:
        return {"instant": Instant(speaker.now + sign * timedelta(minutes=minutes))}
    if length.unit in MONTHS and not (length.count * MONTHS[length.unit]).is_integer():
        return {"vague": Vague()}  # a month and a half is no number of days
    return {"day": Day(on=shifted(speaker.today, length, sign))}


def _from_day(found: Found, speaker: Speaker, sign: int) -> Kinds | None:
    day: Day = found["d"]["day"]
    length: Length = found["l"]["len"]
    if length.unit in ("minute", "hour"):
        return {"vague": Vague()}  # "an hour before Friday"
    return {"dayshift": (day, length, sign)}


def _on_from_now(found: Found, speaker: Speaker) -> Kinds | None:
    """ "de hoy en una semana"."""
    return _from_day(found, speaker, 1) if found["d"]["day"].on == speaker.today else None


def _starting_at(found: Found, speaker: Speaker) -> Kinds | None:
    """ "10 days from 2 May" is a span; "two weeks from Friday" is a day."""
    day: Day = found["d"]["day"]
    length: Length = found["l"]["len"]
    if length.unit in ("minute", "hour"):
        return None
    named = day.on or (day.weekday is not None and day.number is None and not day.options)
    if named and "hence" in found["j"].kinds:
        return {"dayshift": (day, length, 1)}
    if named and day.on == speaker.today:
        return {"dayshift": (day, length, 1)}
    return {"daylen": (day, length)}


def _week_on(found: Found, speaker: Speaker) -> Kinds | None:
    """ "a week on Thursday" and "a week-long visit on Thursday" sound alike."""
    day: Day = found["d"]["day"]
    return (
        {"vague": Vague()} if found["l"]["len"].unit == "week" and day.weekday is not None else None
    )


def _eve(found: Found, speaker: Speaker) -> Kinds:
    """ "la víspera del 5 de marzo"."""
    return {"dayshift": (found["d"]["day"], Length(1, "day"), -1)}


def _day_after(found: Found, speaker: Speaker) -> Kinds:
    """ "the day after 5 May"."""
    return {"dayshift": (found["d"]["day"], Length(1, "day"), 1)}


def _on_from_day(found: Found, speaker: Speaker) -> Kinds | None:
    """ "de hoje a uma semana"."""
    return _from_day(found, speaker, 1) if found["d"]["day"].on else None


def _lasting_from(found: Found, speaker: Speaker) -> Kinds | None:
    """ "for two weeks from Monday", "starting Monday for 3 days": a span either way."""
    length: Length = found["l"]["len"]
    if found.has_any("repeat"):
        return None  # the beginning and the length of the recurrence
    return None if length.unit in ("minute", "hour") else {"daylen": (found["d"]["day"], length)}


def _clock_length(found: Found, speaker: Speaker) -> Kinds | None:
    """ "2.5 hours from 9", "at 10 for two hours"."""
    minutes = minutes_of(found["l"]["len"])
    clock: Clock = found["c"]["clock"] if found.has("c") else Clock(found["h"]["hh"])
    if minutes is None or minutes >= 24 * 60:
        return None
    return {"clocklen": (clock, minutes)}


def _in_time(found: Found, speaker: Speaker) -> Kinds | None:
    """ "within two weeks of the meeting" is not counted from now."""
    return None if found.after and found.after.text == "of" else _away(found, speaker, 1)


def _limit(found: Found, speaker: Speaker) -> Kinds | None:
    """ "plazo de 10 días": counted from today, most likely."""
    kinds = _away(found, speaker, 1)
    if kinds is None or "vague" in kinds:
        return kinds
    if "instant" in kinds:
        return {"vague": Vague((When(kinds["instant"].start, None, Grain.MINUTE),))}
    return {"vague": Vague((When(kinds["day"].on),))}


def _beside_event(found: Found, speaker: Speaker) -> Kinds | None:
    """ "after the plenary of 11 February": how long after?"""
    return None if found["a"].text.startswith(("following", "past")) else {"vague": Vague()}


def _replaced(found: Found, speaker: Speaker) -> Kinds:
    """ "en lugar del martes" is not Tuesday; "en vez del 20, el 27 de abril" is the 27th."""
    kinds = found["d"].kinds
    return {"day": kinds["days"][-1]} if "days" in kinds else {"other": "instead"}


def _later(found: Found, speaker: Speaker) -> Kinds | None:
    """ "two weeks later"; "can we make it 30 minutes later?" counts from an hour not said."""
    if minutes_of(found["l"]["len"]) and found.has_any("other", "noun", "move"):
        return {"vague": Vague()}
    return _away(found, speaker, 1)


def _beside_clock(found: Found, speaker: Speaker) -> Kinds | None:
    """ "10 minutes before 9", "media hora después de las 3"."""
    minutes = minutes_of(found["l"]["len"])
    sign = -1 if "before" in found["j"].kinds else 1
    return plus(clock_of(found["c"]), sign * minutes) if minutes else None


def _within(found: Found, speaker: Speaker) -> Kinds:
    return {"vague": Vague()}


LENGTHS = (
    Rule("(n:num to|dash|or)? few? n2:num to|dash|or n3:num !mon u:unit", lambda f, s: _few(f, s)),
    Rule("few (of)? (n:num)? u:unit", _few),
    Rule("n:num and one? h:half u:unit", _length),
    Rule("n:num h:half u:unit", _length),
    Rule("n:num (dash)? u:unit and one? h:half|quarter", _length),
    Rule("one:one u:unit and one? h:half|quarter", _length),
    Rule("in u:unit and one? h:half|quarter", _hour_and_half),
    Rule("dot:dot (dash)? u:unit", _length),
    Rule("one? half (of|dash)? one? u:unit !of", _half_length),
    Rule("(n:num)? quarter of one? u:unit", _quarter_length),
    Rule("<!dd n:num (dash)? u:unit !next !previous", _length),
    Rule("n:hourlen", _glued),
    Rule("one:one u:unit !next !previous !this", _length),
    Rule("a:len (and|comma)? b:len", _sum),
)

OFFSETS = (
    Rule("eve (on|the|of|dayart)* d:day", _eve),
    Rule("dayafter (on|the|of|dayart)* d:day", _day_after),
    Rule("for l:len (starting|hence|from)+ (on|the|dayart|at)* d:day", _lasting_from),
    Rule("for+ l:len (comma|on|the|dayart)* d:begin", _lasting_from),
    Rule("d:day (comma)? for+ l:len", _lasting_from),
    Rule("(hence|from|of|dayfrom)+ d:day to|of+ l:len", _on_from_day),
    Rule("within l:len", _within),
    Rule("limit l:len !hence !after !before !starting", _limit),
    Rule("(in|since|after) (the)? fewlen", lambda found, speaker: {"vague": Vague()}),
    Rule("fewlen (ago|hence rel|later)", lambda found, speaker: {"vague": Vague()}),
    Rule("l:len (after|hence|of|from|before) (now)", lambda f, s: _away(f, s, 1)),
    Rule("l:len ago|backward", lambda f, s: _away(f, s, -1)),
    Rule("since l:len", lambda f, s: _away(f, s, -1)),
    Rule("l:len j:starting|hence (on|the|dayart|at)* d:day", _starting_at),
    Rule("l:len (j:after|hence) (on|the|of|dayart)* d:day", lambda f, s: _from_day(f, s, 1)),
    Rule("l:len before (on|the|of|dayart)* d:day", lambda f, s: _from_day(f, s, -1)),
    Rule("(hence|from|of)? d:day in+ l:len", _on_from_now),
    Rule("<!of <!for in+ l:len", _in_time),
    Rule("<!of <!for l:len on (the)? d:day", _week_on),
    Rule("after l:len", lambda f, s: _away(f, s, 1)),
    Rule("l:len j:before|after (at|the|of)* c:clock|hh !unit !mon !noun !other", _beside_clock),
    Rule("l:len later", _later),
)

#: "Any day but Friday" is not Friday, "after Friday" has no end and is not Friday: they are asked.
AFTER = (
    Rule(
        "after|except (the|on|of|at|dayart)* d:day|clock|span|instant",
        lambda found, speaker: {"vague": Vague()},
    ),
    Rule("eversince (the|on|dayart)* day", lambda found, speaker: {"vague": Vague()}),
    Rule("same", lambda found, speaker: {"vague": Vague()}),
    Rule("a:after|before (the|of)* other|noun (other)? d:day", _beside_event),
    Rule("insteadof (the|on|of|at|dayart)* d:day|clock|span|range|crange|days", _replaced),
    Rule("before (the|on|of|dayart)* span", lambda found, speaker: {"vague": Vague()}),
)

WITH_CLOCK = (
    Rule("l:len (starting|hence|from|at)* c:clock", _clock_length),
    Rule("l:len (starting|hence|from) at* h:hh", _clock_length),
    Rule("c:clock (for|of|comma|in)* l:len", _clock_length),
)
