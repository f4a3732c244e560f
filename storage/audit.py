"""The audit trail: who changed what, when, from what to what. It is only ever added to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from storage.tables_core import audit_trail
from storage.transaction import Transaction


@dataclass(frozen=True)
class AuditEntry:
    """`before` and `after` hold the changed fields only; `before` is None for an addition."""

    id: int
    at: datetime
    actor: str
    noun: str
    record_id: str
    action: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


class Audit:
    def __init__(self, unit: Transaction) -> None:
        self._unit = unit

    async def record(
        self,
        noun: str,
        record_id: object,
        action: str,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Adds one row in the unit's own transaction; `before` and `after` are plain JSON."""
        self._unit.refuse_when_read_only()
        await self._unit.connection.execute(
            insert(audit_trail),
            {
                "at": self._unit.now,
                "actor": self._unit.actor,
                "noun": noun,
                "record_id": str(record_id),
                "action": action,
                "before": before,
                "after": after,
            },
        )

    async def of(self, noun: str, record_id: object) -> list[AuditEntry]:
        """What happened to one record, oldest first."""
        rows = await self._unit.connection.execute(
            select(audit_trail)
            .where(audit_trail.c.noun == noun, audit_trail.c.record_id == str(record_id))
            .order_by(audit_trail.c.id)
        )
        return [AuditEntry(**row) for row in rows.mappings()]
