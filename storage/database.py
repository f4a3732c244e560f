"""The database of the product: one class over SQLite and PostgreSQL, which opens units of work.

Reading units and writing units have engines of their own: a reading one cannot write, neither by
mistake nor by SQL, and costs no lock. On SQLite writers of this process queue here, not in the
file.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import URL, event, make_url, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage import migration
from storage.jobs_on_postgresql import JobsOnPostgresql
from storage.jobs_on_sqlite import JobsOnSqlite
from storage.serialising import dumps
from storage.sqlite import LOCKED_FOR, Checkpoints, connected, open_sqlite
from storage.unit_of_work import UnitOfWork


class Database:
    """Made by the composition root; `start` before use, `close` at the end.

    `url`: `sqlite:///path`, `sqlite+aiosqlite:///path` or `postgresql://...`. `clock` says what
    time it is for the product; in the sandbox it may be moved.
    """

    def __init__(self, url: str, clock: Callable[[], datetime]) -> None:
        self.url = read_url(url)
        self.clock = clock
        self.on_sqlite = self.url.get_backend_name() == "sqlite"
        self.job_store = JobsOnSqlite(self) if self.on_sqlite else JobsOnPostgresql(self)
        self._readers: AsyncEngine | None = None
        self._writers: AsyncEngine | None = None
        self._checkpoints: Checkpoints | None = None
        self._turn_to_write = asyncio.Lock()
        self._writing_task: asyncio.Task[object] | None = None

    async def start(self) -> None:
        """Opens the engines; the file's folder is made when it is missing."""
        if self.on_sqlite:
            path = self.path
            path.parent.mkdir(parents=True, exist_ok=True)
            self._checkpoints = Checkpoints(path)
            self._writers = open_sqlite(self.url, writes=True)
            self._readers = open_sqlite(self.url, writes=False)
            # A reader cannot make the file, nor switch it to the write-ahead log.
            async with self.write():
                pass
        else:
            self._writers = open_postgresql(self.url, writes=True)
            self._readers = open_postgresql(self.url, writes=False)

    async def close(self) -> None:
        for engine in (self._readers, self._writers):
            if engine is not None:
                await engine.dispose()
        self._readers = self._writers = None
        if self._checkpoints is not None:
            await self._checkpoints.close()
            self._checkpoints = None

    @property
    def path(self) -> Path:
        """The SQLite file."""
        return Path(self.url.database or "")

    @asynccontextmanager
    async def unit_of_work(
        self, actor: str = "system", *, read_only: bool = False
    ) -> AsyncIterator[UnitOfWork]:
        """One transaction: commits at the end of the block, rolls back when the block raises.

        A `read_only` unit sees one state of the data, cannot write and always rolls back.
        """
        opened = self.read() if read_only else self.write()
        async with opened as connection:
            unit = UnitOfWork(connection, self.clock(), actor, self.job_store, read_only)
            yield unit
        for call in unit.after_commit:
            call()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection that cannot write."""
        engine = _started(self._readers)
        async with connected(engine) if self.on_sqlite else engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction that is committed at the end."""
        if not self.on_sqlite:
            async with _started(self._writers).begin() as connection:
                yield connection
            return
        task = asyncio.current_task()
        if task is not None and task is self._writing_task:
            raise RuntimeError("a unit of work is open in this task already; it cannot hold two")
        await self._wait_to_write()
        self._writing_task = task
        try:
            async with connected(_started(self._writers)) as connection:
                yield connection
                await connection.commit()
        finally:
            self._writing_task = None
            self._turn_to_write.release()
        if self._checkpoints is not None:
            self._checkpoints.after_commit()

    async def _wait_to_write(self) -> None:
        if not self._turn_to_write.locked():
            await self._turn_to_write.acquire()
            return
        try:
            async with asyncio.timeout(LOCKED_FOR):
                await self._turn_to_write.acquire()
        except TimeoutError as error:
            raise RuntimeError(
                "another unit of work stays open; one must not wait for what needs one itself"
            ) from error

    async def is_migrated(self) -> bool:
        """Whether the tables are those that this release was written for."""
        try:
            async with self.read() as connection:
                found = await connection.execute(text("SELECT version_num FROM alembic_version"))
                return [row.version_num for row in found] == [migration.newest()]
        except DBAPIError as error:
            if migration.says_no_such_table(error):
                return False
            raise

    async def migrate(self) -> None:
        """Brings the tables to this release's; in a thread, so that the loop goes on.

        Replicas that start together take turns (PostgreSQL), so each step runs once.
        """
        if not await self.is_migrated():
            await asyncio.to_thread(migration.upgrade, self.url)

    async def shift_jobs(self, by: timedelta) -> int:
        """Tells the waiting jobs that the product's clock was moved by `by`; returns how many.

        SQLite jobs follow the clock by themselves. PostgreSQL compares with its own clock, so
        the hours of its waiting jobs are moved the other way.
        """
        return await self.job_store.shift(by)

    def offset(self) -> timedelta:
        """How far the product's clock is ahead of the wall clock."""
        return self.clock() - datetime.now(UTC)


def read_url(url: str) -> URL:
    """The URL with the driver that we use; refuses other databases and SQLite in memory."""
    parsed = make_url(url)
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        if not parsed.database or parsed.database == ":memory:" or "mode" in parsed.query:
            raise ValueError("DATABASE_URL: SQLite needs a file, for instance sqlite:///bot.db")
        return parsed.set(drivername="sqlite")
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    raise ValueError(f"DATABASE_URL: {backend} is neither sqlite nor postgresql")


def open_postgresql(url: URL, *, writes: bool) -> AsyncEngine:
    # Instants are read back in UTC whatever the server's zone; readers are refused writes.
    options = "-c timezone=UTC" + ("" if writes else " -c default_transaction_read_only=on")
    engine = create_async_engine(
        url,
        json_serializer=dumps,
        hide_parameters=True,  # an error is logged, what members wrote is not
        pool_size=8,
        max_overflow=16,
        pool_pre_ping=True,
        connect_args={"options": options},
    )
    event.listen(engine.sync_engine, "handle_error", _hide_the_row)
    return engine


def _hide_the_row(context: ExceptionContext) -> None:
    """PostgreSQL's DETAIL shows the row that was refused, with what members wrote in it."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).split("\nDETAIL:", 1)[0], *error.args[1:])


def _started(engine: AsyncEngine | None) -> AsyncEngine:
    if engine is None:
        raise RuntimeError("the database is not started")
    return engine
