"""What Procrastinate asks beside the jobs' own course: lists, old jobs, workers' signs of life."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.job_queries import Moment, Row, rows_of
from storage.job_tables import jobs_on_sqlite as jobs
from storage.job_tables import workers


async def get_job_status(connection: AsyncConnection, moment: Moment, *, job_id: int) -> list[Row]:
    return await rows_of(connection, select(jobs.c.status).where(jobs.c.id == job_id))


async def list_jobs(connection: AsyncConnection, moment: Moment, **wanted: object) -> list[Row]:
    conditions = [jobs.c[name] == value for name, value in wanted.items() if value is not None]
    return await rows_of(connection, select(jobs).where(*conditions).order_by(jobs.c.id))


async def list_jobs_to_abort(
    connection: AsyncConnection, moment: Moment, *, queue_name: str | None
) -> list[Row]:
    query = select(jobs.c.id).where(jobs.c.status == "doing", jobs.c.abort_requested)
    if queue_name is not None:
        query = query.where(jobs.c.queue_name == queue_name)
    return await rows_of(connection, query)


async def count_jobs_status(connection: AsyncConnection, moment: Moment) -> list[Row]:
    query = select(func.count().label("count"), jobs.c.status).group_by(jobs.c.status)
    return await rows_of(connection, query)


async def delete_old_jobs(
    connection: AsyncConnection,
    moment: Moment,
    *,
    nb_hours: int,
    queue: str | None,
    statuses: Sequence[str],
) -> list[Row]:
    old = delete(jobs).where(
        jobs.c.status.in_(statuses),
        jobs.c.finished_at < moment.wall - timedelta(hours=nb_hours),
    )
    if queue is not None:
        old = old.where(jobs.c.queue_name == queue)
    await connection.execute(old)
    return []


async def select_stalled_jobs_by_heartbeat(
    connection: AsyncConnection,
    moment: Moment,
    *,
    queue: str | None,
    task_name: str | None,
    seconds_since_heartbeat: float,
) -> list[Row]:
    alive = select(workers.c.id).where(
        workers.c.last_heartbeat >= moment.wall - timedelta(seconds=seconds_since_heartbeat)
    )
    query = select(jobs).where(
        jobs.c.status == "doing",
        or_(jobs.c.worker_id.is_(None), jobs.c.worker_id.not_in(alive)),
    )
    if queue is not None:
        query = query.where(jobs.c.queue_name == queue)
    if task_name is not None:
        query = query.where(jobs.c.task_name == task_name)
    return await rows_of(connection, query)


async def register_worker(connection: AsyncConnection, moment: Moment) -> list[Row]:
    added = insert(workers).values(last_heartbeat=moment.wall)
    return await rows_of(connection, added.returning(workers.c.id.label("worker_id")))


async def unregister_worker(
    connection: AsyncConnection, moment: Moment, *, worker_id: int
) -> list[Row]:
    await connection.execute(delete(workers).where(workers.c.id == worker_id))
    return []


async def update_heartbeat(
    connection: AsyncConnection, moment: Moment, *, worker_id: int
) -> list[Row]:
    await connection.execute(
        update(workers).where(workers.c.id == worker_id).values(last_heartbeat=moment.wall)
    )
    return []


async def prune_stalled_workers(
    connection: AsyncConnection, moment: Moment, *, seconds_since_heartbeat: float
) -> list[Row]:
    gone = delete(workers).where(
        workers.c.last_heartbeat < moment.wall - timedelta(seconds=seconds_since_heartbeat)
    )
    return await rows_of(connection, gone.returning(workers.c.id.label("worker_id")))


async def check_connection(connection: AsyncConnection, moment: Moment) -> list[Row]:
    await connection.execute(select(jobs.c.id).limit(1))
    return [{"check": jobs.name}]
