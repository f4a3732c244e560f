"""INSERT that does nothing when the row is there: the unique constraint is the lock."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


async def insert_numbered(connection: AsyncConnection, table: Table, row: Mapping[str, Any]) -> Any:
    """Inserts a row; returns its primary key, which the database may have given."""
    written = await connection.execute(insert(table), dict(row))
    key = written.inserted_primary_key
    return key[0] if key else None


async def insert_unless_there(
    connection: AsyncConnection, table: Table, row: Mapping[str, Any]
) -> bool:
    """Says whether the row is new. Another transaction's uncommitted twin is waited for."""
    on_sqlite = connection.dialect.name == "sqlite"
    insert_here = insert_on_sqlite if on_sqlite else insert_on_postgresql
    first = next(iter(table.primary_key))
    written = await connection.execute(
        insert_here(table).on_conflict_do_nothing().returning(first), dict(row)
    )
    return written.first() is not None
