"""Which conversations no message reaches, why, what helps, and the event that clears it (R1)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from storage.tables_core import unreachable_conversations as table
from storage.transaction import Transaction

_one = select(table).where(table.c.conversation_id == bindparam("wanted"))


@dataclass(frozen=True)
class UnreachableConversation:
    conversation_id: str
    reason: str
    remedy: str
    since: datetime
    delivery_id: int | None = None


class Reachability:
    def __init__(self, unit: Transaction) -> None:
        self._unit = unit

    async def find(self, conversation_id: str) -> UnreachableConversation | None:
        rows = await self._unit.connection.execute(_one, {"wanted": _whole(conversation_id)})
        row = rows.mappings().first()
        return UnreachableConversation(**row) if row else None

    async def all(self) -> list[UnreachableConversation]:
        """Every conversation that cannot be reached now, the longest unreachable first."""
        rows = await self._unit.connection.execute(select(table).order_by(table.c.since))
        return [UnreachableConversation(**row) for row in rows.mappings()]

    async def close(
        self, conversation_id: str, reason: str, remedy: str, delivery_id: int | None = None
    ) -> None:
        """From now on no call is made to this conversation, until `clear`."""
        self._unit.refuse_when_read_only()
        if await self.find(conversation_id):
            return
        await self._unit.connection.execute(
            insert(table),
            {
                "conversation_id": _whole(conversation_id),
                "reason": reason,
                "remedy": remedy,
                "since": self._unit.now,
                "delivery_id": delivery_id,
            },
        )

    async def clear(self, conversation_id: str) -> bool:
        """An event (installed again, wrote to us) says that messages arrive again.

        Says whether the conversation was unreachable. What was missed meanwhile stays listed as
        unreachable: whoever circulated it decides what is still worth sending.
        """
        self._unit.refuse_when_read_only()
        gone = await self._unit.connection.execute(
            delete(table).where(table.c.conversation_id == _whole(conversation_id))
        )
        return gone.rowcount > 0


def _whole(conversation_id: str) -> str:
    """A channel is reached or not with all its threads: `19:...@thread.tacv2;messageid=1`."""
    return conversation_id.partition(";")[0]
