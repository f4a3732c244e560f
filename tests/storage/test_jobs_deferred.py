"""Jobs are stored with the change that asks for them, on both engines."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from procrastinate import sql
from sqlalchemy import select

from storage import job_names
from storage.job_tables import jobs
from storage.metadata import UtcDateTime


async def waiting(database) -> list[tuple[str | None, str]]:
    async with database.read() as connection:
        rows = await connection.execute(
            select(jobs.c.queueing_lock, jobs.c.task_name)
            .where(jobs.c.status == "todo")
            .order_by(jobs.c.id)
        )
        return [(row.queueing_lock, row.task_name) for row in rows]


async def defer(database, key=None, **more) -> int:
    async with database.unit_of_work() as unit:
        return int(await unit.jobs.defer("remind", {"meeting": 12}, key=key, **more))


async def test_a_key_has_one_waiting_job_the_latest(database, clock):
    first = await defer(database, "meeting:12:T-7d", at=clock() + timedelta(days=1))
    second = await defer(database, "meeting:12:T-7d", at=clock() + timedelta(days=2))
    assert first != second
    assert await waiting(database) == [("meeting:12:T-7d", "remind")]
    async with database.read() as connection:
        row = (await connection.execute(select(jobs))).one()
    offset = timedelta() if database.on_sqlite else database.offset()
    assert abs(row.scheduled_at + offset - clock() - timedelta(days=2)) < timedelta(seconds=5)
    assert row.args == {"meeting": 12}


async def test_cancelling_a_key_takes_what_lies_under_it_and_nothing_beside_it(database):
    for key in ("meeting:1:T-7d", "meeting:1:T-1d", "meeting:12:T-7d", "Meeting:1:x", None):
        await defer(database, key)
    async with database.unit_of_work() as unit:
        assert await unit.jobs.cancel("meeting:1") == 2
        assert await unit.jobs.cancel("meeting:12:T-7d") == 1
        assert await unit.jobs.cancel("meeting:12:") == 0
    assert await waiting(database) == [("Meeting:1:x", "remind"), (None, "remind")]


async def test_a_move_that_fails_leaves_the_old_reminders_as_they_were(database):
    await defer(database, "meeting:1:T-7d")

    async def move() -> None:
        async with database.unit_of_work() as unit:
            await unit.jobs.cancel("meeting:1")
            await unit.jobs.defer("remind", {}, key="meeting:1:T-1d")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await move()
    assert await waiting(database) == [("meeting:1:T-7d", "remind")]


async def test_two_who_move_the_same_meeting_at_once_leave_one_job(database):
    for _ in range(5):
        await asyncio.gather(*(defer(database, "meeting:1:T-7d") for _ in range(6)))
        assert len(await waiting(database)) == 1


async def test_a_scheduled_job_may_not_hold_back_others_by_a_lock(database, clock):
    with pytest.raises(ValueError, match="lock"):
        await defer(database, "k", at=clock() + timedelta(days=1), lock="conv:1")
    with pytest.raises(ValueError, match="zone"):
        await defer(database, "k", at=datetime(2027, 1, 1))


def test_every_question_of_the_pinned_procrastinate_is_answered_or_listed_as_not_used():
    answered = set(job_names.QUERIES) - {"candidate"}
    assert answered | job_names.NOT_USED == set(sql.queries)
    assert not answered & job_names.NOT_USED
    assert answered >= job_names.READ_ONLY


def test_an_instant_is_aware_and_in_utc_whatever_the_driver_gives():
    column = UtcDateTime()
    from sqlalchemy.dialects import sqlite

    naive = datetime(2027, 1, 12, 9)
    assert column.process_result_value(naive, sqlite.dialect()) == naive.replace(tzinfo=UTC)
    with pytest.raises(ValueError, match="zone"):
        column.process_bind_param(naive, sqlite.dialect())
