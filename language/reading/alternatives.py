"""Texts that name several dates to choose from ("martes o jueves por la tarde"), as one text for
each.
"""

from __future__ import annotations

from language.reading.tokens import Token

_DAYS = frozenset({"day", "relpart", "dayend", "dayshift", "span"})
_TIMES = frozenset({"clock", "crange", "part", "clocklen"})


def alternatives(tokens: list[Token], meaning: frozenset[str]) -> list[list[Token]]:
    """The tokens of each alternative; what only one of them says (a day, a time) holds for the
    others too.
    """
    for kind, single in (("days", "day"), ("clocks", "clock")):
        for i, token in enumerate(tokens):
            if kind in token.kinds:
                return [
                    [*tokens[:i], Token(token.start, token.end, {single: value}), *tokens[i + 1 :]]
                    for value in token[kind]
                ]
    places = [i for i, token in enumerate(tokens) if "or" in token.kinds]
    for place in places:
        left, right = tokens[:place], tokens[place + 1 :]
        if _means(left, meaning) and _means(right, meaning):
            return [_completed(left, right), _completed(right, left)]
    return [tokens]


def _means(tokens: list[Token], kinds: frozenset[str]) -> bool:
    return any(token.kinds.keys() & kinds for token in tokens)


def _completed(tokens: list[Token], others: list[Token]) -> list[Token]:
    done = list(tokens)
    for kinds in (_DAYS, _TIMES):
        if not _means(tokens, kinds):
            done += [token for token in others if token.kinds.keys() & kinds]
    return done
