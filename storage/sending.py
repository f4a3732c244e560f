"""What a sender does with a row of the outbox: claims it, then records what came of it.

`pending -> sending` is committed before the call to Teams, the outcome after it. A row that a
later job finds in `sending` was left there by a process that died in between: nobody can know
whether the message was accepted, so it becomes `unknown`.
"""

from functools import cache
from typing import Any

from sqlalchemy import Update, bindparam, select, update

from storage.outbox import Delivery, State, as_delivery
from storage.tables_core import deliveries as table
from storage.transaction import Transaction

_one = select(table).where(table.c.id == bindparam("wanted"))


class Sending:
    def __init__(self, unit: Transaction) -> None:
        self._unit = unit

    async def get(self, delivery_id: int) -> Delivery | None:
        rows = await self._unit.connection.execute(_one, {"wanted": delivery_id})
        row = rows.mappings().first()
        return as_delivery(dict(row)) if row else None

    async def claim(self, delivery_id: int, claim: str) -> bool:
        """Takes a waiting message for the sender `claim`; False when somebody else has it."""
        return await self._move(
            delivery_id,
            (State.PENDING,),
            {"state": State.SENDING, "claim": claim},
        )

    async def give_back(self, delivery_id: int, claim: str) -> bool:
        """The message certainly did not leave; it waits again. False when somebody gave it up."""
        return await self._move(
            delivery_id,
            (State.SENDING,),
            {"state": State.PENDING, "claim": None},
            claim,
        )

    async def settle(
        self,
        delivery_id: int,
        claim: str,
        state: State,
        *,
        activity_id: str | None = None,
        reason: str | None = None,
        remedy: str | None = None,
    ) -> bool:
        """Records the outcome; also over `unknown`, when a slow sender was given up too early."""
        changes: dict[str, Any] = {"state": state, "reason": reason, "remedy": remedy}
        if state is State.SENT:
            changes |= {"activity_id": activity_id, "sent_at": self._unit.now}
        return await self._move(delivery_id, (State.SENDING, State.UNKNOWN), changes, claim)

    async def close(
        self, delivery_id: int, was: State, state: State, reason: str, remedy: str | None = None
    ) -> bool:
        """Ends a message that nobody is sending: from `was` to a final state."""
        changes = {"state": state, "reason": reason, "remedy": remedy}
        return await self._move(delivery_id, (was,), changes)

    async def activity_to_replace(self, delivery: Delivery) -> str | None:
        """The id of the activity whose place the message takes; None: it is a new message."""
        if delivery.replaces is None:
            return None
        rows = await self._unit.connection.execute(
            select(table.c.activity_id).where(
                table.c.key == delivery.replaces,
                table.c.conversation_id == delivery.conversation_id,
            )
        )
        row = rows.first()
        return row.activity_id if row else delivery.replaces

    async def _move(
        self,
        delivery_id: int,
        from_states: tuple[State, ...],
        changes: dict[str, Any],
        claim: str | None = None,
    ) -> bool:
        self._unit.refuse_when_read_only()
        is_attempt = changes["state"] is State.SENDING
        statement = _moving(from_states, tuple(changes), claim is not None, is_attempt)
        values = {f"new_{name}": value for name, value in changes.items()} | {"wanted": delivery_id}
        if claim is not None:
            values["by"] = claim
        return (await self._unit.connection.execute(statement, values)).rowcount > 0


@cache
def _moving(
    from_states: tuple[State, ...], changed: tuple[str, ...], is_claimed: bool, is_attempt: bool
) -> Update:
    """Made once for each kind of move."""
    statement = update(table).where(
        table.c.id == bindparam("wanted"), table.c.state.in_(from_states)
    )
    if is_claimed:
        statement = statement.where(table.c.claim == bindparam("by"))
    values: dict[str, Any] = {
        name: bindparam(f"new_{name}", type_=table.c[name].type) for name in changed
    }
    if is_attempt:
        values["attempts"] = table.c.attempts + 1
    return statement.values(**values)
