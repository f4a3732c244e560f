"""Text without accents and capitals, with a way back to where each letter stood."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_KEPT = frozenset("ºª°")
_SAME = {"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "’": "'", "‘": "'", "´": "'"}


@dataclass(frozen=True)
class Folded:
    """`text` is lower case and unaccented; `at[i]` is the place of its i-th letter in the
    original.
    """

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original text that `text[start:end]` stands for."""
        return self.at[start], self.at[end - 1] + 1


def fold(text: str) -> Folded:
    """The text in lower case, without accents and invisible signs, one letter for each of the
    original.
    """
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        plain = _plain(letter)
        if plain:
            letters.append(plain)
            places.append(place)
    return Folded("".join(letters), tuple(places))


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    if letter in _KEPT:
        return letter
    if letter in _SAME:
        return _SAME[letter]
    if letter.isspace():
        return "\n" if letter == "\n" else " "
    first = unicodedata.normalize("NFKD", letter)[:1]
    if unicodedata.category(first) in ("Mn", "Cf"):
        return ""
    return first.lower()[:1]
