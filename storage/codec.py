"""Frozen dataclasses to rows and back, by their type hints.

A converter is made once for each class and refuses at that moment what it cannot bring back
unchanged: a field without a column, or a union of two kinds that JSON would not tell apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Generic, TypeVar, get_type_hints
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, Integer, Table

from storage.plain import Decode, decoder, to_plain

T = TypeVar("T")


@dataclass(frozen=True)
class RecordCodec(Generic[T]):
    kind: type[T]
    names: tuple[str, ...]
    json_names: frozenset[str]
    decoders: Mapping[str, Decode]
    numbers_itself: bool
    has_version: bool

    def encode(self, record: T) -> dict[str, Any]:
        """The row: JSON columns as plain JSON, the others as the driver takes them."""
        return {name: self._column(name, getattr(record, name)) for name in self.names}

    def decode(self, row: Any) -> T:
        """The record; `row` is a mapping by column name."""
        values = {name: row[name] for name in self.names}
        for name, decode in self.decoders.items():
            if values[name] is not None:
                values[name] = decode(values[name])
        return self.kind(**values)

    def as_json(self, record: T) -> dict[str, Any]:
        """The whole record as plain JSON, for the audit trail."""
        return {name: to_plain(getattr(record, name)) for name in self.names}

    def differences(self, changed: T, was: T) -> list[str]:
        """Names of the fields that differ; the version is ours to count and not compared."""
        return [
            name
            for name in self.names
            if name != "version" and getattr(changed, name) != getattr(was, name)
        ]

    def _column(self, name: str, value: Any) -> Any:
        if name in self.json_names:
            return to_plain(value)
        return to_plain(value) if isinstance(value, Enum | ZoneInfo) else value


@cache
def codec_of(kind: type[T], table: Table) -> RecordCodec[T]:
    if not is_dataclass(kind):
        raise TypeError(f"{kind.__name__} is not a dataclass")
    names = tuple(field.name for field in fields(kind) if field.init)
    missing = [name for name in names if name not in table.c]
    if missing:
        raise TypeError(f"table {table.name} has no column for {', '.join(missing)}")
    hints = get_type_hints(kind)
    json_names = frozenset(name for name in names if isinstance(table.c[name].type, JSON))
    made = {name: decoder(hints[name], native=name not in json_names) for name in names}
    return RecordCodec(
        kind=kind,
        names=names,
        json_names=json_names,
        decoders={name: decode for name, decode in made.items() if decode is not None},
        numbers_itself=_numbers_itself(table),
        has_version="version" in names,
    )


def _numbers_itself(table: Table) -> bool:
    column = table.autoincrement_column
    return column is not None and column.name == "id" and isinstance(column.type, Integer)
