"""Persons and places whose names look like dates: "Abril de UNFPA", "Julio y Domingo van",
"June Okafor", "Santo Domingo", "calle 9 de Julio 1925".

A name is told by its company: a surname, an agency, a title, or a verb that only a person is the
subject of. Without any of them the word stays a date.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from language.reading.folding import fold
from language.reading.words import lexicons

NAMES = Path(__file__).parent.parent / "names.toml"

_WORD = r"[^\W\d_]"
#: A word with a capital after the name is a surname, unless it is a word we know.
_NEXT = re.compile(rf"\s(?:de\s|da\s|dos\s|van\s)?({_WORD}[^\W\d_'\-]{{2,}})")
_BEFORE = re.compile(rf"({_WORD}{{3,}}),?\s(?:y|e|and|&)\s(?:[ao]\s)?$")
_AFTER_AND = re.compile(rf"\s(?:y|e|and|&)\s(?:[ao]\s)?({_WORD}{{3,}})")
#: Nobody is named right after these: "in June", "de abril", "el domingo", "3 de Julio".
_DATED = re.compile(
    r"(?:\d\W*|(?<!\w)(?:in|en|em|of|de|del|of the|el|este|next|last|early|late|mid|by|until|since"
    r"|every|this|on|the|hasta|desde|para|por|proximo|pasado|entre|between|from)\W+)$"
)
#: After "Gracias, Julio" nothing more comes; "gracias, julio me viene mejor" is about July.
_ENDING = re.compile(r"\s*(?:[,.!?;:\n]|$)")
_TIME = re.compile(r"\W*\s(?:\d|a las?\b|a la\b|as\s\d|at\s\d|de (?:19|20)|por la|en la|de manha)")


@dataclass(frozen=True)
class Patterns:
    """The patterns made from the names file."""

    person: re.Pattern[str]
    lead: re.Pattern[str]
    speaks: re.Pattern[str]
    belongs: re.Pattern[str]
    place: re.Pattern[str]
    soft: re.Pattern[str]
    accented: frozenset[str]
    agencies: frozenset[str]


@lru_cache(maxsize=1)
def patterns() -> Patterns:
    """All patterns over folded text, built once."""
    written = tomllib.loads(NAMES.read_text(encoding="utf-8"))
    said = {kind: _any(words) for kind, words in written.items()}
    street = (
        rf"\.?\s(?:(?:de\s)?(?:la|los)\s|d[eoa]l?\s)?(?:\d{{1,2}}[º°o]?|[ivx]+|{said['spelled']})"
        rf"\sd[eo]\s{said['street_months']}"
    )
    number = r"(?:\s*,?\s*(?:n\W{0,2}\s?)?\d{1,5}(?![\d:h]|\s?(?:h|a\.?m|p\.?m|de|hrs)\b))?"
    return Patterns(
        re.compile(rf"(?<!\w){said['persons']}(?!\w)"),
        re.compile(rf"(?<!\w){said['leads']}(?P<comma>,?)\s(?:[ao]\s)?$"),
        re.compile(rf"(?:\s\([^)]{{1,20}}\))?\s{said['speaks']}(?!\w)(?!\s{said['not_speaking']})"),
        re.compile(rf"\s?{said['belongs']}\s?(?P<agency>{said['agencies']}|[a-z]{{2,8}})(?!\w)"),
        re.compile(
            rf"(?<!\w)(?:{said['places']}(?!\w)|{said['streets']}{street}(?!\w){number}"
            rf"|\d{{1,2}}\sde\s{said['street_months']}\s(?:avenue|street|avenida)(?!\w))"
        ),
        re.compile(rf"(?<!\w){said['quarters']}{street}(?!\w)"),
        frozenset(written["accented"]),
        frozenset(written["agencies"]),
    )


def _any(words: list[str]) -> str:
    known = sorted({fold(word).text for word in words}, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word) for word in known) + ")"


def unnamed(text: str, original: str) -> str:
    """The folded text with such names as blanks; `original` is as long and has the capitals."""
    known = patterns()
    places = [found.span() for found in known.place.finditer(text)]
    places += [
        found.span()
        for found in known.soft.finditer(text)
        if original[: found.end()].split()[-1][0].isupper()
    ]
    people = _people(text, original) if known.person.search(text) else []
    for start, end in (*places, *people):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _people(text: str, original: str) -> list[tuple[int, int]]:
    """Where the persons stand; one beside another in a list is one too."""
    said = [found.span() for found in patterns().person.finditer(text)]
    sure = {place for place in said if _is_person(text, original, *place)}
    for first, second in pairwise(said):
        joint = text[first[1] : second[0]]
        if joint.strip() in ("y", "e", "and", "&", ",", "e a", "e o") and {first, second} & sure:
            sure |= {first, second}
    return sorted(sure)


def _is_person(text: str, original: str, start: int, end: int) -> bool:
    known, before, after = patterns(), text[:start], text[end:]
    if original[start:end] in known.accented:
        return True
    if _TIME.match(after) or _DATED.search(before):
        return False
    is_named = original[start].isupper() and not original.isupper()
    found = known.belongs.match(after)
    if found and _is_agency(original[end:], found):
        return True
    lead = known.lead.search(before)
    if lead and (not lead["comma"] or _ENDING.match(after)):
        return True
    if not is_named:
        return False
    return bool(known.speaks.match(after)) or _has_surname(text, original, start, end)


def _is_agency(original: str, found: re.Match[str]) -> bool:
    said = original[found.start("agency") : found.end("agency")]
    if found["agency"] in patterns().agencies:
        return found["agency"] != "who" or said.isupper()
    return said.isupper() and said not in ("AM", "PM")


def _has_surname(text: str, original: str, start: int, end: int) -> bool:
    """Whether a proper name follows, or another name is joined with "and"."""
    for found in (
        _NEXT.match(text, end),
        _BEFORE.search(text, 0, start),
        _AFTER_AND.match(text, end),
    ):
        if found and original[found.start(1)].isupper() and not _is_known(found[1]):
            return True
    return False


def _is_known(word: str) -> bool:
    return any((word,) in lexicon.phrases for lexicon in lexicons().values())
