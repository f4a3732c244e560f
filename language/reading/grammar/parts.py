"""Parts of the day: which hours they are, and what they make of an hour that was said with them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from language.reading.rules import Found, Rule, Speaker
from language.reading.values import Clock, Repeat
from language.reading.words import Kinds

#: The usual hours of each part of a working day in the region: start, and end where it has one.
HOURS: dict[str, tuple[time, time | None]] = {
    "early_morning": (time(8), time(9)),
    "morning": (time(8), time(12)),
    "afternoon": (time(15), time(18)),
    "evening": (time(18, 30), time(21)),
    "night": (time(20), time(23)),
    "end_of_day": (time(17), None),
}


def hours_on(day: date, part: str) -> tuple[datetime, datetime | None]:
    """When that part of that day starts and ends."""
    start, end = HOURS[part]
    return datetime.combine(day, start), datetime.combine(day, end) if end else None


def hour_in(clock: Clock, part: str) -> Clock:
    """The clock time that the words mean together: "5" and "afternoon" are 17:00."""
    if clock.sure and not (clock.hour < 12 and part in ("afternoon", "evening") and clock.hour):
        return clock
    hour = clock.hour
    late = part in ("afternoon", "evening") or (part in ("night", "end_of_day") and hour > 4)
    if hour == 12 and part in ("night", "early_morning"):
        hour = 0
    elif late and hour < 12:
        hour += 12
    return Clock(hour, clock.minute, sure=True)


def is_over(part: str, now: datetime) -> bool:
    """Whether that part of today has passed."""
    start, end = hours_on(now.date(), part)
    return now >= (end or start + timedelta(hours=3))


def _part(found: Found, speaker: Speaker) -> Kinds:
    return {"part": found["p"]["part"]}


def _relative_part(found: Found, speaker: Speaker) -> Kinds:
    return {"relpart": f"0 {found['p']['part']}"}


def _named(name: str) -> Kinds:
    return {"part": name}


def _either(found: Found, speaker: Speaker) -> Kinds | None:
    """ "early morning", "late evening": the part, its edge is within its hours."""
    part = found["p"]["part"]
    return {"part": "early_morning" if part == "morning" and found.has("early") else part}


RULES = (
    Rule(
        "every morrow", lambda found, speaker: {"repeat": Repeat("DAILY"), "repeatpart": "morning"}
    ),
    Rule("ofpart+ morrow", lambda found, speaker: _named("morning")),
    Rule("this morrow", lambda found, speaker: {"relpart": "0 morning"}),
    Rule("the morrow of", lambda found, speaker: _named("morning")),
    Rule("morrow", lambda found, speaker: {"rel": 1}),
    Rule("this p:part", _relative_part),
    Rule("early:beginning (of|the|ofpart|dash)* p:part", _either),
    Rule("(late/middle) (of|the|ofpart|dash)* p:part", _either),
    Rule(
        "(ofpart|of|on|the|at|in|by|dayart|to)+ closing",
        lambda found, speaker: _named("end_of_day"),
    ),
    Rule("closing", lambda found, speaker: _named("end_of_day")),
    Rule("(at|on|the|of)* opening (part)?", lambda found, speaker: _named("early_morning")),
    Rule("(ofpart|of|the|at|on|in|dayart)+ p:part", _part),
)
