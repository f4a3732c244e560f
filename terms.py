"""Terms: the subcommand that reads an amended document, says what it changes, and keeps it."""

import argparse
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from coalition.charter import load_charter
from knowledge.amendments import (
    Comparison,
    NotAnEdition,
    compare,
    editions_of,
    is_kept,
    keep,
    read_edition,
)
from settings import Settings


def terms(settings: Settings, given: argparse.Namespace, say: Callable[[str], None]) -> None:
    """Compare an amended edition of a document with the answers; with --keep also use it."""
    folder = settings.documents_folder
    editions = editions_of(folder)
    text = _text(given.file)
    edition = read_edition(editions, text, given.document, given.in_force, given.title)
    comparison = compare(load_charter(settings.charter), editions, edition)
    for line in _report(comparison):
        say(line)
    if is_kept(editions, edition):
        day = edition.in_force_from
        say(f"This edition of {edition.name}, in force from {day}, is there already.")
    elif given.keep:
        say(f"Kept: {keep(folder, edition)}")
        say(f"Restart the bot: from {edition.in_force_from} on it answers with this edition.")
    else:
        say("Nothing was kept: add --keep to use this edition.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the subcommand is given."""
    parser.add_argument("file", type=Path, help="the whole amended document as plain text, UTF-8")
    parser.add_argument("--document", required=True, help="its short name, such as ToR")
    parser.add_argument(
        "--in-force", required=True, type=_day, metavar="DAY", help="from when: 2027-03-01"
    )
    parser.add_argument("--title", default="", help="what citations call it, if that changes")
    parser.add_argument("--keep", action="store_true", help="use it; without, only compare")


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{written} is no day; write it as 2027-03-01 (year-month-day)"
        ) from None


def _text(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise NotAnEdition(f"There is no file {file}.") from None
    except IsADirectoryError:
        raise NotAnEdition(f"{file} is a folder.") from None
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise NotAnEdition(f"{file} is no plain text. Save the document as text in UTF-8.")
    return text


def _report(found: Comparison) -> Iterator[str]:
    yield f"Clauses: {found.clauses}"
    yield from _listed("Answers whose clause is gone; they will not be given", found.broken)
    yield from _listed("Answers whose clause reads differently; check their texts", found.changed)
    new = tuple((unit.id, unit.text) for unit in found.new)
    yield from _listed("New clauses that no answer leads to", new)


def _listed(heading: str, entries: tuple[tuple[str, str], ...]) -> Iterator[str]:
    yield f"{heading}: {len(entries) or 'none'}"
    yield from (f"  - {name}: {_short(text)}" for name, text in entries)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else f"{line[:159]}…"
