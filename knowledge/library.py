"""The library: the documents in force on a day, cut into units, and how a unit is found and
cited.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.answer import Quote
from knowledge.clauses import parse
from knowledge.units import Section, Unit

CATALOGUE = "catalogue.toml"


@dataclass(frozen=True)
class Document:
    """One edition of a document: `name` is its short name, `in_force_from` the day its version
    begins.
    """

    name: str
    version: str
    in_force_from: date
    titles: Mapping[str, str]
    units: tuple[Unit, ...]


class Library:
    """The documents in force on a day."""

    def __init__(self, documents: tuple[Document, ...]) -> None:
        self.documents = documents
        self.titles = {document.name: document.titles for document in documents}
        self._found: dict[str, Unit | None] = {}
        self.units = {unit.id: unit for document in documents for unit in document.units}

    @classmethod
    def load(cls, folder: Path, on: date | None = None) -> "Library":
        """Read the folder's catalogue and of each document the edition in force.

        :param on: the day; without it the latest edition counts.
        :raises FileNotFoundError: the catalogue or a document's file is missing.
        """
        catalogue = tomllib.loads((folder / CATALOGUE).read_text(encoding="utf-8"))
        editions: dict[str, dict[str, Any]] = {}
        for entry in sorted(catalogue["documents"], key=lambda entry: entry["in_force_from"]):
            if on is None or entry["in_force_from"] <= on or entry["name"] not in editions:
                editions[entry["name"]] = entry
        names = dict.fromkeys(entry["name"] for entry in catalogue["documents"])
        return cls(tuple(_document(folder, editions[name]) for name in names))

    def find(self, wanted: str) -> Unit | None:
        """The unit that `wanted` points to, looked up once; see `_find`."""
        if wanted not in self._found:
            self._found[wanted] = self._find(wanted)
        return self._found[wanted]

    def _find(self, wanted: str) -> Unit | None:
        """The smallest unit with these words; with `list: ` the list whose first line has them.

        `whole: ` takes the paragraph or item around a sentence.
        """
        kind, _, words = (
            wanted.partition(": ")
            if wanted.startswith(("list: ", "whole: "))
            else (
                "",
                "",
                wanted,
            )
        )
        if kind == "list":
            fits = (unit for unit in self.units.values() if unit.kind == "list")
            return next((unit for unit in fits if words in unit.text.split("\n")[0]), None)
        found = [unit for unit in self.units.values() if unit.kind != "list" and words in unit.text]
        if kind == "whole":
            found = [unit for unit in found if not unit.parent]
        return min(found, key=lambda unit: len(unit.text), default=None)

    def quote(self, unit: Unit, language: str, labels: Mapping[str, str]) -> Quote:
        """The unit with its citation in the asker's language."""
        titles = self.titles[unit.document]
        title = titles.get(language) or titles["en"]
        citation = f"{title}, {cited(unit.section, labels)}"
        return Quote(unit.id, unit.document, citation, unit.text)


def cited(section: Section, labels: Mapping[str, str]) -> str:
    """The section as it is cited: "section 4 — IBC-HM Secretariat", "Annex 1 — Thematic area 2"."""
    name = section.part or section.title
    if section.is_annex:
        place = f"{labels['annex']} {section.number.removeprefix('Annex ')}"
        name = re.sub(r"^Thematic area", labels["area"], name)
    elif section.number:
        place = f"{labels['section']} {section.number}"
    else:
        place, name = f"{labels['section']} “{name}”", ""
    footnote = f"{labels['footnote']} {section.footnote}" if section.footnote else ""
    return ", ".join(filter(None, (" — ".join(filter(None, (place, name))), footnote)))


def _document(folder: Path, entry: Mapping[str, Any]) -> Document:
    text = (folder / entry["file"]).read_text(encoding="utf-8")
    units = parse(entry["name"], text, entry.get("opening", "Title"))
    return Document(entry["name"], entry["version"], entry["in_force_from"], entry["titles"], units)
