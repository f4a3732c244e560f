"""When messages left lately: rows that several processes share, so that they share the pace."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, select, update

from storage.inserting import insert_unless_there
from storage.metadata import Json
from storage.tables_core import slots as table
from storage.transaction import Transaction

_is_wanted = table.c.name == bindparam("wanted")
_read = select(table).where(_is_wanted).with_for_update()
_save = (
    update(table)
    .where(_is_wanted)
    .values(taken=bindparam("times", type_=Json), held_until=bindparam("until"))
)


@dataclass(frozen=True)
class Slot:
    """`taken`: seconds since 1970, ascending, at which calls were or will be made."""

    name: str
    taken: tuple[float, ...] = ()
    held_until: float = 0.0


class Slots:
    def __init__(self, unit: Transaction) -> None:
        self._unit = unit

    async def lock(self, names: Sequence[str]) -> list[Slot]:
        """Reads the rows, held against other processes until the unit ends, in the order asked.

        They are locked in the order of their names, so that two processes never wait for each
        other.
        """
        self._unit.refuse_when_read_only()
        found: dict[str, Slot] = {}
        for name in sorted(names):
            row = await self._read(name)
            if row is None:
                await insert_unless_there(self._unit.connection, table, {"name": name, "taken": []})
                row = await self._read(name)
            found[name] = row or Slot(name)
        return [found[name] for name in names]

    async def save(self, slot: Slot) -> None:
        changes = {"wanted": slot.name, "times": list(slot.taken), "until": slot.held_until}
        await self._unit.connection.execute(_save, changes)

    async def forget_idle(self, before: float) -> None:
        """Drops the rows of conversations to which nothing was sent since `before` (seconds)."""
        rows = await self._unit.connection.execute(select(table))
        idle = [row.name for row in rows if max([*row.taken, row.held_until], default=0.0) < before]
        await self._unit.connection.execute(delete(table).where(table.c.name.in_(idle)))

    async def _read(self, name: str) -> Slot | None:
        rows = await self._unit.connection.execute(_read, {"wanted": name})
        row = rows.first()
        return Slot(row.name, tuple(row.taken), row.held_until) if row else None
