"""SQLite inside the event loop: an asyncio dialect without threads, and the file's settings.

aiosqlite sends every cursor call to a thread and back; a statement on a small local file costs
less than that hop. Nothing here waits in the loop: a locked file is asked for again after a
sleep, and the flush to the disk (the WAL checkpoint) runs in a thread.
"""

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, AsyncAdaptedQueuePool, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.util import await_only

from storage.serialising import dumps

OLDEST = (3, 35, 0)  # RETURNING
LOCKED_FOR = 30.0  # seconds that a writing unit waits for another process
COMMITS_A_CHECKPOINT = 400


class Nothing:
    """Awaited, it is there at once: the event loop is not gone through."""

    def __await__(self) -> Iterator[None]:
        return iter(())


NOTHING: Any = Nothing()


class Cursor(sqlite3.Cursor):
    """Reads its rows at once, as SQLAlchemy expects of an asyncio driver: a statement left half
    read would keep its connection in the past."""

    _rows: deque[Any] | None = None

    async def _async_soft_close(self) -> None:
        self._rows = deque(super().fetchall())

    def fetchone(self) -> Any:
        if self._rows is None:
            return super().fetchone()
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        if self._rows is None:
            return super().fetchmany(size)
        return [self._rows.popleft() for _ in range(min(size or 1, len(self._rows)))]

    def fetchall(self) -> list[Any]:
        if self._rows is None:
            return super().fetchall()
        rows, self._rows = list(self._rows), deque()
        return rows


class Connection(sqlite3.Connection):
    def cursor(self, factory: Any = Cursor) -> Any:
        return super().cursor(factory)


class InlineSqlite(SQLiteDialect_pysqlite):
    """The standard driver, called where we are: SQLAlchemy's greenlet never has to switch."""

    driver = "inline"
    is_async = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, url: URL) -> type[AsyncAdaptedQueuePool]:
        return AsyncAdaptedQueuePool

    def get_driver_connection(self, connection: Any) -> Any:
        return connection

    def do_execute(self, *arguments: Any) -> None:
        await_only(NOTHING)  # SQLAlchemy insists that a statement awaits something
        super().do_execute(*arguments)  # type: ignore[no-untyped-call]

    def do_executemany(self, *arguments: Any) -> None:
        await_only(NOTHING)
        super().do_executemany(*arguments)  # type: ignore[no-untyped-call]

    def do_execute_no_params(self, *arguments: Any) -> None:
        await_only(NOTHING)
        super().do_execute_no_params(*arguments)  # type: ignore[no-untyped-call]


registry.register("sqlite.inline", __name__, "InlineSqlite")


def open_sqlite(url: URL, *, writes: bool) -> AsyncEngine:
    """The engine for reading units, or the one for writing units, of the file in `url`."""
    if sqlite3.sqlite_version_info < OLDEST:
        raise RuntimeError(f"SQLite {sqlite3.sqlite_version} is too old; 3.35 or later is needed")
    engine = create_async_engine(
        url.set(drivername="sqlite+inline"),
        json_serializer=dumps,
        hide_parameters=True,  # an error is logged, what members wrote is not
        connect_args={"factory": Connection, "check_same_thread": False},
        pool_size=1 if writes else 8,
        max_overflow=0 if writes else 24,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def settle(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, in `begin`
        for pragma in (
            f"busy_timeout={0 if writes else 250}",
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            "wal_autocheckpoint=0",
            f"query_only={'OFF' if writes else 'ON'}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        raw = connection.connection.driver_connection
        if writes:
            _begin_writing(raw)
        else:
            raw.execute("BEGIN")

    return engine


def _begin_writing(connection: sqlite3.Connection) -> None:
    """BEGIN IMMEDIATE; when another process holds the file, asks again without blocking."""
    give_up_at = time.monotonic() + LOCKED_FOR
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError as error:
            if (
                error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY
                or time.monotonic() > give_up_at
            ):
                raise
        await_only(asyncio.sleep(0.02))


@asynccontextmanager
async def connected(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection in a transaction, rolled back unless it is committed.

    SQLAlchemy's own `async with` closes in a task of its own, so that a cancellation cannot
    interrupt it; closing never waits here, so nothing can, and a task less is a quarter less work.
    """
    connection = engine.connect()
    await connection.start()
    try:
        yield connection
    finally:
        await connection.close()


class Checkpoints:
    """Moves the write-ahead log into the file, in a thread, because that waits for the disk.

    PASSIVE blocks nobody; once all is moved the next writer begins at the log's start again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._commits = 0
        self._running: asyncio.Task[None] | None = None

    def after_commit(self) -> None:
        self._commits += 1
        if self._commits < COMMITS_A_CHECKPOINT or (self._running and not self._running.done()):
            return
        self._commits = 0
        self._running = asyncio.create_task(asyncio.to_thread(self._checkpoint, "PASSIVE"))

    async def close(self) -> None:
        if self._running is not None:
            await asyncio.gather(self._running, return_exceptions=True)
        if self._path.exists():
            await asyncio.to_thread(self._checkpoint, "TRUNCATE")

    def _checkpoint(self, how: str) -> None:
        connection = sqlite3.connect(self._path, timeout=5)
        try:
            connection.execute(f"PRAGMA wal_checkpoint({how})")
        finally:
            connection.close()
