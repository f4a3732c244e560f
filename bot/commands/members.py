"""People: the coalition's entities and seats, the secretariat of the quarter, the import."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.cards.layout import button, card, facts, line, title, with_typed
from bot.router import Command
from bot.turn import Reply, Turn, only_administrators
from coalition.errors import Refused
from coalition.members import Person, Seat, entities_without_alternate, seats
from coalition.rotation import Quarter
from dialogs.readers import OneOf
from dialogs.slots import Asking, Option, slot
from dialogs.sources import Given, Source
from storage.unit_of_work import UnitOfWork


def _entities(asking: Asking) -> list[Option]:
    return [Option(entity, entity) for entity in asking.charter.entities]


class _Entity(OneOf):
    """One of the members; a word or two that name none are said to, not passed over."""

    def __init__(self) -> None:
        super().__init__(_entities)

    def take(self, words: str, asking: Asking) -> tuple[Any, str] | None:
        words = re.sub(r"^(?:of|from|de|da|do)\s+(?:the\s+|la\s+|el\s+)?", "", words, flags=re.I)
        found = super().take(words, asking)
        if found is None and 0 < len(words.split()) <= 2 and not words.rstrip().endswith("?"):
            return self.read(words, asking), ""
        return found


@dataclass(frozen=True)
class ShowMembers:
    entity: str = slot("members-ask-entity", _Entity(), default="")


async def show_members(turn: Turn, request: ShowMembers) -> Reply:
    """The entities with their seats, or the people of one entity."""
    async with turn.reading() as unit:
        people = await unit.people.everybody()
    if request.entity:
        return _entity(turn, request.entity, people)
    t, charter = turn.t, turn.charter
    rows = [(entity, _people(turn, entity, people)) for entity in charter.entities]
    intro = t("members-intro", count=len(charter.entities), coalition=charter.short_name)
    lacking = len(entities_without_alternate(charter, people))
    note = t.count("members-without-alternate", lacking) if lacking else ""
    text = "\n\n".join([intro, "\n".join(f"- **{name}**: {who}" for name, who in rows), note])
    body = [title(t("members-title")), line(intro), facts(rows)]
    body += [line(note, quiet=True)] if note else []
    hint = line(t("members-hint"), quiet=True)
    return Reply(text.strip(), card(*body, hint, text=text.strip()))


def _people(turn: Turn, entity: str, people: list[Person]) -> str:
    named = [person.name for person in people if person.entity == entity]
    roles = [turn.t("co-chair")] if entity in turn.charter.co_chairs else []
    if entity == turn.charter.rotation.secretariat_on(turn.today):
        roles.append(turn.t("secretariat"))
    shown = ", ".join(named) or turn.t("members-nobody")
    return f"{shown} · {', '.join(roles)}" if roles else shown


def _entity(turn: Turn, entity: str, people: list[Person]) -> Reply:
    t = turn.t
    rows = [
        (t(f"seat-{seat}"), ", ".join(person.name for person in holders))
        for seat, holders in seats(entity, people).items()
        if holders
    ]
    if not any(person.entity == entity and person.seat is Seat.ALTERNATE for person in people):
        rows.append((t(f"seat-{Seat.ALTERNATE}"), t("members-no-alternate")))
    text = f"**{entity}**\n\n" + "\n".join(f"- {name}: {who}" for name, who in rows)
    return Reply(text, card(title(entity), facts(rows), text=text))


@dataclass(frozen=True)
class ShowSecretariat:
    """Whose quarter is it?"""


async def show_secretariat(turn: Turn, request: ShowSecretariat) -> Reply:
    """The secretariat of this quarter and of the next ones (S55), with the assumption made (Q2)."""
    t, rotation = turn.t, turn.charter.rotation
    now = Quarter.of(turn.today)
    rows = [
        (t("quarter", number=quarter.number, year=quarter.year), rotation.secretariat_in(quarter))
        for quarter in (now.later(step) for step in range(4))
    ]
    lead = t("secretariat-now", entity=rows[0][1], quarter=rows[0][0])
    note = t(
        "secretariat-assumption",
        order=", ".join(rotation.order),
        quarter=t("quarter", number=rotation.starts_with.number, year=rotation.starts_with.year),
    )
    text = "\n\n".join([lead, "\n".join(f"- {name}: {entity}" for name, entity in rows[1:]), note])
    body = [title(lead), facts(rows[1:]), line(note, quiet=True)]
    members = button(t("button-members"), t.words("command-members")[0], beside=True)
    return with_typed(t, text, *body, actions=[members])


_COLUMNS = ("id", "name", "entity", "seat")


@dataclass(frozen=True)
class ImportMembers:
    table: Given = slot("members-ask-table", Source(takes_text=True, at_most=200_000, lines=8))


async def import_members(turn: Turn, request: ImportMembers) -> Reply:
    """Take over people from CSV text: all of it, or nothing with every line that is wrong."""
    if not request.table.text:
        raise Refused("members-paste-table")
    people = read_people(request.table.text, turn.charter.entities)
    async with turn.unit_of_work() as unit:
        await keep_people(unit, people)
    return Reply(turn.t.count("members-imported", len(people)))


async def keep_people(unit: UnitOfWork, people: Sequence[Person]) -> None:
    """Store people as imported; the language that somebody chose stays."""
    for person in people:
        was = await unit.people.get(person.id)
        kept = replace(person, version=was.version, language=was.language) if was else person
        await unit.people.keep(kept)


def read_people(table: str, entities: tuple[str, ...]) -> list[Person]:
    """People from CSV with the columns id, name, entity, seat and, if wanted, email and zone.

    :raises Refused: the text names every line that is wrong; nothing is taken over then.
    """
    lines = [part for part in table.strip("\ufeff \n").splitlines() if part.strip()]
    delimiter = max(",;\t", key=lines[0].count) if lines else ","
    rows = list(csv.DictReader(io.StringIO("\n".join(lines)), delimiter=delimiter))
    if not rows or not set(_COLUMNS) <= {(name or "").strip().lower() for name in rows[0]}:
        raise Refused("members-columns", columns=", ".join((*_COLUMNS, "email", "zone")))
    read: list[Person] = []
    wrong: list[str] = []
    for number, row in enumerate(rows, 2):
        given = {
            (name or "").strip().lower(): value.strip() if isinstance(value, str) else ""
            for name, value in row.items()
        }
        seat = given["seat"].lower().replace(" ", "-") or Seat.STAFF
        known = seat == Seat.OBSERVER or given["entity"] in entities
        is_twice = any(person.id == given["id"] for person in read)
        if not given["id"] or not given["name"] or seat not in set(Seat) or not known or is_twice:
            wrong.append(str(number))
            continue
        person = Person(given["id"], given["name"], given["entity"], Seat(seat))
        read.append(replace(person, email=given.get("email", ""), zone=given.get("zone", "")))
    if wrong:
        raise Refused("members-lines-wrong", lines=", ".join(wrong[:20]), seats=", ".join(Seat))
    return read


COMMANDS = (
    Command("members", ShowMembers, show_members),
    Command("secretariat", ShowSecretariat, show_secretariat),
    Command(
        "members import",
        ImportMembers,
        import_members,
        allowed=only_administrators,
        writes=True,
        listed=False,
    ),
)
