"""Units of work on both engines."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.database import Database, read_url


async def post(database: Database, key: str) -> None:
    async with database.unit_of_work("ana") as unit:
        await unit.outbox.post(conversation_id="c1", activity={"text": "hello"}, key=key)


async def keys(database: Database) -> list[str]:
    async with database.unit_of_work(read_only=True) as unit:
        return [delivery.key for delivery in await unit.outbox.of("k")]


async def test_a_unit_commits_at_its_end(database):
    await post(database, "k:1")
    assert await keys(database) == ["k:1"]


async def test_a_unit_that_raises_leaves_nothing_neither_message_nor_job_nor_audit(database):
    async def fail() -> None:
        async with database.unit_of_work("ana") as unit:
            await unit.outbox.post(conversation_id="c1", activity={}, key="k:1")
            await unit.audit.record("meetings", 1, "add")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with database.unit_of_work(read_only=True) as unit:
        assert await unit.outbox.of("k") == []
        assert await unit.audit.of("meetings", 1) == []
        jobs = await unit.connection.execute(text("SELECT count(*) FROM procrastinate_jobs"))
        assert jobs.scalar_one() == 0


async def test_a_reading_unit_cannot_write_even_by_sql(database):
    with pytest.raises(DBAPIError, match=r"read-?only"):
        async with database.unit_of_work(read_only=True) as unit:
            await unit.connection.execute(text("DELETE FROM deliveries"))
    with pytest.raises(RuntimeError, match="read_only"):
        async with database.unit_of_work(read_only=True) as unit:
            await unit.outbox.post(conversation_id="c", activity={}, key="k")


async def test_readers_go_on_while_a_writer_is_open(database):
    await post(database, "k:1")
    async with database.unit_of_work() as unit:
        await unit.outbox.post(conversation_id="c1", activity={}, key="k:2")
        assert await asyncio.create_task(keys(database)) == ["k:1"]
    assert await keys(database) == ["k:1", "k:2"]


async def test_many_writers_at_once_all_succeed(database):
    await asyncio.gather(*(post(database, f"k:{number}") for number in range(60)))
    assert len(await keys(database)) == 60


async def test_a_cancelled_unit_rolls_back_and_lets_the_next_one_in(database):
    entered = asyncio.Event()

    async def hang() -> None:
        async with database.unit_of_work() as unit:
            await unit.outbox.post(conversation_id="c", activity={}, key="k:lost")
            entered.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hang())
    await entered.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await post(database, "k:next")
    assert await keys(database) == ["k:next"]


async def test_a_unit_inside_a_unit_is_said_not_waited_for(sqlite_database):
    async with sqlite_database.unit_of_work():
        with pytest.raises(RuntimeError, match="already"):
            async with sqlite_database.unit_of_work():
                pass


async def test_a_unit_that_waits_for_another_unit_is_an_error_not_a_standstill(
    sqlite_database, monkeypatch
):
    monkeypatch.setattr("storage.database.LOCKED_FOR", 0.05)

    async def wait_for_the_other() -> None:
        async with sqlite_database.unit_of_work():
            await asyncio.create_task(post(sqlite_database, "k:inner"))

    with pytest.raises(RuntimeError, match="stays open"):
        await wait_for_the_other()
    await post(sqlite_database, "k:after")
    assert await keys(sqlite_database) == ["k:after"]


async def test_the_loop_goes_on_while_another_process_holds_the_file(sqlite_database):
    other = Database(f"sqlite:///{sqlite_database.path}", lambda: datetime.now(UTC))
    await other.start()
    ticks = 0

    async def write() -> None:
        await post(other, "k:other")

    async with sqlite_database.unit_of_work() as unit:
        await unit.outbox.of("k")
        task = asyncio.create_task(write())
        for _ in range(5):
            await asyncio.sleep(0.01)
            ticks += 1
        assert not task.done()
    await task
    assert ticks == 5
    assert await keys(sqlite_database) == ["k:other"]
    await other.close()


async def test_the_write_ahead_log_is_moved_into_the_file_and_stays_small(sqlite_database):
    for number in range(900):
        async with sqlite_database.unit_of_work() as unit:
            await unit.audit.record("x", number, "y", after={"text": "z" * 500})
    log = sqlite_database.path.with_name(sqlite_database.path.name + "-wal")
    assert log.stat().st_size < 30_000_000
    await sqlite_database.close()
    assert not log.exists() or log.stat().st_size == 0


async def test_rows_are_read_whole_so_that_a_half_read_result_holds_nothing_up(sqlite_database):
    for number in range(3):
        await post(sqlite_database, f"k:{number}")
    async with sqlite_database.unit_of_work(read_only=True) as unit:
        result = await unit.connection.execute(text("SELECT key FROM deliveries ORDER BY key"))
        assert result.fetchone() == ("k:0",)
    assert result.fetchmany(1) == [("k:1",)]
    assert result.fetchall() == [("k:2",)]


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:///bot.db", "sqlite"),
        ("sqlite+aiosqlite:///bot.db", "sqlite"),
        ("postgresql://bot@host/db", "postgresql+psycopg"),
        ("postgres://bot@host/db", "postgresql+psycopg"),
        ("postgresql+asyncpg://bot@host/db", "postgresql+psycopg"),
    ],
)
def test_urls_are_taken_in_the_usual_forms(url, driver):
    assert read_url(url).drivername == driver


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://host/db"])
def test_a_database_that_cannot_work_is_refused_with_its_setting(url):
    with pytest.raises(ValueError, match="DATABASE_URL"):
        read_url(url)


async def test_a_database_that_was_not_started_says_so():
    with pytest.raises(RuntimeError, match="not started"):
        async with Database("sqlite:///x.db", lambda: datetime.now(UTC)).unit_of_work():
            pass
