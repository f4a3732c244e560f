"""Names: agencies and acronyms as people call them in three languages, and as the documents write
them.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from knowledge.question import Question
from knowledge.words import words

_CAPITALS = re.compile(r"\b[A-Z][A-Za-z]?[A-Z]{1,8}\b(?:[-/ ][A-Z]{2,6}\b)?")


def same(entity: str, entities: Iterable[str]) -> bool:
    """Whether the entity is among the others, however hyphens and blanks are set."""
    return words(entity) in [words(other) for other in entities]


@dataclass
class Names:
    """`aliases` lead from folded words to the entity; `spelt` from an acronym to its words and
    their clause.
    """

    aliases: dict[tuple[str, ...], str] = field(default_factory=dict)
    spelt: dict[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> "Names":
        """Read `entities.toml` and `acronyms.toml` of an answers folder; either may be missing."""
        names = cls()
        for entity, others in _table(folder / "entities.toml").items():
            for alias in (entity, *others):
                names.aliases[tuple(words(alias))] = entity
        for acronym, entry in _table(folder / "acronyms.toml").items():
            names.spelt[acronym] = (entry["full"], entry["quote"])
        return names

    @cached_property
    def _parts(self) -> Mapping[str, frozenset[str]]:
        """The words of each acronym; every question is held against them."""
        return {acronym: frozenset(words(acronym)) for acronym in self.spelt}

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.aliases), default=0)

    def shown(self, entity: str, question: Question) -> str:
        """The entity's name, with the asker's own word for it where that is another one."""
        said = words(question.text)
        for alias, owner in self.aliases.items():
            if owner == entity and len(alias) == 1 and alias[0] in said:
                own = alias[0].upper()
                return entity if words(entity) == [alias[0]] else f"{entity} ({own})"
        return entity

    def entities_in(self, said: list[str]) -> list[tuple[str, int, int]]:
        """Entities with the places of their words, the longest name first at each place."""
        found, place = [], 0
        longest = self._longest
        while place < len(said):
            for length in range(min(longest, len(said) - place), 0, -1):
                entity = self.aliases.get(tuple(said[place : place + length]))
                if entity and not (length == 1 and said[place] in _EVERYDAY):
                    found.append((entity, place, place + length))
                    place += length - 1
                    break
            place += 1
        return found

    def acronyms_in(self, text: str) -> tuple[str, ...]:
        """The acronyms that the documents spell out, however they are written; the longest
        first.
        """
        said = set(words(text))
        found = [acronym for acronym, parts in self._parts.items() if parts <= said]
        return tuple(sorted(found, key=len, reverse=True))

    def strangers_in(self, text: str, known: Iterable[str]) -> tuple[str, ...]:
        """Words in capitals that are none of the known words: somebody's name that we don't
        know.
        """
        if text.isupper():
            return ()
        known = set(known)
        return tuple(name for name in _CAPITALS.findall(text) if not set(words(name)) & known)


#: Agencies' acronyms that are everyday words when they are not in capitals.
_EVERYDAY = frozenset({"who"})


def _table(path: Path) -> dict[str, dict[str, str]]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
