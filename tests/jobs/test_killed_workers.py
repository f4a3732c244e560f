"""A worker killed at the worst moment loses nothing, and nothing is sent twice."""

import asyncio
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage.outbox import State

ROOT = Path(__file__).parents[2]
WORKER = Path(__file__).with_name("worker_to_kill.py")

pytestmark = pytest.mark.slow


class Workers:
    """Starts worker processes on one database and one file that stands for Teams."""

    def __init__(self, url: str, accepted: Path) -> None:
        self.url = url
        self.accepted = accepted
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, how: str = "send") -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, str(WORKER), self.url, str(self.accepted), how],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
        )
        self.processes.append(process)
        return process

    def lines(self) -> list[str]:
        return self.accepted.read_text().split() if self.accepted.exists() else []

    async def until_accepted(self, count: int) -> None:
        async with asyncio.timeout(60):
            while len(self.lines()) < count:  # noqa: ASYNC110 - another process writes it
                await asyncio.sleep(0.01)


@contextmanager
def started(url: str, folder: Path) -> Iterator[Workers]:
    workers = Workers(url, folder / "accepted")
    try:
        yield workers
    finally:
        for process in workers.processes:
            process.kill()
            process.wait()


def kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


async def post(database, count: int, conversations: int) -> None:
    async with database.unit_of_work() as unit:
        for number in range(count):
            await unit.outbox.post(
                conversation_id=f"c{number % conversations}",
                activity={"text": f"k:{number}"},
                key=f"k:{number}",
            )


async def settled(database, count: int) -> Counter[State]:
    """Waits until nothing is pending or being sent; the counts of the states."""
    async with asyncio.timeout(60):
        while True:
            async with database.unit_of_work(read_only=True) as unit:
                counts = await unit.outbox.counts("k")
            assert sum(counts.values()) == count
            if counts[State.PENDING] == counts[State.SENDING] == 0:
                return Counter(counts)
            await asyncio.sleep(0.1)


async def test_killed_between_the_send_and_its_record_the_message_is_unknown_and_not_repeated(
    database, database_url, tmp_path
):
    await post(database, 3, conversations=1)
    with started(database_url, tmp_path) as workers:
        first = workers.start("hang")
        await workers.until_accepted(1)
        kill(first)
        workers.start()
        counts = await settled(database, 3)
    assert (counts[State.UNKNOWN], counts[State.SENT]) == (1, 2)
    assert workers.lines() == ["k:0", "k:1", "k:2"]
    async with database.unit_of_work(read_only=True) as unit:
        (unknown,) = await unit.outbox.in_state(State.UNKNOWN)
    assert unknown.key == "k:0"


async def test_killed_in_the_middle_of_300_messages_nothing_is_lost_and_nothing_sent_twice(
    database, database_url, tmp_path
):
    await post(database, 300, conversations=300)
    with started(database_url, tmp_path) as workers:
        first = workers.start()
        if not database.on_sqlite:
            workers.start()
        await workers.until_accepted(100)
        kill(first)
        if database.on_sqlite:
            workers.start()
        counts = await settled(database, 300)
        lines = workers.lines()
    assert max(Counter(lines).values()) == 1
    assert counts[State.SENT] + counts[State.UNKNOWN] == 300
    assert counts[State.UNKNOWN] <= 10  # what one worker had in hand
    async with database.unit_of_work(read_only=True) as unit:
        sent = {delivery.key for delivery in await unit.outbox.in_state(State.SENT)}
        unknown = {delivery.key for delivery in await unit.outbox.in_state(State.UNKNOWN)}
    assert sent <= set(lines) <= sent | unknown


@pytest.mark.postgresql
async def test_two_workers_at_once_send_each_message_once(postgresql_url, clock, tmp_path):
    from storage.database import Database

    database = Database(postgresql_url, clock)
    await database.start()
    with started(postgresql_url, tmp_path) as workers:
        workers.start()
        workers.start()
        await post(database, 200, conversations=200)
        counts = await settled(database, 200)
        lines = workers.lines()
    await database.close()
    assert counts[State.SENT] == 200
    assert sorted(lines) == sorted(f"k:{number}" for number in range(200))


async def test_a_worker_that_is_asked_to_stop_leaves_nothing_half_done(
    database, database_url, tmp_path
):
    await post(database, 100, conversations=100)
    with started(database_url, tmp_path) as workers:
        first = workers.start()
        await workers.until_accepted(20)
        first.send_signal(signal.SIGINT)
        first.wait(20)
        async with database.unit_of_work(read_only=True) as unit:
            counts = await unit.outbox.counts("k")
        assert counts[State.SENDING] == counts[State.UNKNOWN] == 0
        workers.start()
        counts = await settled(database, 100)
    assert counts[State.SENT] == 100
    assert sorted(workers.lines()) == sorted(f"k:{number}" for number in range(100))
