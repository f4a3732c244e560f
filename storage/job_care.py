"""Care for jobs beyond what their worker does: who died with them, what failed, what is old."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.file_lock import hold_file
from storage.job_tables import jobs, workers


@dataclass(frozen=True)
class JobInHand:
    """A job that some worker has begun; `is_stalled` when that worker gives no sign of life."""

    id: int
    worker_id: int | None
    is_stalled: bool


@dataclass(frozen=True)
class FailedJob:
    id: int
    task: str
    arguments: dict[str, Any]
    attempts: int


class JobCare:
    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def only_worker(self) -> Iterator[None]:
        """On SQLite one process works; RuntimeError when another one does. Freed by its death."""
        if not self._database.on_sqlite:
            with nullcontext():
                yield
            return
        path = self._database.path
        with hold_file(path.with_name(path.name + ".worker")):
            yield

    async def take_over_all(self) -> int:
        """At the start of the only worker: what is in hand was in the hand of one that died."""
        async with self._database.write() as connection:
            return await _put_back(connection, jobs.c.status == "doing")

    async def in_hand(self, stalled_after: float) -> list[JobInHand]:
        """`stalled_after`: seconds without a heartbeat, by the clock of the database."""
        limit = timedelta(seconds=stalled_after)
        oldest: Any = datetime.now(UTC) - limit if self._database.on_sqlite else func.now() - limit
        is_stalled = or_(workers.c.id.is_(None), workers.c.last_heartbeat < oldest)
        query = (
            select(jobs.c.id, jobs.c.worker_id, is_stalled.label("is_stalled"))
            .outerjoin(workers, workers.c.id == jobs.c.worker_id)
            .where(jobs.c.status == "doing")
        )
        async with self._database.read() as connection:
            rows = await connection.execute(query)
            return [JobInHand(row.id, row.worker_id, bool(row.is_stalled)) for row in rows]

    async def put_back(self, numbers: Sequence[int]) -> int:
        """Lets jobs in hand wait again at once; returns how many there were."""
        async with self._database.write() as connection:
            is_meant = and_(jobs.c.id.in_(numbers), jobs.c.status == "doing")
            return await _put_back(connection, is_meant)

    async def is_superseded(self, number: int) -> bool:
        """Whether a newer job of the same key waits, so that this one need not run again."""
        mine = select(jobs.c.queueing_lock).where(jobs.c.id == number).scalar_subquery()
        query = select(jobs.c.id).where(
            jobs.c.queueing_lock == mine, jobs.c.status == "todo", jobs.c.id != number
        )
        async with self._database.read() as connection:
            return (await connection.execute(query)).first() is not None

    async def failed(self) -> list[FailedJob]:
        """Jobs that were given up, the latest first."""
        query = select(jobs).where(jobs.c.status == "failed").order_by(jobs.c.id.desc())
        async with self._database.read() as connection:
            rows = await connection.execute(query)
            return [FailedJob(row.id, row.task_name, row.args, row.attempts) for row in rows]

    async def live_arguments(self, task: str) -> list[dict[str, Any]]:
        """The arguments of every job of a task that waits or runs."""
        query = select(jobs.c.args).where(
            jobs.c.task_name == task, jobs.c.status.in_(("todo", "doing"))
        )
        async with self._database.read() as connection:
            return [dict(row.args) for row in await connection.execute(query)]


async def _put_back(connection: AsyncConnection, is_meant: ColumnElement[bool]) -> int:
    """A job whose key a newer one has taken meanwhile is dropped: of a key only one may wait."""
    newer = jobs.alias()
    is_superseded = exists().where(
        newer.c.queueing_lock == jobs.c.queueing_lock, newer.c.status == "todo"
    )
    dropped = await connection.execute(delete(jobs).where(is_meant, is_superseded))
    changes = {
        "status": "todo",
        "attempts": jobs.c.attempts + 1,
        "worker_id": None,
        "scheduled_at": None,
    }
    put_back = await connection.execute(update(jobs).where(is_meant).values(**changes))
    return dropped.rowcount + put_back.rowcount
