"""Which stretches of a text were read as a date, so that the rest can be a title."""

from __future__ import annotations

from language.reading.assembly import MEANING
from language.reading.folding import Folded
from language.reading.tokens import Token
from language.reading.zones import Cut

_JOINING = frozenset(
    {
        "at",
        "on",
        "the",
        "of",
        "to",
        "from",
        "between",
        "by",
        "for",
        "dayart",
        "dayword",
        "starting",
        "before",
        "after",
        "in",
        "ofpart",
        "comma",
        "dayto",
        "dayfrom",
        "asto",
        "this",
        "oclock",
        "approximate",
        "or",
        "and",
    }
)
_ALSO = frozenset({"len", "count", "repeatpart"})


def spans_of(tokens: list[Token], folded: Folded, zoned: Cut) -> tuple[tuple[int, int], ...]:
    """The character ranges of the original text, the small words right before each included, in
    order.
    """
    found: list[tuple[int, int]] = []
    for i, token in enumerate(tokens):
        if not token.kinds.keys() & (MEANING | _ALSO):
            continue
        first = i
        while first and _is_joining(tokens[first - 1]):
            first -= 1
        found.append((tokens[first].start, token.end))
    if zoned.span and found:
        found.append(_bracketed(folded.text, *zoned.span))
    return _merged([folded.span(start, end) for start, end in sorted(found)])


def _bracketed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range with the brackets around it."""
    if text[start] == "(" and text[end : end + 1] == ")":
        return start, end + 1
    if start and text[start - 1] == "(" and text[end : end + 1] == ")":
        return start - 1, end + 1
    return start, end


def _is_joining(token: Token) -> bool:
    return bool(token.kinds.keys() & _JOINING) and not token.kinds.keys() & {"num", "other"}


def _merged(ranges: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    done: list[tuple[int, int]] = []
    for start, end in ranges:
        if done and start <= done[-1][1] + 1:
            done[-1] = (done[-1][0], max(end, done[-1][1]))
        else:
            done.append((start, end))
    return tuple(done)
