"""Procrastinate's connector for SQLite: the unmodified worker runs on our file, in one process.

Procrastinate asks by SQL text; each text has a name in `procrastinate.sql.queries`, and each name
that a worker uses is a function named in `job_names`. Upstream does not promise these names: the
minor version is pinned and a test compares them.
"""

import json
from collections.abc import Iterable
from typing import Any

from procrastinate import exceptions, sql
from procrastinate.connector import BaseAsyncConnector, Notify
from procrastinate.manager import QUEUEING_LOCK_CONSTRAINT
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.job_names import QUERIES, READ_ONLY
from storage.job_queries import Moment, Row, no_job_is_due
from storage.jobs_on_sqlite import JobsOnSqlite

NAMES: dict[str, str] = {text: name for name, text in sql.queries.items()}


class SqliteConnector(BaseAsyncConnector):
    def __init__(self, store: JobsOnSqlite) -> None:
        self._store = store
        self._database = store.database
        self._is_busy = False

    async def open_async(self, pool: Any | None = None) -> None:
        """The database is open already."""

    async def close_async(self) -> None:
        """The database is closed by who opened it."""

    async def execute_query_async(self, query: str, **arguments: Any) -> None:
        await self.execute_query_all_async(query, **arguments)

    async def execute_query_one_async(self, query: str, **arguments: Any) -> Row:
        rows = await self.execute_query_all_async(query, **arguments)
        if not rows:
            raise exceptions.NoResult
        return rows[0]

    async def execute_query_all_async(self, query: str, **arguments: Any) -> list[Row]:
        name = NAMES[query]
        try:
            if name in READ_ONLY:
                async with self._database.read() as connection:
                    return await self._run(connection, name, arguments)
            if name == "fetch_job":
                return await self._fetch(arguments)
            async with self._database.write() as connection:
                return await self._run(connection, name, arguments)
        except IntegrityError as error:
            raise exceptions.UniqueViolation(
                constraint_name=QUEUEING_LOCK_CONSTRAINT,
                queueing_lock=arguments.get("queueing_lock"),
            ) from error
        except DBAPIError as error:
            raise exceptions.ConnectorException(str(error.orig)) from error

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:
        """Passes on that jobs were stored by this process, the only one there is."""
        channel = next(iter(channels))
        news = json.dumps({"type": "job_inserted", "job_id": 0})
        while True:
            await self._store.news.wait()
            self._store.news.clear()
            await on_notification(channel=channel, payload=news)

    async def _fetch(self, arguments: dict[str, Any]) -> list[Row]:
        """Asked every second: looks first without the lock of writers, unless there was a job."""
        if not self._is_busy:
            async with self._database.read() as connection:
                if not await self._run(connection, "candidate", arguments):
                    return [no_job_is_due()]
        async with self._database.write() as connection:
            rows = await self._run(connection, "fetch_job", arguments)
        self._is_busy = rows[0]["id"] is not None
        return rows

    async def _run(
        self, connection: AsyncConnection, name: str, arguments: dict[str, Any]
    ) -> list[Row]:
        return await QUERIES[name](connection, Moment(self._database.clock()), **arguments)
