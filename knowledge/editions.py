"""Editions: every version of every document, and which of them are in force on a day."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

CATALOGUE = "catalogue.toml"


@dataclass(frozen=True)
class Edition:
    """One version of a document: `name` is the document's short name, `in_force_from` the day it
    begins, `opening` what the part before its first heading is called.

    `is_shipped` tells the editions of the release from those that an operator loaded.
    """

    name: str
    version: str
    in_force_from: date
    titles: Mapping[str, str] = field(hash=False)
    text: str = field(repr=False)
    opening: str = "Title"
    is_shipped: bool = True


@dataclass(frozen=True)
class Editions:
    """All editions, the older first within each document."""

    all: tuple[Edition, ...]

    @classmethod
    def read(cls, shipped: Path, loaded: Path | None = None) -> "Editions":
        """Read the release's catalogue, and the operator's where there is one.

        :raises FileNotFoundError: the release's catalogue or a document's file is missing.
        """
        found = list(_catalogue(shipped, is_shipped=True))
        if loaded and (loaded / CATALOGUE).exists():
            found += _catalogue(loaded, is_shipped=False)
        names = list(dict.fromkeys(edition.name for edition in found))
        found.sort(key=lambda edition: (names.index(edition.name), edition.in_force_from))
        return cls(tuple(found))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(edition.name for edition in self.all))

    @property
    def several(self) -> frozenset[str]:
        """The documents that have more than one edition: answers name which one they cite."""
        return frozenset(name for name in self.names if len(self.of(name)) > 1)

    @property
    def shipped(self) -> "Editions":
        return Editions(tuple(edition for edition in self.all if edition.is_shipped))

    def of(self, name: str) -> tuple[Edition, ...]:
        """A document's editions, the oldest first."""
        return tuple(edition for edition in self.all if edition.name == name)

    def on(self, day: date, other: Mapping[str, date] | None = None) -> tuple[Edition, ...]:
        """Of each document the edition in force on a day; before the first one, the first.

        :param other: days that are meant for single documents instead.
        """
        days = {name: (other or {}).get(name, day) for name in self.names}
        return tuple(_in_force(self.of(name), then) for name, then in days.items())

    def from_day(self, day: date) -> tuple[tuple[Edition, ...], ...]:
        """The sets in force on a day and on every later one, in order."""
        later = sorted({one.in_force_from for one in self.all if one.in_force_from > day})
        return tuple(dict.fromkeys(self.on(then) for then in (day, *later)))

    def with_edition(self, edition: Edition) -> "Editions":
        """These and one more."""
        found = sorted(
            (*self.all, edition),
            key=lambda one: (self.names.index(one.name), one.in_force_from),
        )
        return Editions(tuple(found))


def _in_force(editions: Iterable[Edition], day: date) -> Edition:
    first, *later = editions
    for edition in later:
        if edition.in_force_from <= day:
            first = edition
    return first


def _catalogue(folder: Path, *, is_shipped: bool) -> Iterable[Edition]:
    catalogue = tomllib.loads((folder / CATALOGUE).read_text(encoding="utf-8"))
    return [_edition(folder, entry, is_shipped) for entry in catalogue["documents"]]


def _edition(folder: Path, entry: Mapping[str, Any], is_shipped: bool) -> Edition:
    return Edition(
        name=entry["name"],
        version=entry["version"],
        in_force_from=entry["in_force_from"],
        titles=entry["titles"],
        text=(folder / entry["file"]).read_text(encoding="utf-8"),
        opening=entry.get("opening", "Title"),
        is_shipped=is_shipped,
    )
