"""INSERT as we need it: numbered by the database, or doing nothing when the row is there.

Statements are made once a table: to build one costs more than to run it.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Insert, RowMapping, Table, insert
from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


async def insert_numbered(connection: AsyncConnection, table: Table, row: Mapping[str, Any]) -> Any:
    """Inserts a row; returns its primary key, which the database may have given."""
    written = await connection.execute(_plain(table), dict(row))
    key = written.inserted_primary_key
    return key[0] if key else None


async def insert_unless_there(
    connection: AsyncConnection, table: Table, row: Mapping[str, Any]
) -> bool:
    """Inserts a row; says whether it is new."""
    return await insert_once(connection, table, row) is not None


async def insert_once(
    connection: AsyncConnection, table: Table, row: Mapping[str, Any]
) -> RowMapping | None:
    """Inserts a row and returns it as stored; None when a unique constraint says it is there.

    Another transaction's uncommitted twin is waited for: the constraint is the lock.
    """
    statement = _careful(table, connection.dialect.name == "sqlite")
    return (await connection.execute(statement, dict(row))).mappings().first()


@cache
def _plain(table: Table) -> Insert:
    return insert(table)


@cache
def _careful(table: Table, on_sqlite: bool) -> Any:
    made = insert_on_sqlite(table) if on_sqlite else insert_on_postgresql(table)
    return made.on_conflict_do_nothing().returning(*table.c)
