"""Clauses: a document's text cut into units that can be quoted, each with its section."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from knowledge.units import Section, Unit

SUPERSCRIPTS = "¹²³⁴⁵⁶⁷⁸⁹⁰"
_FIGURES = str.maketrans(SUPERSCRIPTS, "1234567890")
_FOOTNOTE = re.compile(rf"^([{SUPERSCRIPTS}]+)\s+(.+)$")
_NUMBERED_HEADING = re.compile(r"^(\d+)\. ([A-Z][^.;:]*)$")
_ANNEX_HEADING = re.compile(r"^annex (\d+)\.? ?(.*)$", re.IGNORECASE)
_ITEM = re.compile(r"^(\s*)(?:- |(?=\d+\. )|(?=\([a-z]\) ))(.+)$")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z“])|(?<=\.\))(?=\s)\s+(?=[A-Z“])")
_LINK = re.compile(r"\[([^\]]+)\]\((?:\\.|[^)\\])*\)")
_MARKUP = re.compile(rf"<(?!http)[^>]*>|\*+|(?<=\w)[{SUPERSCRIPTS}]+|\\(?=[()])")
_CELL = re.compile(r"<p>(.*?)</p>")
_PART = re.compile(r"^(.{3,30}? \d+) ")
_LONGEST_HEADING = 90


def plain(text: str) -> str:
    """The text without footnote marks, emphasis, links' targets and HTML."""
    return re.sub(r"[ \t]+", " ", _MARKUP.sub("", _LINK.sub(r"\1", text))).strip()


def parse(document: str, text: str, opening: str = "Title") -> tuple[Unit, ...]:
    """Cut a document into units.

    :param document: its short name, the first part of every unit's id.
    :param opening: what the part after the title and before the first heading is called.
    :return: headings, paragraphs, items, footnotes and rows; sentences where a paragraph or item
        has several; and whole lists, with the sentence that announces them.
    """
    reading = _Reading(document)
    for block in _blocks(text):
        reading.read(block, opening)
    reading.close(everything=True)
    return tuple(reading.units)


def _blocks(text: str) -> Iterator[str]:
    """Paragraphs in order; one that footnotes cut in two is put together, its footnotes
    after it.
    """
    waiting: list[str] = []
    held = ""
    for line in (line.rstrip() for line in text.splitlines()):
        if not line.strip():
            continue
        if held and not _FOOTNOTE.match(line):
            goes_on = line[0].islower()
            yield f"{held} {line}" if goes_on else held
            yield from waiting
            held, waiting = "", []
            if goes_on:
                continue
        if held:
            waiting.append(line)
        elif len(line) > 2 * _LONGEST_HEADING and line[0].isalpha() and line[-1].isalpha():
            held = line
        else:
            yield line
    yield from (block for block in (held, *waiting) if block)


@dataclass
class _Reading:
    """One pass over a document: where it stands, and the lists that are still open, outermost
    first.
    """

    document: str
    section: Section = field(default_factory=lambda: Section(title="Title"))
    units: list[Unit] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    lists: list[tuple[int, list[Unit]]] = field(default_factory=list)
    parts: list[Unit] = field(default_factory=list)
    last: Unit | None = None

    def read(self, block: str, opening: str) -> None:
        """Take in one paragraph, item, heading, footnote or row."""
        if match := _FOOTNOTE.match(block):
            section = replace(self.section, footnote=match[1].translate(_FIGURES))
            self.add("footnote", plain(match[2]), section)
        elif block[0] in "|<" or "\t" in block:
            self.read_row(block)
        elif self.is_heading(block):
            self.read_heading(plain(block))
        elif match := _ITEM.match(block):
            self.read_item(len(match[1]), plain(match[2]))
        else:
            if self.section.title == "Title":
                self.section = Section(title=opening)
            self.read_paragraph(plain(block))

    def is_heading(self, block: str) -> bool:
        if _NUMBERED_HEADING.match(block) or _ANNEX_HEADING.match(block):
            return True
        longest = _LONGEST_HEADING * (2 if self.section.title == "Title" else 1)
        return (
            len(block) <= longest
            and block[0] in "(ABCDEFGHIJKLMNOPQRSTUVWXYZ"
            and (block[-1] not in ".;:,")
        )

    def read_heading(self, text: str) -> None:
        """A numbered heading opens a section, any other a part of it, or a section where none has
        numbers.
        """
        numbered, annex = _NUMBERED_HEADING.match(text), _ANNEX_HEADING.match(text)
        self.close(everything=bool(numbered or annex))
        if numbered:
            self.section = Section(numbered[1], numbered[2])
        elif annex:
            self.section = Section(f"Annex {annex[1]}", annex[2])
        elif self.section.number:
            self.open_part(text)
            return
        elif self.section.title != "Title":
            self.section = Section(title=text)
        self.last = self.add("heading", text)

    def open_part(self, text: str) -> None:
        """A heading below a section; in an annex what follows it is a list of its lines."""
        match = _PART.match(text)
        self.section = replace(self.section, part=match[1] if match else text)
        self.last = self.add("heading", text)
        if self.section.is_annex:
            self.parts.append(self.last)
            self.lists = [(-1, [self.last])]

    def read_row(self, block: str) -> None:
        """A table's row, as Markdown with HTML cells or as cells parted by tabs."""
        cells = [plain(cell) for cell in _CELL.findall(block)]
        head, tab, rest = block.partition("\t")
        if tab:
            self.close()
            if cells:
                self.open_part(plain(head))
            else:
                self.parts = [self.add("row", plain(head)), self.add("row", plain(rest))]
        elif block[0] == "|" and cells:
            self.close()
            self.open_part(cells.pop(0))
        elif block[0] == "|":
            columns = [
                self.add("row", plain(cell)) for cell in block.split("|") if cell.strip(" -")
            ]
            self.parts += columns
        for cell in cells:
            self.lists[-1][1].append(self.add("row", cell))

    def read_item(self, indent: int, text: str) -> None:
        self.close(deeper_than=indent)
        if not self.lists or self.lists[-1][0] < indent:
            self.lists.append((indent, self.introduction(indent)))
        self.last = self.read_sentences("item", text)
        self.lists[-1][1].append(self.last)

    def read_paragraph(self, text: str) -> None:
        self.close(deeper_than=-1)
        self.last = self.read_sentences("paragraph", text)
        if self.lists:
            self.lists[-1][1].append(self.last)

    def introduction(self, indent: int) -> list[Unit]:
        """The sentence before a list that announces it: it ends with a colon, or the list is its
        inner one.
        """
        if self.last is None or not (self.last.text.endswith(":") or indent):
            return []
        sentences = [unit for unit in self.units if unit.parent == self.last.id]
        return [sentences[-1] if sentences else self.last]

    def add(self, kind: str, text: str, section: Section | None = None) -> Unit:
        section = section or self.section
        self.counts[section.key] = place = self.counts.get(section.key, 0) + 1
        unit = Unit(f"{self.document}.{section.key}.{place}", self.document, section, kind, text)
        self.units.append(unit)
        return unit

    def read_sentences(self, kind: str, text: str) -> Unit:
        whole = self.add(kind, text)
        sentences = _SENTENCE_END.split(text)
        if len(sentences) > 1:
            for place, sentence in enumerate(sentences, 1):
                unit = replace(whole, id=f"{whole.id}.{place}", kind="sentence", text=sentence)
                self.units.append(replace(unit, parent=whole.id))
        return whole

    def close(self, *, deeper_than: int = -2, everything: bool = False) -> None:
        """End the lists that are indented deeper; with the section ends the list of its parts."""
        while self.lists and self.lists[-1][0] > deeper_than:
            self.add_list(self.lists.pop()[1])
        if everything:
            self.add_list(self.parts)
            self.parts = []

    def add_list(self, items: list[Unit]) -> None:
        if len(items) > 1:
            section = replace(items[0].section, part=items[-1].section.part)
            if items is self.parts:
                section = replace(section, part="")
            unit = self.add("list", "\n".join(item.text for item in items), section)
            self.units[-1] = replace(unit, members=tuple(item.id for item in items))
