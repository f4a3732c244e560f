"""Jobs in Procrastinate's own tables, deferred in the transaction of the change that asks."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, Protocol

from sqlalchemy import URL, collate, delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.job_tables import jobs
from storage.keys import under
from storage.transaction import NewJob


class Opens(Protocol):
    """What is needed of the database."""

    url: URL

    def write(self) -> AbstractAsyncContextManager[AsyncConnection]: ...
    def offset(self) -> timedelta: ...


class JobsOnPostgresql:
    """PostgreSQL compares the hours of jobs with its own clock, so they are stored in its time."""

    def __init__(self, database: Opens, wall_clock: Callable[[], datetime] | None = None) -> None:
        self.database = database
        self.wall_clock = wall_clock or (lambda: datetime.now(UTC))

    async def insert(self, connection: AsyncConnection, job: NewJob) -> int:
        from procrastinate.jobs import Job

        if job.key is not None:
            # Two replicas that move the same meeting: the second one waits here, sees the job of
            # the first, and replaces it.
            await connection.execute(
                select(func.pg_advisory_xact_lock(func.hashtextextended(job.key, 0)))
            )
            await self.remove(connection, job.key, below=False)
        deferred = await self._manager.defer_job_async(
            Job(
                queue="default",
                task_name=job.task,
                priority=job.priority,
                lock=job.lock,
                queueing_lock=job.key,
                task_kwargs=dict(job.arguments),
                scheduled_at=job.at and job.at - self.database.offset(),
            ),
            connection=(await connection.get_raw_connection()).driver_connection,
        )
        return int(deferred.id)

    async def remove(self, connection: AsyncConnection, key: str, *, below: bool) -> int:
        column = collate(jobs.c.queueing_lock, "C")
        is_meant = under(column, key) if below else column == key
        gone = await connection.execute(delete(jobs).where(jobs.c.status == "todo", is_meant))
        return gone.rowcount

    def wake(self) -> None:
        """Procrastinate's trigger notifies every worker at the commit."""

    async def notify(self) -> None:
        """Makes every worker look for due jobs now."""
        async with self.database.write() as connection:
            news = '{"type":"job_inserted","job_id":0}'
            await connection.execute(
                text("SELECT pg_notify('procrastinate_any_queue_v1', :news)"), {"news": news}
            )

    async def shift(self, by: timedelta) -> int:
        async with self.database.write() as connection:
            done = await connection.execute(
                update(jobs)
                .where(jobs.c.status == "todo", jobs.c.scheduled_at.is_not(None))
                .values(scheduled_at=jobs.c.scheduled_at - by)
            )
        await self.notify()
        return done.rowcount

    def early_by(self, scheduled_at: datetime) -> float:
        """Seconds that the server's clock is ahead of ours for a job that it says is due.

        A handler that reads our clock would find that it is not time yet, and do nothing. A
        minute at most: clocks further apart are a defect that waiting does not mend.
        """
        early = (scheduled_at - self.wall_clock()).total_seconds()
        return min(max(0.0, early), 60.0)

    def retry_at(self, seconds: float) -> datetime:
        return self.wall_clock() + timedelta(seconds=seconds)

    def connector(self) -> Any:
        """The connector for Procrastinate, with a small pool of its own."""
        from procrastinate import PsycopgConnector

        url = self.database.url.set(drivername="postgresql")
        return PsycopgConnector(
            conninfo=url.render_as_string(hide_password=False), min_size=1, max_size=4
        )

    @cached_property
    def _manager(self) -> Any:
        from procrastinate.manager import JobManager

        return JobManager(self.connector())
