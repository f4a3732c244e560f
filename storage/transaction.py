"""One open transaction, as the repositories see it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncConnection


class JobStore(Protocol):
    """Where jobs are kept: Procrastinate's tables, on either database."""

    async def insert(self, connection: AsyncConnection, job: "NewJob") -> int:
        """Stores the job in the transaction of `connection`; returns its number."""

    async def remove(self, connection: AsyncConnection, key: str, *, below: bool) -> int:
        """Takes away the waiting jobs of `key`, and of the keys under it when `below`."""

    def wake(self) -> None:
        """Called after a commit that stored jobs: a worker of this process looks at once."""


@dataclass(frozen=True)
class NewJob:
    task: str
    arguments: Mapping[str, Any]
    at: datetime | None = None
    key: str | None = None
    lock: str | None = None
    priority: int = 0


@dataclass
class Transaction:
    """A connection in a transaction, who acts, and what the product's clock says."""

    connection: AsyncConnection
    now: datetime
    actor: str
    job_store: JobStore
    read_only: bool = False
    #: Called in order once the transaction is committed; never when it is rolled back.
    after_commit: list[Callable[[], None]] = field(default_factory=list)

    def refuse_when_read_only(self) -> None:
        if self.read_only:
            raise RuntimeError("this unit of work was opened read_only")
