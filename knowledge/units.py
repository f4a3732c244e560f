"""Units: what can be quoted from a document, and where it stands."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """Where a unit stands: `number` is "4" or "Annex 1" or empty, `part` a heading below it."""

    number: str = ""
    title: str = ""
    part: str = ""
    footnote: str = ""

    @property
    def key(self) -> str:
        """The section's part of a unit's id."""
        words = " ".join(word for word in (self.number or self.title, self.part) if word)
        return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")

    @property
    def is_annex(self) -> bool:
        return self.number.startswith("Annex")


@dataclass(frozen=True)
class Unit:
    """A clause: `text` is verbatim, without footnote marks and markup; a list has a line for each
    item.

    `kind` is heading, paragraph, sentence, item, footnote, row or list. `parent` is the id of the
    paragraph or item that a sentence is part of; `members` are the ids of a list's lines.
    """

    id: str
    document: str
    section: Section
    kind: str
    text: str
    parent: str = ""
    members: tuple[str, ...] = ()
