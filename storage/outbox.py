"""The outbox: messages committed with the change that causes them, sent afterwards, each once.

The unique business key names kind, subject, occurrence and recipient, for instance
`minutes:12:circulated:<person>`; posting it again does nothing. A circulation is every key under
`minutes:12:circulated`: its list of recipients is frozen by being posted, and each recipient is
in exactly one state at any time, so that the states always sum up to the list (R2).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select, update

from storage.deferral import Deferral
from storage.inserting import insert_once
from storage.keys import under
from storage.tables_core import deliveries as table
from storage.transaction import Transaction

#: The job that delivers one row; its only argument is `delivery`, the row's number.
DELIVER = "deliver"


class State(StrEnum):
    PENDING = "pending"  # waits for its turn
    SENDING = "sending"  # claimed by a sender; found so after a crash it becomes unknown
    SENT = "sent"
    UNKNOWN = "unknown"  # perhaps sent, perhaps not: shown, never sent again blindly (L6)
    FAILED = "failed"
    UNREACHABLE = "unreachable"  # no call is made until an event clears the conversation (L7)
    SKIPPED = "skipped"  # overtaken before it left: meeting cancelled, comment given


#: States from which an operator may ask for another attempt.
AGAIN_FROM = (State.UNKNOWN, State.FAILED, State.UNREACHABLE, State.SKIPPED)


@dataclass(frozen=True)
class Delivery:
    id: int
    key: str
    conversation_id: str | None
    person_id: str | None
    activity: Mapping[str, Any]
    replaces: str | None
    state: State
    reason: str | None
    remedy: str | None
    activity_id: str | None
    attempts: int
    claim: str | None
    created_at: datetime
    sent_at: datetime | None


def as_delivery(row: Mapping[str, Any]) -> Delivery:
    return Delivery(**{**row, "state": State(row["state"])})


class Outbox:
    def __init__(self, unit: Transaction) -> None:
        self._unit = unit

    async def post(
        self,
        *,
        conversation_id: str | None,
        activity: Mapping[str, Any],
        key: str,
        person_id: str | None = None,
        replaces: str | None = None,
        reason: str | None = None,
        remedy: str | None = None,
    ) -> Delivery | None:
        """Stores a message and the job that delivers it; None when the key was posted before.

        `replaces`: key of an earlier message of the same conversation, or the id of an activity
        in it; the message then takes its place instead of being a new one (when the earlier one
        never arrived it is a new one). Without a `conversation_id` the recipient is recorded as
        unreachable at once, with the `reason` and `remedy` given.
        """
        self._unit.refuse_when_read_only()
        reachable = conversation_id is not None
        row = {
            "key": key,
            "conversation_id": conversation_id,
            "person_id": person_id,
            "activity": dict(activity),
            "replaces": replaces,
            "state": State.PENDING if reachable else State.UNREACHABLE,
            "reason": None if reachable else reason or "no conversation with this person is known",
            "remedy": None if reachable else remedy,
            "attempts": 0,
            "created_at": self._unit.now,
        }
        stored = await insert_once(self._unit.connection, table, row)
        if stored is None:
            return None
        delivery = as_delivery(dict(stored))
        if conversation_id is not None:
            await self.ask_for_delivery(delivery)
        return delivery

    async def find(self, key: str) -> Delivery | None:
        rows = await self._unit.connection.execute(select(table).where(table.c.key == key))
        row = rows.mappings().first()
        return as_delivery(dict(row)) if row else None

    async def of(self, key_prefix: str) -> list[Delivery]:
        """Every message of a key and of the keys under it, in the order they were posted."""
        rows = await self._unit.connection.execute(
            select(table).where(under(table.c.key, key_prefix)).order_by(table.c.id)
        )
        return [as_delivery(dict(row)) for row in rows.mappings()]

    async def counts(self, circulation_key: str) -> dict[State, int]:
        """How many recipients of a circulation are in each state, states with none included."""
        rows = await self._unit.connection.execute(
            select(table.c.state, func.count())
            .where(under(table.c.key, circulation_key))
            .group_by(table.c.state)
        )
        found = {State(state): count for state, count in rows}
        return {state: found.get(state, 0) for state in State}

    async def totals(self) -> dict[State, int]:
        """How many messages of all are in each state, states with none included."""
        rows = await self._unit.connection.execute(
            select(table.c.state, func.count()).group_by(table.c.state)
        )
        found = {State(state): count for state, count in rows}
        return {state: found.get(state, 0) for state in State}

    async def in_state(self, *states: State) -> list[Delivery]:
        """Every message in one of these states, for the operator who has to look at them."""
        rows = await self._unit.connection.execute(
            select(table).where(table.c.state.in_(states)).order_by(table.c.id)
        )
        return [as_delivery(dict(row)) for row in rows.mappings()]

    async def skip(self, key_prefix: str, reason: str) -> int:
        """Messages of a key, and under it, that still wait will not be sent; returns how many."""
        self._unit.refuse_when_read_only()
        done = await self._unit.connection.execute(
            update(table)
            .where(under(table.c.key, key_prefix), table.c.state == State.PENDING)
            .values(state=State.SKIPPED, reason=reason)
        )
        return done.rowcount

    async def post_again(self, key: str, *, conversation_id: str | None = None) -> Delivery | None:
        """A person's decision to send once more what is unknown, failed, unreachable or skipped.

        `conversation_id`: the conversation that is known by now, where none was. None when there
        is no such message or it is not in one of these states.
        """
        self._unit.refuse_when_read_only()
        was = await self.find(key)
        target = conversation_id or (was and was.conversation_id)
        if was is None or was.state not in AGAIN_FROM or not target:
            return None
        done = await self._unit.connection.execute(
            update(table)
            .where(table.c.id == was.id, table.c.state == was.state)
            .values(
                state=State.PENDING, conversation_id=target, reason=None, remedy=None, claim=None
            )
        )
        if done.rowcount == 0:
            return None
        again = await self.find(key)
        if again is not None:
            await self.ask_for_delivery(again)
        return again

    async def ask_for_delivery(self, delivery: Delivery) -> None:
        """Defers the job; its lock keeps the messages of one conversation in order."""
        await Deferral(self._unit).defer(
            DELIVER, {"delivery": delivery.id}, lock=f"conv:{delivery.conversation_id}"
        )
