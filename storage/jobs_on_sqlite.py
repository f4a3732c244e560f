"""Jobs kept in the SQLite file, deferred in the transaction of the change that asks for them."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.inserting import insert_numbered
from storage.job_tables import jobs_on_sqlite as jobs
from storage.keys import under
from storage.transaction import NewJob


class Opens(Protocol):
    """What is needed of the database."""

    clock: Callable[[], datetime]

    def read(self) -> AbstractAsyncContextManager[AsyncConnection]: ...
    def write(self) -> AbstractAsyncContextManager[AsyncConnection]: ...


class JobsOnSqlite:
    def __init__(self, database: Opens) -> None:
        self.database = database
        self.news = asyncio.Event()

    async def insert(self, connection: AsyncConnection, job: NewJob) -> int:
        if job.key is not None:
            await self.remove(connection, job.key, below=False)
        number = await insert_numbered(
            connection,
            jobs,
            {
                "queue_name": "default",
                "task_name": job.task,
                "priority": job.priority,
                "lock": job.lock,
                "queueing_lock": job.key,
                "args": dict(job.arguments),
                "status": "todo",
                "scheduled_at": job.at,
                "attempts": 0,
                "abort_requested": False,
            },
        )
        return int(number)

    async def remove(self, connection: AsyncConnection, key: str, *, below: bool) -> int:
        column = jobs.c.queueing_lock
        is_meant = under(column, key) if below else column == key
        gone = await connection.execute(delete(jobs).where(jobs.c.status == "todo", is_meant))
        return gone.rowcount

    def wake(self) -> None:
        self.news.set()

    async def notify(self) -> None:
        self.wake()

    async def shift(self, by: timedelta) -> int:
        """Nothing to move: the connector compares the hours of jobs with the product's clock."""
        self.wake()
        return 0

    def early_by(self, scheduled_at: datetime) -> float:
        """Jobs are due by the clock that handlers read, never early by it."""
        return 0.0

    def retry_at(self, seconds: float) -> datetime:
        return self.database.clock() + timedelta(seconds=seconds)

    def connector(self) -> Any:
        """The connector for Procrastinate; imported late, it is needed by workers only."""
        from storage.job_connector import SqliteConnector

        return SqliteConnector(self)
