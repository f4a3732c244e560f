"""Numbers in words put together: "veintidós", "treinta y uno", "two thousand and eighteen",
"twenty first".
"""

from __future__ import annotations

from language.reading.tokens import Token
from language.reading.words import number_kinds

_TENS = frozenset(range(20, 100, 10))


def joined(tokens: list[Token]) -> list[Token]:
    """The tokens with every number of several words as one."""
    done: list[Token] = []
    i = 0
    while i < len(tokens):
        number, width = _number(tokens, i)
        if width > 1:
            kinds = number
            done.append(Token(tokens[i].start, tokens[i + width - 1].end, kinds, tokens[i].text))
        else:
            done.append(tokens[i])
        i += width
    return done


def _spelled(tokens: list[Token], i: int) -> int | None:
    if i < len(tokens) and tokens[i].text[:1].isalpha():
        number: int | None = tokens[i].get("num")
        return number
    return None


def _number(tokens: list[Token], i: int) -> tuple[dict[str, int], int]:
    """The kinds and width of the number at `i`; width 1 if nothing is to be joined."""
    first = _spelled(tokens, i)
    if first is None:
        return {}, 1
    if first == 1000 or (first < 10 and _spelled(tokens, i + 1) == 1000):
        return _thousands(tokens, i, first)
    value, width = _below_hundred(tokens, i)
    if isinstance(value, str):
        return {"ord": int(value), "dord": int(value)}, width
    rest, more = _below_hundred(tokens, i + width)
    if value in (19, 20) and isinstance(rest, int) and 10 <= rest <= 99:  # "twenty eighteen"
        return number_kinds(value * 100 + rest, 4), width + more
    return (number_kinds(value, 2), width) if width > 1 else ({}, 1)


def _thousands(tokens: list[Token], i: int, first: int) -> tuple[dict[str, int], int]:
    width = 1 if first == 1000 else 2
    total = 1000 if first == 1000 else first * 1000
    skip = 1 if i + width < len(tokens) and "and" in tokens[i + width].kinds else 0
    rest, more = _below_hundred(tokens, i + width + skip)
    if isinstance(rest, int) and rest:
        return number_kinds(total + rest, 4), width + skip + more
    return (number_kinds(total, 4), width) if width > 1 else ({}, 1)


def _below_hundred(tokens: list[Token], i: int) -> tuple[int | str, int]:
    """The number, or an ordinal as text, and how many tokens it takes; 0 if there is none."""
    first = _spelled(tokens, i)
    if first is None or first >= 100:
        return 0, 0
    if first not in _TENS or i + 1 >= len(tokens):
        return first, 1
    joint = tokens[i + 1].kinds
    step = 2 if "and" in joint or "dash" in joint else 1
    if i + step >= len(tokens):
        return first, 1
    unit = _spelled(tokens, i + step)
    if unit is not None and 1 <= unit <= 9:
        return first + unit, step + 1
    ordinal = tokens[i + step].get("ord")
    if ordinal is not None and ordinal <= 9 and "wd" not in tokens[i + step].kinds:
        return str(first + ordinal), step + 1
    return first, 1
