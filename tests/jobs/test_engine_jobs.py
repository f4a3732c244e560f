"""The engine on both databases: due, moved, postponed, failed and taken-over jobs."""

import asyncio
from collections.abc import Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text, update

from jobs.engine import Engine, Retry, RetryLater
from jobs.sweep import register, take_over
from storage.database import Database
from storage.job_tables import jobs, workers


class Diary:
    """Notes what ran; raises what it is told to."""

    def __init__(self, *errors: Exception | None) -> None:
        self.entries: list[Mapping[str, Any]] = []
        self.errors = list(errors)

    async def __call__(self, arguments: Mapping[str, Any]) -> None:
        self.entries.append(arguments)
        error = self.errors.pop(0) if self.errors else None
        if error is not None:
            raise error


@pytest.fixture
def engine(database) -> Engine:
    return Engine(database)


async def defer(database, task="remind", arguments=None, **more) -> int:
    async with database.unit_of_work() as unit:
        return int(await unit.jobs.defer(task, arguments or {}, **more))


async def move(database, clock, by: timedelta) -> None:
    clock.move(by)
    await database.shift_jobs(by)


async def states(database) -> list[str]:
    async with database.read() as connection:
        rows = await connection.execute(select(jobs.c.status).order_by(jobs.c.id))
        return [row.status for row in rows]


async def set_in_hand(database, number: int, last_heartbeat: datetime) -> int:
    """As if a worker with this heartbeat had fetched the job; returns the worker's number."""
    async with database.write() as connection:
        made = await connection.execute(
            workers.insert().values(last_heartbeat=last_heartbeat).returning(workers.c.id)
        )
        worker = int(made.scalar_one())
        await connection.execute(
            update(jobs).where(jobs.c.id == number).values(status="doing", worker_id=worker)
        )
    return worker


@asynccontextmanager
async def working(engine):
    task = asyncio.create_task(engine.work(concurrency=5))
    try:
        yield
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def until(condition) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - conditions of the database have no event
            await asyncio.sleep(0.01)


async def test_a_fresh_job_runs_with_its_arguments_and_is_gone(engine, database):
    diary = Diary()
    engine.task("remind", diary)
    await defer(database, arguments={"meeting": 12, "texts": ["é"]})
    await engine.run_due()
    assert diary.entries == [{"meeting": 12, "texts": ["é"]}]
    assert await states(database) == []


async def test_a_scheduled_job_waits_until_the_moved_clock_reaches_it(engine, database, clock):
    diary = Diary()
    engine.task("remind", diary)
    await defer(database, at=clock() + timedelta(days=7), key="meeting:1:T-7d")
    await engine.run_due()
    await move(database, clock, timedelta(days=6, hours=23))
    await engine.run_due()
    assert diary.entries == []
    await move(database, clock, timedelta(hours=1))
    await engine.run_due()
    assert len(diary.entries) == 1


async def test_a_moved_meeting_has_its_new_reminders_only(engine, database, clock):
    diary = Diary()
    engine.task("remind", diary)
    start = clock()
    for days in (1, 2):
        await defer(database, key=f"meeting:1:T+{days}d", at=start + timedelta(days=days))
    async with database.unit_of_work() as unit:
        await unit.jobs.cancel("meeting:1")
        for days in (1, 2):
            await unit.jobs.defer(
                "remind",
                {"day": days + 7},
                key=f"meeting:1:T+{days}d",
                at=start + timedelta(days=days + 7),
            )
    await move(database, clock, timedelta(days=7))
    await engine.run_due()
    assert diary.entries == []
    await move(database, clock, timedelta(days=2))
    await engine.run_due()
    assert diary.entries == [{"day": 8}, {"day": 9}]


async def test_a_job_that_is_deferred_by_a_job_runs_too(engine, database):
    diary = Diary()

    async def remind(_):
        await defer(database, "deliver", {"delivery": 1}, lock="conv:1")

    engine.task("remind", remind)
    engine.task("deliver", diary)
    await defer(database)
    await engine.run_due()
    assert diary.entries == [{"delivery": 1}]


async def test_a_scheduled_job_never_blocks_a_ready_one(engine, database, clock):
    """A scheduled job that held a lock would (procrastinate #1599), so it holds none."""
    diary = Diary()
    engine.task("remind", diary)
    await defer(database, key="meeting:1:T-7d", at=clock() + timedelta(days=7))
    await defer(database, arguments={"ready": True}, key="meeting:1:T-1d")
    await engine.run_due()
    assert diary.entries == [{"ready": True}]


async def test_a_postponed_job_runs_again_at_its_time_however_often(engine, database, clock):
    diary = Diary(*(RetryLater(60) for _ in range(12)))
    engine.task("remind", diary, retry=Retry(()))
    await defer(database)
    for times in range(1, 14):
        await engine.run_due()
        assert len(diary.entries) == times
        await move(database, clock, timedelta(seconds=61))
    await engine.run_due()
    assert len(diary.entries) == 13
    assert await engine.failed() == []


async def test_a_job_that_keeps_failing_is_given_up_logged_and_listed(engine, database, clock):
    diary = Diary(*(ValueError(str(n)) for n in range(9)))
    engine.task("remind", diary, retry=Retry((10, 20)))
    number = await defer(database, arguments={"meeting": 3})
    for _ in range(4):
        await engine.run_due()
        await move(database, clock, timedelta(seconds=30))
    assert len(diary.entries) == 3
    (failed,) = await engine.failed()
    assert (failed.id, failed.task, failed.arguments) == (number, "remind", {"meeting": 3})


async def test_a_job_without_a_handler_fails_visibly_and_others_go_on(engine, database):
    diary = Diary()
    engine.task("remind", diary)
    await defer(database, "unheard-of")
    await defer(database)
    await engine.run_due()
    assert [job.task for job in await engine.failed()] == ["unheard-of"]
    assert len(diary.entries) == 1


async def test_jobs_of_one_lock_run_in_order_and_one_at_a_time_others_beside_them(engine, database):
    order: list[tuple[str, int]] = []
    at_work: set[str] = set()

    async def deliver(arguments):
        lock = arguments["lock"]
        assert lock not in at_work
        at_work.add(lock)
        await asyncio.sleep(0.005)
        at_work.discard(lock)
        order.append((lock, arguments["number"]))

    engine.task("deliver", deliver)
    async with database.unit_of_work() as unit:
        for number in range(6):
            for lock in ("conv:1", "conv:2"):
                await unit.jobs.defer("deliver", {"lock": lock, "number": number}, lock=lock)
    await engine.run_due()
    for lock in ("conv:1", "conv:2"):
        assert [number for each, number in order if each == lock] == list(range(6))
    assert await engine.failed() == []


async def test_the_more_urgent_job_runs_first(engine, database):
    diary = Diary()
    engine.task("remind", diary)
    for priority in (0, 100, 50):
        await defer(database, arguments={"priority": priority}, priority=priority)
    from jobs.worker import _run

    await _run(engine, 1, wait=False, with_periodics=False)
    assert [entry["priority"] for entry in diary.entries] == [100, 50, 0]


async def test_a_running_worker_does_a_fresh_job_at_once_and_a_due_one_when_woken(
    engine, database, clock
):
    diary = Diary()
    engine.task("remind", diary)
    async with working(engine):
        await defer(database, arguments={"fresh": True})
        await until(lambda: len(diary.entries) == 1)
        await defer(database, arguments={"week": True}, at=clock() + timedelta(days=7))
        await move(database, clock, timedelta(days=7))
        await engine.run_due()
        await until(lambda: len(diary.entries) == 2)
    assert diary.entries[1] == {"week": True}


async def test_a_job_asked_to_stop_with_the_process_is_left_for_the_next_one(
    engine, database, monkeypatch
):
    monkeypatch.setattr("jobs.worker.GRACE", 0.05)
    started = asyncio.Event()

    async def hang(_):
        started.set()
        await asyncio.Event().wait()

    engine.task("remind", hang)
    await defer(database)
    async with working(engine):
        await started.wait()
    assert await states(database) == ["todo"]


@pytest.mark.postgresql
async def test_the_job_of_a_dead_worker_is_taken_over_and_that_of_a_live_one_is_not(
    postgresql_url, clock
):
    database = Database(postgresql_url, clock)
    await database.start()
    dead = await defer(database)
    live = await defer(database)
    await set_in_hand(database, dead, datetime(2026, 1, 1, tzinfo=UTC))
    await set_in_hand(database, live, datetime.now(UTC))
    await take_over(Engine(database))
    assert await states(database) == ["todo", "doing"]
    await database.close()


async def test_what_this_worker_is_just_ending_is_not_taken_for_a_dead_workers(engine, database):
    """Between a handler's end and its record the job is in hand, whatever the heartbeat says."""
    number = await defer(database)
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    engine.running.worker_id = await set_in_hand(database, number, long_ago)
    await take_over(engine)
    assert await states(database) == ["doing"]


@pytest.mark.postgresql
async def test_a_job_never_starts_before_its_hour_by_our_own_clock(postgresql_url):
    """The server's clock may be ahead of ours; a handler that asks the time must not be misled."""
    database = Database(postgresql_url, lambda: datetime.now(UTC))
    await database.start()
    engine = Engine(database)
    at = datetime.now(UTC) + timedelta(seconds=0.4)
    started_at: list[datetime] = []

    async def remind(_):
        started_at.append(database.clock())

    engine.task("remind", remind)
    await defer(database, at=at)
    async with database.write() as connection:  # a server whose clock is far ahead
        await connection.execute(
            text("ALTER FUNCTION procrastinate_fetch_job_v2 RENAME TO fetch_in_time")
        )
        await connection.execute(
            text(
                "CREATE FUNCTION procrastinate_fetch_job_v2(varchar[], bigint) "
                "RETURNS procrastinate_jobs LANGUAGE sql AS $$ UPDATE procrastinate_jobs "
                "SET status = 'doing', worker_id = $2 WHERE status = 'todo' RETURNING * $$"
            )
        )
    await engine.run_due()
    assert started_at[0] >= at
    await database.close()


async def test_a_moved_clock_does_not_make_a_living_worker_look_dead(engine, database, clock):
    started, go_on = asyncio.Event(), asyncio.Event()
    runs = 0

    async def remind(_):
        nonlocal runs
        runs += 1
        started.set()
        await go_on.wait()

    engine.task("remind", remind)
    await defer(database)
    async with working(engine):
        await started.wait()
        await move(database, clock, timedelta(days=7))
        engine.running.jobs.clear()  # as another process would see it
        engine.running.worker_id = None
        await take_over(engine)
        assert await states(database) == ["doing"]
        go_on.set()
        await until(lambda: not engine.running.jobs)
    assert runs == 1


async def test_a_job_let_fall_by_a_living_worker_is_picked_up_at_the_second_sweep(engine, database):
    started, go_on = asyncio.Event(), asyncio.Event()

    async def remind(_):
        started.set()
        await go_on.wait()

    engine.task("remind", remind)
    engine.task("other", Diary())
    await defer(database)
    async with working(engine):
        await started.wait()
        fallen = await defer(database, "other", at=engine.database.clock() + timedelta(days=1))
        async with database.write() as connection:
            await connection.execute(
                update(jobs)
                .where(jobs.c.id == fallen)
                .values(status="doing", worker_id=engine.running.worker_id)
            )
        await take_over(engine)
        assert await states(database) == ["doing", "doing"]
        await take_over(engine)
        await until(lambda: engine.running.done >= 1)
        go_on.set()
        await until(lambda: engine.running.done >= 2)


async def test_a_reminder_replaced_while_it_runs_is_not_put_back_beside_the_new_one(
    engine, database, clock
):
    async def remind(arguments):
        if "first" in arguments:
            await defer(database, arguments={"second": True}, key="k", at=later)
            raise RetryLater(5)

    later = clock() + timedelta(days=1)
    engine.task("remind", remind)
    await defer(database, arguments={"first": True}, key="k")
    await engine.run_due()
    async with database.read() as connection:
        rows = (await connection.execute(select(jobs.c.args, jobs.c.status))).all()
    assert [tuple(row) for row in rows] == [({"second": True}, "todo")]


async def test_what_a_dead_worker_held_is_dropped_when_its_key_has_a_newer_job(engine, database):
    old = await defer(database, arguments={"old": True}, key="k")
    async with database.write() as connection:
        await connection.execute(update(jobs).where(jobs.c.id == old).values(status="doing"))
    new = await defer(database, arguments={"new": True}, key="k")
    await (engine.care.take_over_all() if database.on_sqlite else take_over(engine))
    async with database.read() as connection:
        assert (await connection.execute(select(jobs.c.id))).scalars().all() == [new]


async def test_a_periodic_job_runs_at_its_tick_and_gives_a_sign_of_life(engine, database):
    diary = Diary()
    engine.periodic("every-second", "* * * * * *", diary)
    register(engine)
    assert await engine.last_ran_at() is None
    async with working(engine):
        await until(lambda: len(diary.entries) >= 2)
    ticks = [entry["timestamp"] for entry in diary.entries]
    assert len(set(ticks)) == len(ticks)
    assert await engine.last_ran_at() is not None


async def test_a_tick_missed_while_nothing_ran_is_caught_up_once(engine, database):
    diary = Diary()
    engine.periodic("hourly", "0 * * * *", diary)
    async with working(engine):
        await until(lambda: len(diary.entries) == 1)
    again = Engine(database)
    again.periodic("hourly", "0 * * * *", diary)
    again.task("remind", Diary())
    async with working(again):
        await until(lambda: again.running.is_working)
        await defer(database)
        await until(lambda: again.running.done >= 1)
    assert len({entry["timestamp"] for entry in diary.entries}) == len(diary.entries)


async def test_a_task_is_registered_once(engine):
    engine.task("remind", Diary())
    with pytest.raises(ValueError, match="remind"):
        engine.task("remind", Diary())


async def test_on_sqlite_a_second_worker_is_refused_in_words(sqlite_database):
    engine = Engine(sqlite_database)
    async with working(engine):
        await until(lambda: engine.running.is_working)
        with pytest.raises(RuntimeError, match="PostgreSQL"):
            await Engine(sqlite_database).work()


async def test_on_sqlite_a_start_takes_back_what_was_in_hand(sqlite_database):
    engine = Engine(sqlite_database)
    diary = Diary()
    engine.task("remind", diary)
    number = await defer(sqlite_database)
    async with sqlite_database.write() as connection:
        await connection.execute(update(jobs).where(jobs.c.id == number).values(status="doing"))
    await engine.run_due()
    assert len(diary.entries) == 1


@pytest.mark.postgresql
async def test_work_goes_on_after_the_database_cut_every_connection(postgresql_url, clock):
    database = Database(postgresql_url, clock)
    await database.start()
    engine = Engine(database)
    diary = Diary()
    engine.task("remind", diary)
    async with working(engine):
        await defer(database, arguments={"before": True})
        await until(lambda: len(diary.entries) == 1)
        async with database.write() as connection:
            await connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        await defer(database, arguments={"after": True})
        await until(lambda: len(diary.entries) == 2)
    await database.close()
