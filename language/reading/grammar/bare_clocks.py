"""Numbers that are a time only beside a day: "16.30", "Thu 18 Feb 1500"."""

from __future__ import annotations

from language.reading.rules import Found, Rule, Speaker
from language.reading.values import Clock
from language.reading.words import Kinds

_NOON = 12
_LIMITS = frozenset({"by", "before", "until", "till", "no later than", "not later than"})


def _dotted(found: Found, speaker: Speaker) -> Kinds | None:
    """ "16.30" alone or beside a day; elsewhere it is a number."""
    token = found["h"]
    hour, minute = token["dot"]
    near = [other for other in (found.before, found.after) if other]
    if (
        len(token.text) < 4
        or token.text[-3] not in ".,"
        or hour > 24
        or minute > 59
        or 0 < minute < 13
    ):
        return None
    if near and not any(other.kinds.keys() & {"day", "repeat", "relpart"} for other in near):
        return None
    return {"clock": Clock(hour % 24, minute, sure=hour > 12)}


def _beside_a_day(found: Found, speaker: Speaker) -> Kinds | None:
    """ "Thu 18 Feb 1500": four digits that are no year, right before or after a day."""
    near = [other for other in (found.before, found.after) if other]
    is_clock = "yyyy" not in found["h"].kinds and len(found["h"].text) == 4
    if not is_clock or not any(other.kinds.keys() & {"day", "relpart"} for other in near):
        return None
    return {"clock": found["h"]["hhmm"]}


def _by_hour(found: Found, speaker: Speaker) -> Kinds | None:
    """ "by 6 tomorrow", "before 5 on Friday": the day is said, so the number is an hour."""
    hour = found["h"]["hh"]
    if found["b"].text not in _LIMITS or not 1 <= hour <= _NOON:
        return None
    return {"clock": Clock(hour)} if found.has_any("day", "relpart") else None


BARE = (
    Rule("b:by|before|to h:hh !unit !mon !noun !other", _by_hour),
    Rule("h:dot", _dotted),
    Rule("h:hhmm", _beside_a_day),
)
