"""What a turn needs of the database: who speaks, where, in the middle of what, and said before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, bindparam, delete, literal, select, update

from coalition.errors import Stale
from coalition.members import Person, Seat
from coalition.places import Place, PlaceKind, Purpose
from storage.inserting import insert_unless_there
from storage.tables import dialogs, marks, people, places, receipts
from storage.transaction import Transaction

#: Teams sends an activity again for about half a minute, sometimes with a new id (R4).
REPEATED_WITHIN = timedelta(seconds=60)


@dataclass(frozen=True)
class Known:
    """What is stored about a turn before it begins; `form` is what the person is in the middle
    of."""

    person: Person | None
    place: Place | None
    form: Mapping[str, Any] | None
    form_version: int


_one = select(literal(1).label("one")).subquery()


class Turns:
    """Reads a turn's surroundings in one query, and keeps its dialog and its receipt."""

    def __init__(self, unit: Transaction) -> None:
        self._unit = unit

    async def known(self, conversation_id: str, person_id: str, place_id: str) -> Known:
        """Who speaks and in the middle of what.

        :param conversation_id: the thread in which a dialog goes on.
        :param place_id: the chat or channel that the thread is in.
        """
        row = (
            await self._unit.connection.execute(
                _KNOWN, {"person": person_id, "place": place_id, "thread": conversation_id}
            )
        ).one()
        values = tuple(row)
        person = _person(person_id, values[:7]) if values[0] is not None else None
        place = _place(place_id, values[7:14]) if values[7] is not None else None
        return Known(person, place, values[14], values[15] or 0)

    async def keep_form(
        self, conversation_id: str, person_id: str, form: Mapping[str, Any] | None, version: int
    ) -> None:
        """Keep what a person is in the middle of, or forget it.

        :param version: as read with `known`; 0 where nothing was kept.
        :raises Stale: it was changed meanwhile, by the same activity sent twice for instance.
        """
        self._unit.refuse_when_read_only()
        if version == 0:
            if form is not None and not await self._new_form(conversation_id, person_id, form):
                raise Stale
            return
        change, values = (
            _DROP_FORM,
            {"thread": conversation_id, "person": person_id, "was": version},
        )
        if form is not None:
            change = _CHANGE_FORM
            values |= {"state": dict(form), "version": version + 1, "at": self._unit.now}
        if (await self._unit.connection.execute(change, values)).rowcount == 0:
            raise Stale

    async def _new_form(
        self, conversation_id: str, person_id: str, form: Mapping[str, Any]
    ) -> bool:
        row = {
            "conversation_id": conversation_id,
            "person_id": person_id,
            "state": dict(form),
            "version": 1,
            "at": self._unit.now,
        }
        return await insert_unless_there(self._unit.connection, dialogs, row)

    async def receipt(self, fingerprint: str) -> Mapping[str, Any] | None:
        """What was answered when the same was asked within the last minute; None if it was not."""
        found = await self._unit.connection.execute(_RECEIPT, {"asked": fingerprint})
        row = found.first()
        return row.reply if row and self._unit.now - row.at < REPEATED_WITHIN else None

    async def claim(self, fingerprint: str) -> bool:
        """Whether this is the first time within a minute; the row keeps a twin of the turn out."""
        self._unit.refuse_when_read_only()
        row = {"fingerprint": fingerprint, "at": self._unit.now, "reply": {}}
        if await insert_unless_there(self._unit.connection, receipts, row):
            return True
        renewed = await self._unit.connection.execute(
            _RENEW,
            {
                "asked": fingerprint,
                "before": self._unit.now - REPEATED_WITHIN,
                "at": self._unit.now,
                "reply": {},
            },
        )
        return renewed.rowcount == 1

    async def settle(self, fingerprint: str, reply: Mapping[str, Any]) -> None:
        """Keep what was answered, for the same asked again."""
        await self._unit.connection.execute(_SETTLE, {"asked": fingerprint, "reply": dict(reply)})

    async def forget_old(self) -> None:
        """Drop receipts that no longer serve."""
        await self._unit.connection.execute(
            delete(receipts).where(receipts.c.at < self._unit.now - timedelta(hours=1))
        )

    async def mark(self, name: str) -> Any:
        """A value kept under a name, or None."""
        row = await self._unit.connection.execute(select(marks.c.value).where(marks.c.name == name))
        return row.scalar_one_or_none()

    async def set_mark(self, name: str, value: Any) -> None:
        """Keep a value under a name."""
        self._unit.refuse_when_read_only()
        row = {"name": name, "value": value}
        if not await insert_unless_there(self._unit.connection, marks, row):
            change = update(marks).where(marks.c.name == name).values(value=value)
            await self._unit.connection.execute(change)


def _person(person_id: str, row: tuple[Any, ...]) -> Person:
    name, entity, seat, language, zone, email, version = row
    return Person(person_id, name, entity, Seat(seat), language, zone, email, version)


def _place(place_id: str, row: tuple[Any, ...]) -> Place:
    kind, team_id, name, person_id, purpose, reference, version = row
    return Place(
        place_id, PlaceKind(kind), team_id, name, person_id, Purpose(purpose), reference, version
    )


_PERSON = ("name", "entity", "seat", "language", "zone", "email", "version")
_PLACE = ("kind", "team_id", "name", "person_id", "purpose", "reference", "version")


def _known_query() -> Any:
    person = [people.c[name] for name in _PERSON]
    place = [places.c[name] for name in _PLACE]
    return (
        select(*person, *place, dialogs.c.state, dialogs.c.version)
        .select_from(_one)
        .outerjoin(people, people.c.id == bindparam("person"))
        .outerjoin(places, places.c.id == bindparam("place"))
        .outerjoin(
            dialogs,
            and_(
                dialogs.c.conversation_id == bindparam("thread"),
                dialogs.c.person_id == bindparam("person"),
            ),
        )
    )


_KNOWN = _known_query()

# Statements are made once: to build one costs more than to run it.
_THIS_FORM = and_(
    dialogs.c.conversation_id == bindparam("thread"),
    dialogs.c.person_id == bindparam("person"),
    dialogs.c.version == bindparam("was"),
)
_DROP_FORM: Any = delete(dialogs).where(_THIS_FORM)
_CHANGE_FORM: Any = (
    update(dialogs)
    .where(_THIS_FORM)
    .values(state=bindparam("state"), version=bindparam("version"), at=bindparam("at"))
)
_THIS_RECEIPT = receipts.c.fingerprint == bindparam("asked")
_RECEIPT = select(receipts.c.reply, receipts.c.at).where(_THIS_RECEIPT)
_RENEW = (
    update(receipts)
    .where(_THIS_RECEIPT, receipts.c.at <= bindparam("before"))
    .values(at=bindparam("at"), reply=bindparam("reply"))
)
_SETTLE = update(receipts).where(_THIS_RECEIPT).values(reply=bindparam("reply"))
