"""The words of each language, loaded from one file a language; a new file is a new language."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from language.reading.folding import fold
from language.reading.values import Clock

WORDS = Path(__file__).parent.parent / "words"

#: One word, number or sign of a phrase or of a text that no shape has claimed.
PIECE = re.compile(r"[dl]'(?=[^\W\d_]|$)|[^\W\d_]+(?:'(?!s(?!\w))[^\W\d_]+)?|'s(?!\w)|\d+[ºª°]?|\S")

_VALUED = {
    "weekdays": "wd",
    "each": "each_wd",
    "months": "mon",
    "days": "rel",
    "ordinals": "ord",
    "numbers": "num",
    "easter": "easter",
}
_NAMED = {
    "units": "unit",
    "parts": "part",
    "halves": "ampm",
    "frequencies": "freq",
    "holidays": "holiday",
    "day_parts": "relpart",
    "unit_ends": "unitend",
}

Kinds = dict[str, Any]


@dataclass
class Lexicon:
    """One language: what each phrase may be, the longest phrase by first word, and how numbers are
    read.
    """

    language: str
    phrases: dict[tuple[str, ...], Kinds] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    weak: frozenset[str] = frozenset()
    month_first: bool = False
    asks_next: bool = False
    names: dict[str, list[str]] = field(default_factory=dict)
    printed: dict[str, Any] = field(default_factory=dict)

    def add(self, phrase: str, kind: str, value: object) -> None:
        """Let `phrase` be a word of this kind, beside what it already is."""
        key = pieces(phrase)
        self.phrases.setdefault(key, {})[kind] = value
        self.longest[key[0]] = max(len(key), self.longest.get(key[0], 0))


def pieces(phrase: str) -> tuple[str, ...]:
    """A phrase as the pieces that a text is cut into; full stops are no pieces."""
    return tuple(piece for piece in PIECE.findall(fold(phrase).text) if piece not in (".", "'s"))


def number_kinds(number: int, digits: int) -> Kinds:
    """What a whole number may be by its size: hour, day, minute, month, year."""
    kinds: Kinds = {"num": number}
    if digits <= 2:
        if number <= 24:
            kinds["hh"] = number
        if 1 <= number <= 31:
            kinds["dd"] = number
        if number <= 59:
            kinds["mi"] = number
    elif digits == 3:
        if number % 100 < 60:
            kinds["hhmm"] = Clock(number // 100, number % 100)
    elif digits == 4:
        if 1900 <= number < 2200:
            kinds["yyyy"] = number
        if number < 2400 and number % 100 < 60:
            kinds["hhmm"] = Clock(number // 100, number % 100, sure=True)
    return kinds


@lru_cache(maxsize=1)
def lexicons() -> dict[str, Lexicon]:
    """All languages by code, in the order of their file names."""
    return {path.stem: _load(path) for path in sorted(WORDS.glob("*.toml"))}


def _load(path: Path) -> Lexicon:
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    lexicon = Lexicon(path.stem)
    for kind, phrases in written["glue"].items():
        _add_all(lexicon, phrases, kind, kind)
    for table, kind in _VALUED.items():
        for value, phrases in written.get(table, {}).items():
            _add_all(lexicon, phrases, kind, int(value))
    for table, kind in _NAMED.items():
        for value, phrases in written.get(table, {}).items():
            _add_all(lexicon, phrases, kind, value)
    for kinds in lexicon.phrases.values():
        if "num" in kinds:
            kinds.update(number_kinds(kinds["num"], 2 if kinds["num"] < 100 else 3))
    lexicon.weak = frozenset(fold(word).text for word in written["weak"]["words"])
    lexicon.month_first = written["reading"]["numbers_month_first"]
    lexicon.asks_next = written["reading"]["asks_next"]
    lexicon.names = {
        "weekday": [written["weekdays"][str(day)][0] for day in range(7)],
        "month": [written["months"][str(month)][0] for month in range(1, 13)],
    }
    lexicon.printed = written.get("printed", {})
    return lexicon


def _add_all(lexicon: Lexicon, phrases: list[str], kind: str, value: object) -> None:
    for phrase in phrases:
        lexicon.add(phrase, kind, value)
