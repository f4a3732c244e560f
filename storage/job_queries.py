"""What Procrastinate's worker asks of jobs, answered from the SQLite file: a function a query name.

The statements follow Procrastinate's SQL functions of the same purpose (`sql/schema.sql`, 3.10).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from procrastinate import exceptions
from procrastinate.types import JobToDefer
from sqlalchemy import bindparam, case, delete, func, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.inserting import insert_numbered, insert_unless_there
from storage.job_tables import jobs_on_sqlite as jobs
from storage.job_tables import periodic_defers
from storage.metadata import UtcDateTime

Row = dict[str, Any]


@dataclass(frozen=True)
class Moment:
    """`product`: what jobs are due by. `wall`: what heartbeats go by; nobody moves it."""

    product: datetime
    wall: datetime = field(default_factory=lambda: datetime.now(UTC))


# The states stand in the text, not beside it: SQLite uses a partial index only for a condition
# that it can read.
_CANDIDATE = """
SELECT id FROM procrastinate_jobs AS job
WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= :now) {queues}
AND NOT EXISTS (
    SELECT 1 FROM procrastinate_jobs AS other
    WHERE other.lock = job.lock AND other.status IN ('todo', 'doing')
    AND (other.status = 'doing' OR other.priority > job.priority
         OR (other.priority = job.priority AND other.id < job.id))
)
ORDER BY priority DESC, id LIMIT 1
"""
_now = bindparam("now", type_=UtcDateTime())
_candidate = text(_CANDIDATE.format(queues="")).bindparams(_now)
_candidate_of_queues = text(_CANDIDATE.format(queues="AND queue_name IN :queues")).bindparams(
    _now, bindparam("queues", expanding=True)
)
_fetch = (
    update(jobs)
    .where(jobs.c.id == bindparam("number"))
    .values(status="doing", worker_id=bindparam("worker"), started_at=bindparam("at"))
    .returning(*jobs.c)
)
_is_to_finish = (jobs.c.id == bindparam("number")) & jobs.c.status.in_(("todo", "doing"))
_forget = delete(jobs).where(_is_to_finish).returning(jobs.c.id)


async def candidate(
    connection: AsyncConnection, moment: Moment, *, queues: Iterable[str] | None, worker_id: int
) -> list[Row]:
    """The first due job, unless its lock is held or an earlier job waits for the same lock."""
    if queues is None:
        found = await connection.execute(_candidate, {"now": moment.product})
    else:
        wanted = {"now": moment.product, "queues": list(queues)}
        found = await connection.execute(_candidate_of_queues, wanted)
    return [{"id": number} for number in found.scalars()]


async def fetch_job(
    connection: AsyncConnection, moment: Moment, *, queues: Iterable[str] | None, worker_id: int
) -> list[Row]:
    found = await candidate(connection, moment, queues=queues, worker_id=worker_id)
    if not found:
        return [no_job_is_due()]
    taken = {"number": found[0]["id"], "worker": worker_id, "at": moment.wall}
    return [dict(row) for row in (await connection.execute(_fetch, taken)).mappings()]


def no_job_is_due() -> Row:
    """Procrastinate's function answers with a row of NULLs."""
    return dict.fromkeys(jobs.c.keys())


async def defer_jobs(
    connection: AsyncConnection, moment: Moment, *, jobs: Sequence[JobToDefer]
) -> list[Row]:
    return [{"id": await _insert(connection, **job._asdict())} for job in jobs]


async def defer_periodic_job(
    connection: AsyncConnection,
    moment: Moment,
    *,
    task_name: str,
    periodic_id: str,
    defer_timestamp: int,
    queue: str,
    priority: int,
    lock: str | None,
    queueing_lock: str | None,
    args: Row,
) -> list[Row]:
    tick = {
        "task_name": task_name,
        "periodic_id": periodic_id,
        "defer_timestamp": defer_timestamp,
    }
    if not await insert_unless_there(connection, periodic_defers, tick):
        return [{"id": None}]
    number = await _insert(
        connection,
        queue_name=queue,
        task_name=task_name,
        priority=priority,
        lock=lock,
        queueing_lock=queueing_lock,
        args=args,
        scheduled_at=None,
    )
    await connection.execute(
        delete(periodic_defers).where(
            periodic_defers.c.task_name == task_name,
            periodic_defers.c.periodic_id == periodic_id,
            periodic_defers.c.defer_timestamp < defer_timestamp,
        )
    )
    return [{"id": number}]


async def finish_job(
    connection: AsyncConnection, moment: Moment, *, job_id: int, status: str, delete_job: bool
) -> list[Row]:
    if delete_job:
        gone = await connection.execute(_forget, {"number": job_id})
        return _must_be_one([{"id": number} for number in gone.scalars()], job_id)
    is_meant = (jobs.c.id == job_id) & jobs.c.status.in_(("todo", "doing"))
    attempts = case((jobs.c.status == "doing", jobs.c.attempts + 1), else_=jobs.c.attempts)
    changes = {
        "status": status,
        "abort_requested": False,
        "attempts": attempts,
        "finished_at": moment.wall,
    }
    changed = update(jobs).where(is_meant).values(**changes).returning(jobs.c.id)
    return _must_be_one(await rows_of(connection, changed), job_id)


async def retry_job(
    connection: AsyncConnection,
    moment: Moment,
    *,
    job_id: int,
    retry_at: datetime,
    new_priority: int | None,
    new_queue_name: str | None,
    new_lock: str | None,
) -> list[Row]:
    """A job that runs or has failed waits again; one that was to be aborted fails instead."""
    is_to_end = (jobs.c.status == "doing") & jobs.c.abort_requested
    changes = {
        "status": case((is_to_end, "failed"), else_="todo"),
        "abort_requested": False,
        "attempts": case((is_to_end, jobs.c.attempts), else_=jobs.c.attempts + 1),
        "scheduled_at": case((is_to_end, jobs.c.scheduled_at), else_=retry_at),
        "priority": func.coalesce(new_priority, jobs.c.priority),
        "queue_name": func.coalesce(new_queue_name, jobs.c.queue_name),
        "lock": func.coalesce(new_lock, jobs.c.lock),
        "finished_at": case((is_to_end, moment.wall), else_=None),
    }
    changed = (
        update(jobs)
        .where(jobs.c.id == job_id, jobs.c.status.in_(("doing", "failed")))
        .values(**changes)
        .returning(jobs.c.id)
    )
    return _must_be_one(await rows_of(connection, changed), job_id)


async def cancel_job(
    connection: AsyncConnection, moment: Moment, *, job_id: int, abort: bool, delete_job: bool
) -> list[Row]:
    waiting = (jobs.c.id == job_id) & (jobs.c.status == "todo")
    if delete_job:
        cancelled: Any = delete(jobs).where(waiting).returning(jobs.c.id)
    else:
        changes = {"status": "cancelled", "finished_at": moment.wall}
        cancelled = update(jobs).where(waiting).values(**changes).returning(jobs.c.id)
    found = await rows_of(connection, cancelled)
    if not found and abort:
        running = (jobs.c.id == job_id) & (jobs.c.status == "doing")
        asked = update(jobs).where(running).values(abort_requested=True).returning(jobs.c.id)
        found = await rows_of(connection, asked)
    return found or [{"id": None}]


async def _insert(connection: AsyncConnection, **job: Any) -> int:
    row = {**job, "status": "todo", "attempts": 0, "abort_requested": False}
    return int(await insert_numbered(connection, jobs, row))


async def rows_of(connection: AsyncConnection, statement: Any) -> list[Row]:
    return [dict(row) for row in (await connection.execute(statement)).mappings()]


def _must_be_one(rows: list[Row], job_id: int) -> list[Row]:
    if not rows:
        raise exceptions.ConnectorException(f"job {job_id} is not in hand any more")
    return rows
