"""Procrastinate's own manager behaves on our SQLite connector as it does on PostgreSQL."""

from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from sqlalchemy import text


@pytest.fixture
async def manager(database, clock):
    clock.now = datetime.now(UTC)  # PostgreSQL goes by its own clock
    connector = database.job_store.connector()
    await connector.open_async()
    yield JobManager(connector)
    await connector.close_async()


@pytest.fixture
async def worker(manager) -> int:
    return int(await manager.register_worker())


def job(name="remind", **more) -> Job:
    given = {"queue": "default", "lock": None, "queueing_lock": None} | more
    return Job(task_name=name, **given)


async def fetched(manager: JobManager, worker: int, queues: list[str] | None = None) -> str | None:
    found = await manager.fetch_job(queues, worker)
    return found.task_name if found else None


async def test_jobs_are_fetched_by_priority_then_by_age(manager, worker):
    await manager.batch_defer_jobs_async([job("b"), job("c"), job("a", priority=5)])
    assert [await fetched(manager, worker) for _ in range(4)] == ["a", "b", "c", None]


async def test_a_fetched_job_is_what_was_deferred(manager, worker):
    at = datetime(2026, 1, 12, 9, 30, 1, 5, tzinfo=UTC)
    deferred = await manager.defer_job_async(
        job(task_kwargs={"n": 1, "é": [None]}, scheduled_at=at, lock="l", queueing_lock="q")
    )
    found = await manager.fetch_job(None, worker)
    assert found == deferred.evolve(status="doing", worker_id=worker)


async def test_a_future_job_is_left_and_holds_back_its_lock(manager, worker, clock):
    """Procrastinate #1599; the reason why a scheduled job of ours holds no lock."""
    future = clock() + timedelta(hours=1)
    await manager.defer_job_async(job("future", scheduled_at=future, lock="l"))
    await manager.defer_job_async(job("ready", lock="l"))
    assert await fetched(manager, worker) is None


async def test_a_lock_is_held_while_its_job_runs(manager, worker):
    await manager.defer_job_async(job("a", lock="l"))
    await manager.defer_job_async(job("b", lock="l"))
    first = await manager.fetch_job(None, worker)
    assert await fetched(manager, worker) is None
    await manager.finish_job(first, Status.SUCCEEDED, delete_job=True)
    assert await fetched(manager, worker) == "b"


async def test_only_the_queues_asked_for_are_served(manager, worker):
    await manager.defer_job_async(job("a", queue="slow"))
    assert await fetched(manager, worker, ["fast"]) is None
    assert await fetched(manager, worker, ["fast", "slow"]) == "a"


async def test_of_a_queueing_lock_one_job_waits(manager):
    await manager.defer_job_async(job("a", queueing_lock="q"))
    with pytest.raises(AlreadyEnqueued):
        await manager.defer_job_async(job("b", queueing_lock="q"))


async def test_a_finished_job_is_kept_or_deleted_and_cannot_be_finished_twice(manager, worker):
    await manager.batch_defer_jobs_async([job("a"), job("b")])
    first, second = [await manager.fetch_job(None, worker) for _ in range(2)]
    await manager.finish_job(first, Status.FAILED, delete_job=False)
    await manager.finish_job(second, Status.SUCCEEDED, delete_job=True)
    (kept,) = await manager.list_jobs_async()
    assert (kept.task_name, kept.status, kept.attempts) == ("a", "failed", 1)
    assert await manager.get_job_status_async(first.id) is Status.FAILED
    with pytest.raises(ConnectorException):
        await manager.finish_job(second, Status.SUCCEEDED, delete_job=True)


async def test_a_retried_job_waits_until_its_time(manager, worker, clock):
    await manager.defer_job_async(job("a"))
    first = await manager.fetch_job(None, worker)
    await manager.retry_job(first, retry_at=clock() + timedelta(hours=1), priority=7, lock="n")
    assert await fetched(manager, worker) is None
    (waiting,) = await manager.list_jobs_async(status="todo")
    assert (waiting.attempts, waiting.priority, waiting.lock) == (1, 7, "n")
    with pytest.raises(ConnectorException):
        await manager.retry_job(first)


async def test_a_job_can_be_cancelled_while_it_waits_and_aborted_while_it_runs(manager, worker):
    await manager.batch_defer_jobs_async([job("a"), job("b"), job("c")])
    running = await manager.fetch_job(None, worker)
    waiting, deleted = list(await manager.list_jobs_async(status="todo"))
    assert not await manager.cancel_job_by_id_async(running.id)
    assert await manager.cancel_job_by_id_async(running.id, abort=True)
    assert await manager.cancel_job_by_id_async(waiting.id)
    assert await manager.cancel_job_by_id_async(deleted.id, delete_job=True)
    assert await manager.list_jobs_to_abort_async() == [running.id]
    await manager.retry_job(running)
    statuses = {each.task_name: each.status for each in await manager.list_jobs_async()}
    assert statuses == {"a": "failed", "b": "cancelled"}


async def test_a_tick_is_deferred_once_by_all_workers_together(manager):
    tick = job("tidy", task_kwargs={"timestamp": 100})
    assert await manager.defer_periodic_job(tick, "", 100) is not None
    assert await manager.defer_periodic_job(tick, "", 100) is None
    later = job("tidy", task_kwargs={"timestamp": 200})
    assert await manager.defer_periodic_job(later, "", 200) is not None
    assert len(list(await manager.list_jobs_async(task="tidy"))) == 2


async def test_a_tick_is_left_out_while_the_one_before_it_waits(manager):
    for stamp, is_deferred in ((100, True), (200, False)):
        tick = job("tidy", task_kwargs={"timestamp": stamp}, queueing_lock="periodic:tidy")
        if is_deferred:
            assert await manager.defer_periodic_job(tick, "", stamp)
        else:
            with pytest.raises(AlreadyEnqueued):
                await manager.defer_periodic_job(tick, "", stamp)


async def test_the_jobs_of_silent_workers_are_found_and_those_of_living_ones_are_not(
    manager, worker, database
):
    silent = await manager.register_worker()
    await manager.batch_defer_jobs_async([job("living"), job("silent")])
    await manager.fetch_job(None, worker)
    await manager.fetch_job(None, silent)
    async with database.unit_of_work() as unit:
        await unit.connection.execute(
            text("UPDATE procrastinate_workers SET last_heartbeat = :long_ago WHERE id = :id"),
            {
                "long_ago": "2026-01-01 00:00:00.000000"
                if database.on_sqlite
                else datetime(2026, 1, 1, tzinfo=UTC),
                "id": silent,
            },
        )
    stalled = await manager.get_stalled_jobs(seconds_since_heartbeat=30)
    assert [each.task_name for each in stalled] == ["silent"]
    assert await manager.prune_stalled_workers(30) == [silent]
    stalled = await manager.get_stalled_jobs(seconds_since_heartbeat=30)
    assert [each.task_name for each in stalled] == ["silent"]


async def test_a_heartbeat_keeps_a_worker_alive_and_leaving_frees_its_jobs(manager, worker):
    await manager.defer_job_async(job())
    await manager.fetch_job(None, worker)
    await manager.update_heartbeat(worker)
    assert await manager.prune_stalled_workers(30) == []
    await manager.unregister_worker(worker)
    assert len(list(await manager.get_stalled_jobs())) == 1


async def test_old_jobs_are_deleted_and_waiting_ones_never(manager, worker, database):
    await manager.batch_defer_jobs_async([job("a"), job("b")])
    first = await manager.fetch_job(None, worker)
    await manager.finish_job(first, Status.SUCCEEDED, delete_job=False)
    await manager.delete_old_jobs(nb_hours=1)
    assert len(list(await manager.list_jobs_async())) == 2
    await manager.delete_old_jobs(nb_hours=-1)
    assert [each.task_name for each in await manager.list_jobs_async()] == ["b"]


async def test_the_connection_is_checked(manager):
    assert await manager.check_connection_async()
