"""Later work, asked for in the same transaction as the change that asks for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage.transaction import NewJob, Transaction


class Deferral:
    def __init__(self, unit: Transaction) -> None:
        self._unit = unit

    async def defer(
        self,
        task: str,
        arguments: Mapping[str, Any],
        *,
        at: datetime | None = None,
        key: str | None = None,
        lock: str | None = None,
        priority: int = 0,
    ) -> int:
        """Stores a job and returns its number; it runs after the commit, not before `at`.

        `arguments` are plain JSON and are seen in logs: numbers of records, no texts. `at` is an
        instant of the product's clock. Of one `key` only one job waits: deferring it again puts
        the new one in place of the waiting one. Jobs of one `lock` run in order, one at a time;
        a scheduled job may not hold one, because it would hold back every ready job of the same
        lock until its hour (procrastinate #1599).
        """
        self._unit.refuse_when_read_only()
        if at is not None and at.utcoffset() is None:
            raise ValueError("the instant of a job needs a zone")
        if at is not None and lock is not None:
            raise ValueError(f"{task}: a scheduled job may not hold a lock")
        job = NewJob(task, arguments, at, key, lock, priority)
        number = await self._unit.job_store.insert(self._unit.connection, job)
        self._unit.after_commit.append(self._unit.job_store.wake)
        return number

    async def cancel(self, key_prefix: str) -> int:
        """Takes away the waiting jobs of a key and of all keys under it; returns how many.

        `meeting:1` means `meeting:1` and `meeting:1:...`, never `meeting:12`.
        """
        self._unit.refuse_when_read_only()
        key = key_prefix.removesuffix(":")
        return await self._unit.job_store.remove(self._unit.connection, key, below=True)
