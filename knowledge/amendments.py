"""Amendments: a new edition is read, compared with the one before it, and kept."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from coalition.charter import Charter
from knowledge.clauses import parse
from knowledge.editions import CATALOGUE, Edition, Editions
from knowledge.library import Library
from knowledge.sources import HERE, load_sources
from knowledge.units import Unit

#: Fewer clauses than this are no document.
_FEWEST_CLAUSES = 3
_FRAME = ("list", "heading")


class NotAnEdition(ValueError):
    """A file, date or document that cannot be loaded; the message says why and what to do."""


@dataclass(frozen=True)
class Comparison:
    """What an amendment does to the answers.

    :ivar broken: answers whose clause is gone, with that clause.
    :ivar changed: answers whose clause reads differently, with its new words.
    :ivar new: clauses that are new and that no answer leads to.
    """

    clauses: int
    broken: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, str], ...]
    new: tuple[Unit, ...]


def read_edition(
    editions: Editions, text: str, name: str, in_force_from: date, title: str = ""
) -> Edition:
    """The text as an edition of a document that is there already, in whatever case it is named.

    :param title: what citations call it; as the edition before it, without one.
    :raises NotAnEdition: an unknown document, no clauses in the text, or the text or day is taken.
    """
    known = next((one for one in editions.names if one.casefold() == name.casefold()), None)
    if known is None:
        raise NotAnEdition(
            f"There is no document {name}. The documents are: {', '.join(editions.names)}."
        )
    before = _before(editions, known, in_force_from)
    _check_clauses(known, text, before.opening)
    edition = Edition(
        name=known,
        version=in_force_from.isoformat(),
        in_force_from=in_force_from,
        titles={language: title or told for language, told in before.titles.items()},
        text=text,
        opening=before.opening,
        is_shipped=False,
    )
    for other in editions.of(known):
        if other.text.split() == text.split() and other.in_force_from != in_force_from:
            raise NotAnEdition(
                f"This text is the edition of {known} in force from {other.in_force_from}: "
                "it has not been amended."
            )
        if other.in_force_from == in_force_from and other.text.split() != text.split():
            raise NotAnEdition(
                f"Another edition of {known} is in force from {in_force_from} already."
            )
    return edition


def is_kept(editions: Editions, edition: Edition) -> bool:
    """Whether this edition is among them already."""
    days = (one.in_force_from for one in editions.of(edition.name))
    return edition.in_force_from in days


def compare(charter: Charter, editions: Editions, edition: Edition) -> Comparison:
    """What the answers lose, and what they do not cover yet, once the edition is in force."""
    same = (edition.name, edition.in_force_from)
    others = Editions(
        tuple(one for one in editions.all if (one.name, one.in_force_from) != same),
    )
    old = Library(others.on(edition.in_force_from))
    whole = Library(others.with_edition(edition).on(edition.in_force_from))
    units = parse(edition.name, edition.text, edition.opening)
    cards = load_sources(charter, old, None, strict=False).cards
    broken, changed = [], []
    for name, quote in ((card.name, quote) for card in cards.values() for quote in card.quotes):
        was, now = old.find(quote), whole.find(quote)
        if was is None or was.document != edition.name:
            continue
        if now is None:
            broken.append((name, was.text))
        elif was.text != now.text:
            changed.append((name, now.text))
    shown = {
        unit for card in cards.values() for quote in card.quotes if (unit := whole.find(quote))
    }
    return Comparison(
        clauses=sum(unit.kind not in _FRAME and not unit.parent for unit in units),
        broken=tuple(dict.fromkeys(broken)),
        changed=tuple(dict.fromkeys(changed)),
        new=_unanswered(units, old, shown),
    )


def keep(folder: Path, edition: Edition) -> Path:
    """Store the edition in the operator's folder: the text first, then the catalogue that names it.

    :raises OSError: the folder cannot be written; nothing is left behind then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text = folder / f"{edition.name.lower()}-{edition.in_force_from}.txt"
    catalogue = folder / CATALOGUE
    known = catalogue.read_text(encoding="utf-8") if catalogue.exists() else _HEAD
    try:
        _replace(text, edition.text)
        _replace(catalogue, f"{known.rstrip()}\n\n{_entry(edition, text.name)}")
    except OSError:
        text.unlink(missing_ok=True)
        raise
    return text


def editions_of(loaded: Path) -> Editions:
    """The release's editions and those in the operator's folder."""
    return Editions.read(HERE / "documents", loaded)


_HEAD = "# Editions that were loaded with `python app.py terms`."


def _entry(edition: Edition, file: str) -> str:
    """The catalogue's entry as TOML, whose strings are written as in JSON."""

    def said(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    titles = ", ".join(f"{language} = {said(title)}" for language, title in edition.titles.items())
    return (
        "[[documents]]\n"
        f"name = {said(edition.name)}\n"
        f"version = {said(edition.version)}\n"
        f"in_force_from = {edition.in_force_from}\n"
        f"file = {said(file)}\n"
        f"opening = {said(edition.opening)}\n"
        f"titles = {{ {titles} }}\n"
    )


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _before(editions: Editions, name: str, day: date) -> Edition:
    """The edition that another one of that day comes after; the first if it comes before all."""
    earlier = [one for one in editions.of(name) if one.in_force_from < day]
    return (earlier or [editions.of(name)[0]])[-1]


def _check_clauses(name: str, text: str, opening: str) -> None:
    units = parse(name, text, opening)
    clauses = [unit for unit in units if unit.kind not in _FRAME]
    sections = {unit.section.number or unit.section.title for unit in clauses}
    if len(clauses) < _FEWEST_CLAUSES or len(sections) < 2:
        raise NotAnEdition(
            "No sections with clauses are found in the text. Each heading stands on a line of its "
            "own, such as “5. Meetings”, and each paragraph or item on one line."
        )


def _unanswered(units: tuple[Unit, ...], old: Library, shown: set[Unit]) -> tuple[Unit, ...]:
    """New clauses that are not shown by an answer, nor part of what is."""
    was = {unit.text for unit in old.units.values()}
    parents = {unit.parent for unit in units}
    ids = {unit.id for unit in shown} | {one for unit in shown for one in unit.members}
    texts = [unit.text for unit in shown]
    return tuple(
        unit
        for unit in units
        if unit.kind not in _FRAME
        and unit.id not in parents
        and unit.text not in was
        and not ids & {unit.id, unit.parent}
        and not any(unit.text in text for text in texts)
    )
