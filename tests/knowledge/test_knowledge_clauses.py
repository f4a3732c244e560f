"""Every word of the documents is in a unit, and every unit's words are in its document."""

import re
from datetime import date
from pathlib import Path

import pytest

from knowledge.clauses import parse, plain
from knowledge.editions import Editions
from knowledge.library import Library
from knowledge.units import Unit

DOCUMENTS = Path(__file__).parents[2] / "knowledge" / "documents"
EDITIONS = Editions.read(DOCUMENTS)
LIBRARY = Library(EDITIONS.on(date.max))
LINES = [(unit, line) for unit in LIBRARY.units.values() for line in unit.text.split("\n")]


def text_of(document: str) -> str:
    name = {"ToR": "terms-of-reference.txt", "CN": "concept-note.txt"}[document]
    return (DOCUMENTS / name).read_text(encoding="utf-8")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", plain(text)).strip()


def test_each_line_of_each_unit_stands_in_its_document_word_for_word():
    sources = {name: squeezed(text_of(name)) for name in ("ToR", "CN")}
    strange = [
        unit.id
        for unit, line in LINES
        if line not in sources[unit.document] and not line.startswith("The Sustainable Development")
    ]
    # The sentence that two footnotes cut in two is put together from its halves.
    assert strange == ["ToR.1.5.2"]
    halves = re.split(r"(?<=adverse drivers and) ", LIBRARY.units["ToR.1.5.2"].text)
    assert all(half in sources["ToR"] for half in halves)


@pytest.mark.parametrize("document", ["ToR", "CN"])
def test_the_units_cover_the_document(document):
    rest = squeezed(text_of(document))
    own = [unit for unit in LIBRARY.units.values() if unit.document == document]
    parents = {unit.parent for unit in own}
    leaves = [unit for unit in own if unit.kind != "list" and unit.id not in parents]
    pieces = [
        piece for unit in leaves for piece in re.split(r"(?<=adverse drivers and) ", unit.text)
    ]
    for piece in sorted(pieces, key=len, reverse=True):
        rest = rest.replace(piece, " ", 1)
    assert re.findall(r"\w{2,}", rest) == []


def test_units_have_ids_of_their_own_and_lists_have_lines():
    cut = (parse(edition.name, edition.text, edition.opening) for edition in EDITIONS.all)
    ids = [unit.id for units in cut for unit in units]
    assert len(ids) == len(set(ids))
    lists = [unit for unit in LIBRARY.units.values() if unit.kind == "list"]
    assert all(len(unit.members) == len(unit.text.split("\n")) for unit in lists)


@pytest.mark.parametrize(
    ("words", "section", "kind"),
    [
        ("A quorum is reached", ("5", "Meetings", ""), "item"),
        (
            "minimum 7 days",
            ("4", "Chairpersonship, Membership and Structure", "IBC-HM Secretariat"),
            "item",
        ),
        (
            "Agility: The regional",
            ("4", "Chairpersonship, Membership and Structure", "Working Groups"),
            "item",
        ),
        ("DCO, DPPA, ECLAC", ("1", "Background", ""), "footnote"),
        ("17. Eliminate all forms", ("Annex 1", "", "Thematic area 1"), "row"),
        ("week of 22 March", ("", "Date and venue of the regional review meeting", ""), "sentence"),
    ],
)
def test_a_clause_knows_its_section(words, section, kind):
    unit = LIBRARY.find(words)
    assert isinstance(unit, Unit)
    assert (unit.section.number, unit.section.title, unit.section.part) == section
    assert unit.kind == kind


@pytest.mark.parametrize(
    ("announced", "lines"),
    [
        ("The following are specific objectives", 5),
        ("Responsibilities of the Secretariat", 6),
        ("Organize and convene meetings", 7),
        ("The UNNM-LAC commits", 9),
        ("guided by the following principles", 9),
        ("the regional review will", 6),
        ("Include the following sections", 8),
        ("Thematic area 3", 7),
        ("Type of Service", 9),
    ],
)
def test_lists_are_units_with_the_line_that_announces_them(announced, lines):
    unit = LIBRARY.find(f"list: {announced}")
    assert unit is not None
    assert len(unit.text.split("\n")) == lines


def test_a_document_of_another_shape_is_cut_as_well():
    units = parse(
        "X", "Rules\n\n1. Scope\n\nFirst sentence. Second one.\n\n- a bullet;\n- another.\n"
    )
    assert [unit.kind for unit in units] == [
        "heading",
        "heading",
        "paragraph",
        "sentence",
        "sentence",
        "item",
        "item",
        "list",
    ]
