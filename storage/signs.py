"""Signs of life: when something that should run by itself last ran."""

from datetime import datetime

from sqlalchemy import select, update

from storage.inserting import insert_unless_there
from storage.tables_core import signs_of_life as table
from storage.transaction import Transaction


class Signs:
    def __init__(self, unit: Transaction) -> None:
        self._unit = unit

    async def give(self, name: str, at: datetime) -> None:
        """`at`: by the wall clock, which tells the living from the dead even in the sandbox."""
        self._unit.refuse_when_read_only()
        if not await insert_unless_there(self._unit.connection, table, {"name": name, "at": at}):
            await self._unit.connection.execute(
                update(table).where(table.c.name == name).values(at=at)
            )

    async def last(self, name: str) -> datetime | None:
        rows = await self._unit.connection.execute(select(table.c.at).where(table.c.name == name))
        row = rows.first()
        return row.at if row else None
