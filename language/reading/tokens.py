"""A text cut into tokens: words of every language, numbers with a shape, and the signs between
them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from language.reading.shapes import SHAPE, shape_kinds
from language.reading.typos import overmorrow_initials, repaired, repaired_phrase
from language.reading.words import PIECE, Kinds, Lexicon, lexicons

_SIGNS = {
    "-": "dash",
    ",": "comma",
    ";": "comma",
    "/": "slash",
    "(": "comma",
    ")": "comma",
    "\n": "comma",
}
_SILENT = frozenset([*".:!?¡¿\"'*_~", "'s"])
_OWN_BONUS = 1.5
_END = re.compile(r"[.?!]\s")

#: More pieces than this are no date phrase; the reader asks about what it found up to there.
MOST = 300


@dataclass(frozen=True)
class Token:
    """A stretch of the folded text and all it may be: kind to value."""

    start: int
    end: int
    kinds: Kinds
    text: str = ""

    def __getitem__(self, kind: str) -> Any:
        return self.kinds[kind]

    def get(self, kind: str) -> Any:
        """The value of this kind, or None if the token can't be one."""
        return self.kinds.get(kind)


def cut(text: str, language: str) -> list[Token]:
    """The tokens of a folded text, `language` deciding which reading of a word is taken where
    several have it.
    """
    pieces = _pieces(text)[:MOST]
    order = _ranked([piece.text for piece in pieces], language)
    breaks = _breaks(text, pieces)
    tokens: list[Token] = []
    i = 0
    while i < len(pieces):
        token, width = _token(pieces, i, order, breaks)
        if token:
            tokens.append(token)
        i += width
    return tokens


def _pieces(text: str) -> list[Token]:
    """Shapes and plain pieces in order; a shape has kinds, a piece has none yet."""
    found: list[Token] = []
    i = 0
    while i < len(text):
        if text[i].isdigit() or text[i] in "qths'":
            shape = SHAPE.match(text, i) if _may_begin(text, i, found) else None
            if shape:
                found.append(Token(i, shape.end(), shape_kinds(shape), shape[0].strip()))
                i = shape.end()
                continue
        piece = PIECE.match(text, i)
        if piece is None:
            i += 1
            if text[i - 1] == "\n":
                found.append(Token(i - 1, i, {"comma": 0}, ","))
            continue
        if piece[0] not in _SILENT and not _is_repeated(found, piece[0]):
            found.append(Token(i, piece.end(), {}, piece[0]))
        i = piece.end()
    return found


def _may_begin(text: str, i: int, found: list[Token]) -> bool:
    """Whether a number may start here: not inside a word, except after a day or month ("jue22")."""
    if i == 0 or not text[i - 1].isalnum():
        return True
    return (
        bool(found) and text[i - 1].isalpha() and text[i].isdigit() and found[-1].text in _glued()
    )


@lru_cache(maxsize=1)
def _glued() -> frozenset[str]:
    return frozenset(
        phrase[0]
        for lexicon in lexicons().values()
        for phrase, kinds in lexicon.phrases.items()
        if len(phrase) == 1 and len(phrase[0]) > 2 and kinds.keys() & {"wd", "mon"}
    )


def _is_repeated(found: list[Token], text: str) -> bool:
    """Whether a sign only repeats the one before it."""
    return bool(found) and found[-1].text == text and not text.isalpha()


def _ranked(words: list[str], language: str) -> list[Lexicon]:
    """The languages, the one whose words the text uses most first; the
    speaker's own has a bonus.
    """

    def score(lexicon: Lexicon) -> float:
        known = sum(
            word[0].isalpha() and ((word,) in lexicon.phrases or word in lexicon.longest)
            for word in words
        )
        return known + (_OWN_BONUS if lexicon.language == language else 0)

    return sorted(lexicons().values(), key=score, reverse=True)


def _breaks(text: str, pieces: list[Token]) -> list[int]:
    """For each piece, how many sentences ended before it: no phrase goes over such an end. The
    full stop of an abbreviation of one or two letters ("a. m.", "2a. feira") is none.
    """
    counts = [0]
    for before, after in pairwise(pieces):
        gap = text[before.end : after.start]
        is_end = gap != " " and _END.search(gap) and (len(before.text) > 2 or before.text == "no")
        counts.append(counts[-1] + bool(is_end))
    return counts


def _token(
    pieces: list[Token], i: int, order: list[Lexicon], breaks: list[int]
) -> tuple[Token | None, int]:
    """The longest phrase that starts at piece `i`, in the best language that has one."""
    first = pieces[i]
    for width in (3, 2) if first.text[0] in overmorrow_initials() else ():
        if mended := _misspelt(pieces, i, width):
            return mended, width
    for width in range(min(6, len(pieces) - i), 0, -1):
        if breaks[i] != breaks[i + width - 1]:
            continue
        key = tuple(piece.text for piece in pieces[i : i + width])
        for lexicon in order:
            kinds = lexicon.phrases.get(key)
            if kinds is not None and _is_foreign(key, lexicon, order):
                continue
            if kinds is not None and width <= lexicon.longest.get(key[0], 0):
                return _word(pieces[i : i + width], kinds, lexicon), width
    if first.kinds:
        return first, 1
    if first.text in _SIGNS:
        return Token(first.start, first.end, {_SIGNS[first.text]: 0}, first.text), 1
    if not first.text[0].isalpha():
        return Token(first.start, first.end, {"other": first.text}, first.text), 1
    return _unknown(first), 1


def _misspelt(pieces: list[Token], i: int, width: int) -> Token | None:
    """ "pasdo mañana": words, one of which is mistyped, so that no phrase has them."""
    said = pieces[i : i + width]
    if len(said) < width or any(piece.kinds or not piece.text[0].isalpha() for piece in said):
        return None
    kinds = repaired_phrase(tuple(piece.text for piece in said))
    return Token(said[0].start, said[-1].end, kinds, "") if kinds else None


def _is_foreign(key: tuple[str, ...], lexicon: Lexicon, order: list[Lexicon]) -> bool:
    """Whether this is a short word such as "out" or "set" that means a date only in another
    language.
    """
    return lexicon is not order[0] and " ".join(key) in lexicon.weak


def _word(pieces: list[Token], kinds: Kinds, lexicon: Lexicon) -> Token:
    text = " ".join(piece.text for piece in pieces)
    if text in lexicon.weak:
        kinds = {**kinds, "weak": 0}
    return Token(pieces[0].start, pieces[-1].end, kinds, text)


def _unknown(piece: Token) -> Token:
    kinds = repaired(piece.text)
    return Token(piece.start, piece.end, kinds or {"other": piece.text}, piece.text)
