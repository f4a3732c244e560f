"""Numbers that are a time only beside a day: "16.30", "Thu 18 Feb 1500"."""

from __future__ import annotations

from language.reading.rules import Found, Rule, Speaker
from language.reading.values import Clock
from language.reading.words import Kinds


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


BARE = (Rule("h:dot", _dotted), Rule("h:hhmm", _beside_a_day))
