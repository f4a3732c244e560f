"""Answer cards: which concepts a question must name, which clauses answer it, and what is said
first.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from sys import intern
from typing import Any

_KNOWN_ENTRIES = frozenset(
    [
        "match",
        "also",
        "never",
        "quotes",
        "compute",
        "gaps",
        "choices",
        "kind",
        "absent",
        "inventory",
    ]
)
_TEXT_ENTRIES = frozenset({"lead", "ask", "note"})


@dataclass(frozen=True)
class Pattern:
    """Concepts that must all be named; each group is satisfied by any one of its concepts."""

    groups: tuple[frozenset[str], ...]

    @classmethod
    def read(cls, written: str) -> "Pattern":
        """Read `minutes when|deadline`: the concept minutes, and one of when and deadline."""
        return cls(tuple(map(_group, written.split())))

    @property
    def concepts(self) -> frozenset[str]:
        return frozenset().union(*self.groups)

    def fits(self, concepts: frozenset[str]) -> bool:
        return all(not group.isdisjoint(concepts) for group in self.groups)


@cache
def _group(written: str) -> frozenset[str]:
    """The concepts of a group; most groups stand in many patterns."""
    return frozenset(map(intern, written.split("|")))


@dataclass(frozen=True)
class CardText:
    """What is said of a card in one language; `variants` are the leads of computed answers."""

    lead: str = ""
    ask: str = ""
    note: str = ""
    variants: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Card:
    """One answer. `quotes` are the words by which a clause is found in the documents (`list: ` a
    list).

    `hints` are the concepts of its own questions and clauses, found when it is loaded.
    """

    name: str
    patterns: tuple[Pattern, ...]
    also: frozenset[str]
    never: frozenset[str]
    quotes: tuple[str, ...]
    compute: str
    gaps: tuple[str, ...]
    choices: tuple[str, ...]
    kind: str
    texts: Mapping[str, CardText]
    hints: frozenset[str] = frozenset()

    @cached_property
    def concepts(self) -> frozenset[str]:
        return frozenset().union(self.also, *(pattern.concepts for pattern in self.patterns))


def read_cards(folder: Path, languages: Iterable[str]) -> tuple[tuple[Card, ...], list[str]]:
    """Read every card of an answers folder: `cards/*.toml`, and its texts in `<language>/*.toml`.

    :return: the cards, and the problems found: unknown entries, cards without a text in a language,
        texts without a card.
    """
    problems: list[str] = []
    texts = {language: _read_texts(folder / language) for language in languages}
    tables = _read_tables(sorted((folder / "cards").glob("*.toml")), problems)
    cards = tuple(
        _card(name, table, {language: texts[language].get(name, CardText()) for language in texts})
        for name, table in tables.items()
    )
    for language, found in texts.items():
        problems += [
            f"{language}: the card {card.name} has no text."
            for card in cards
            if card.name not in found
        ]
        problems += [
            f"{language}: there is a text for {name}, but no such card."
            for name in found
            if name not in tables
        ]
    return cards, problems


def _read_tables(paths: Iterable[Path], problems: list[str]) -> dict[str, dict[str, Any]]:
    tables: dict[str, dict[str, Any]] = {}
    for path in paths:
        for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if name in tables:
                problems.append(f"{path.name}: the card {name} is there twice.")
            problems += [
                f"{path.name}: the card {name} has an unknown entry “{entry}”."
                for entry in set(table) - _KNOWN_ENTRIES
            ]
            tables[name] = table
    return tables


def _read_texts(folder: Path) -> dict[str, CardText]:
    texts: dict[str, CardText] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.stem in ("lexicon", "gaps", "phrases", "speech"):
            continue
        for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            variants = {key: text for key, text in table.items() if key not in _TEXT_ENTRIES}
            known = {key: text for key, text in table.items() if key in _TEXT_ENTRIES}
            texts[name] = CardText(variants=variants, **known)
    return texts


def _card(name: str, table: Mapping[str, Any], texts: Mapping[str, CardText]) -> Card:
    return Card(
        name=name,
        patterns=tuple(Pattern.read(written) for written in table.get("match", ())),
        also=frozenset(table.get("also", "").split()),
        never=frozenset(table.get("never", "").split()),
        quotes=tuple(table.get("quotes", ())),
        compute=table.get("compute", ""),
        gaps=tuple(table.get("gaps", ())),
        choices=tuple(table.get("choices", ())),
        kind=table.get("kind", "clause"),
        texts=texts,
    )
