"""What the words for hours and minutes come to, before they are a time on the clock."""

from __future__ import annotations

from language.reading.rules import Found
from language.reading.tokens import Token
from language.reading.values import Clock
from language.reading.words import Kinds


def clock_of(token: Token) -> Clock:
    """The time that a token is; a bare hour is not sure."""
    for kind in ("clock", "hclock"):
        if kind in token.kinds:
            clock: Clock = token[kind]
            return clock
    if "dot" in token.kinds:
        hour, minute = token["dot"]
        return Clock(hour, minute, sure=hour > 12)
    hour = token["hh"]
    return Clock(hour % 24, 0, sure=hour > 12 or hour == 0)


def is_time(token: Token) -> bool:
    """Whether a number with a dot is written as a time ("11.30"); other tokens always may be."""
    if "dot" not in token.kinds or "clock" in token.kinds:
        return True
    hour, minute = token["dot"]
    return token.text[-3:-2] in (".", ",") and hour <= 24 and minute < 60


def plus(clock: Clock, minutes: int) -> Kinds:
    total = (clock.hour * 60 + clock.minute + minutes) % (24 * 60)
    if clock.hour == 1 and minutes < 0 and not clock.sure:  # a quarter to one is 12:45
        total += 12 * 60
    return {"clock": Clock(total // 60, total % 60, clock.sure)}


def minutes_said(found: Found) -> int | None:
    """The minutes named by `m`, where a bare number must look like minutes."""
    token = found["m"]
    if found.has("u") and found["u"]["unit"] != "minute":
        return None
    if "quarter" in token.kinds:
        return 15
    if "half" in token.kinds:
        return 30
    minutes: int = token["mi"]
    return minutes if found.has("u") or minutes in (5, 10, 15, 20, 25) else None


def is_digits(token: Token) -> bool:
    return not token.text[:1].isalpha()


def end_mark(found: Found) -> Kinds:
    """Marks a time said with "a las", "às", "hasta las": right after another it is the end of a
    range.
    """
    return {"clockend": 0} if found.whole[0].kinds.keys() & {"to", "asto"} else {}
