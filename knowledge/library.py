"""The library: the documents in force on a day, cut into units, and how a unit is found and
cited.
"""

import re
from collections.abc import Collection, Mapping
from datetime import date

from knowledge.answer import Quote
from knowledge.clauses import parse
from knowledge.editions import Edition
from knowledge.units import Section, Unit


class Library:
    """One edition of each document.

    `several` are the documents whose editions citations name, because they have more than one.
    """

    def __init__(self, editions: tuple[Edition, ...], several: Collection[str] = ()) -> None:
        self.editions = {edition.name: edition for edition in editions}
        self._several = several
        self._found: dict[str, Unit | None] = {}
        self.units = {
            unit.id: unit
            for edition in editions
            for unit in parse(edition.name, edition.text, edition.opening)
        }

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
        title = self.title(unit.document, language, labels)
        citation = f"{title}, {cited(unit.section, labels)}"
        return Quote(unit.id, unit.document, citation, unit.text)

    def title(self, name: str, language: str, labels: Mapping[str, str]) -> str:
        """A document's title in the asker's language, with its edition where it has several."""
        edition = self.editions[name]
        title = edition.titles.get(language) or edition.titles["en"]
        if name not in self._several:
            return title
        return labels["edition"].format(title=title, begun=begun(edition.in_force_from, labels))


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


def begun(day: date, labels: Mapping[str, str]) -> str:
    """When an edition began, as it is named: "January 2022"; with its day unless that is the
    first.
    """
    month = labels["months"].split()[day.month - 1]
    written = labels["edition_day" if day.day > 1 else "edition_month"]
    return written.format(day=day.day, month=month, year=day.year)
