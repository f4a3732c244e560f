"""A generic repository: rows as frozen dataclasses, versions checked, changes audited."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import ColumnElement, Select, Table, bindparam, delete, select, update

from coalition.errors import Stale
from storage.audit import Audit
from storage.codec import RecordCodec, codec_of
from storage.inserting import insert_numbered
from storage.transaction import Transaction


class Record(Protocol):
    """A frozen dataclass with an `id`; one that two people can change also has a `version`."""

    @property
    def id(self) -> Any: ...


T = TypeVar("T", bound=Record)


class Records(Generic[T]):
    """The stored collection of one noun.

    Fields and columns have the same names. Tuples, mappings, dataclasses and enumerations are
    kept in JSON columns; they are converted by the dataclass's type hints.
    """

    def __init__(self, unit: Transaction, table: Table, kind: type[T]) -> None:
        self._unit = unit
        self._table = table
        self._codec: RecordCodec[T] = codec_of(kind, table)

    async def get(self, record_id: object) -> T | None:
        """The record, or None."""
        rows = await self._unit.connection.execute(_by_id(self._table), {"wanted": record_id})
        row = rows.first()
        return None if row is None else self._codec.decode(row._mapping)

    async def find(
        self,
        *where: ColumnElement[bool],
        order_by: Any = None,
        limit: int | None = None,
    ) -> list[T]:
        """The records that meet all conditions, by id unless `order_by` says otherwise."""
        query = select(self._table).where(*where)
        if order_by is None:
            query = query.order_by(self._table.c.id)
        else:
            query = query.order_by(*(order_by if isinstance(order_by, tuple) else (order_by,)))
        rows = await self._unit.connection.execute(query.limit(limit))
        return [self._codec.decode(row._mapping) for row in rows]

    async def rows(self, statement: Select[Any], **values: Any) -> list[T]:
        """The records of a statement that was made once; to make one costs as much as to run it."""
        found = await self._unit.connection.execute(statement, values)
        return [self._codec.decode(row._mapping) for row in found]

    async def add(self, record: T) -> T:
        """Stores a new record; returns it with its number when the table gives numbers."""
        self._unit.refuse_when_read_only()
        row = self._codec.encode(record)
        if self._codec.numbers_itself and not row["id"]:
            del row["id"]
        number = await insert_numbered(self._unit.connection, self._table, row)
        added: T = replace(record, id=number)  # type: ignore[type-var]
        await self._remember(added, "add", None, self._codec.as_json(added))
        return added

    async def save(self, changed: T, was: T) -> T:
        """Stores what differs from `was`; returns the record with its new version.

        Raises Stale when the stored version is not `was`'s any more: somebody else was quicker.
        """
        self._unit.refuse_when_read_only()
        differences = self._codec.differences(changed, was)
        if not differences:
            return was
        table, codec = self._table, self._codec
        row = codec.encode(changed)
        values = {name: row[name] for name in differences}
        statement = update(table).where(table.c.id == was.id)
        if codec.has_version:
            version = was.version  # type: ignore[attr-defined]
            statement = statement.where(table.c.version == version)
            values["version"] = version + 1
            changed = replace(changed, version=version + 1)  # type: ignore[type-var]
        done = await self._unit.connection.execute(statement.values(**values))
        if done.rowcount != 1:
            raise Stale(f"{table.name} {was.id} was changed meanwhile")
        before, after = codec.as_json(was), codec.as_json(changed)
        await self._remember(
            was,
            "save",
            {name: before[name] for name in differences},
            {name: after[name] for name in differences},
        )
        return changed

    async def remove(self, was: T) -> None:
        """Takes the record away; its last state stays in the audit trail. Raises Stale."""
        self._unit.refuse_when_read_only()
        statement = delete(self._table).where(self._table.c.id == was.id)
        if self._codec.has_version:
            statement = statement.where(self._table.c.version == was.version)  # type: ignore[attr-defined]
        done = await self._unit.connection.execute(statement)
        if done.rowcount != 1:
            raise Stale(f"{self._table.name} {was.id} was changed meanwhile")
        await self._remember(was, "remove", self._codec.as_json(was), None)

    async def _remember(
        self,
        record: T,
        action: str,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
    ) -> None:
        await Audit(self._unit).record(self._table.name, record.id, action, before, after)


@cache
def _by_id(table: Table) -> Select[Any]:
    """Made once a table: building a statement costs more than running it."""
    return select(table).where(table.c.id == bindparam("wanted"))
