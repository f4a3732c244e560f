"""Lengths that are written like a time: "por 1h30", "em 2h15"."""

from __future__ import annotations

from datetime import timedelta

from language.reading.rules import Found, Rule, Speaker
from language.reading.values import Clock, Instant, Length
from language.reading.words import Kinds

#: No meeting takes more hours than this.
_LONGEST = 8


def _lasting_for(found: Found, speaker: Speaker) -> Kinds | None:
    """ "por 1h30" is how long, not when."""
    minutes = _minutes_written(found, "f")
    return {"len": Length(minutes, "minute")} if minutes else None


def _in_lasting(found: Found, speaker: Speaker) -> Kinds | None:
    """ "em 1h30"."""
    minutes = _minutes_written(found, "i")
    if not minutes:
        return None
    return {"instant": Instant(speaker.now + timedelta(minutes=minutes))}


def _minutes_written(found: Found, name: str) -> int:
    """The minutes of a length written like a time, after a word that announces none."""
    clock: Clock = found["h"]["clock"]
    announced = found[name].kinds.keys() & {"at", "from", "to", "by"}
    is_length = "h" in found["h"].text and clock.hour <= _LONGEST and not announced
    return clock.hour * 60 + clock.minute if is_length else 0


CLOCK_LENGTHS = (
    Rule("<!from f:for|within h:clock !ampm", _lasting_for),
    Rule("i:in h:clock", _in_lasting),
)
