"""What the neighbours of a number settle: the order of day and month in figures, a month that is
also a number.
"""

from __future__ import annotations

import re
from dataclasses import replace

from language.reading.tokens import Token

_FIGURES = re.compile(r"(\d{1,2})\s?[/.\-]\s?(\d{1,2})")
_MONTHS = 12


def settled(tokens: list[Token]) -> list[Token]:
    """The tokens, with "2/8 until 2/17" read in one order: the second date can only be February
    17.
    """
    orders = {order for token in tokens if (order := _order(token))}
    if len(orders) != 1:
        return tokens
    chosen = 0 if orders == {"day"} else 1
    return [
        replace(token, kinds={**token.kinds, "numdate": (token["numdate"][chosen],)})
        if "numdate" in token.kinds and len(token["numdate"]) > 1
        else token
        for token in tokens
    ]


def months_named(tokens: list[Token]) -> list[Token]:
    """The tokens, with the Portuguese "dez" in "4 de dez" no longer a ten: a month stands there."""
    done = list(tokens)
    for i in range(2, len(tokens)):
        day, joint, month = tokens[i - 2 : i + 1]
        if {"mon", "num"} <= month.kinds.keys() and "of" in joint.kinds and "dd" in day.kinds:
            done[i] = replace(month, kinds={"mon": month["mon"]})
    return done


def _order(token: Token) -> str | None:
    """What a date in figures starts with, if one of its numbers can only be a day."""
    found = _FIGURES.match(token.text) if "numdate" in token.kinds else None
    if found is None:
        return None
    first, second = int(found[1]), int(found[2])
    if first > _MONTHS >= second:
        return "day"
    return "month" if second > _MONTHS >= first else None
