"""Numbers of a year's records, without gaps or repeats."""

from sqlalchemy import text

from storage.transaction import Transaction

_NEXT = text(
    "INSERT INTO counters (name, value) VALUES (:name, 1)"
    " ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value"
)


async def next_of(unit: Transaction, name: str) -> int:
    """The next number of a series; given back when the unit of work is rolled back."""
    unit.refuse_when_read_only()
    row = await unit.connection.execute(_NEXT, {"name": name})
    return int(row.scalar_one())
