"""The job engine: which task is done by which function, and the worker that does them.

Procrastinate does the work; it is imported when the work begins, because it starts slowly and a
process that only answers does not need it.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jobs.running import Running
from storage.database import Database
from storage.job_care import FailedJob, JobCare

Handler = Callable[[Mapping[str, Any]], Awaitable[None]]


class RetryLater(Exception):
    """Not now: the job runs again after `seconds`, however often that happened before."""

    def __init__(self, seconds: float, reason: str = "") -> None:
        super().__init__(reason or f"again in {seconds:g} s")
        self.seconds = max(0.0, seconds)


@dataclass(frozen=True)
class Retry:
    """How long to wait, in seconds, after the first, second, ... error; then the job has failed."""

    waits: tuple[float, ...] = (5, 30, 120, 600, 1800)


NEVER = Retry(())


@dataclass(frozen=True)
class Task:
    name: str
    handler: Handler
    retry: Retry = Retry()


@dataclass(frozen=True)
class Periodic:
    """`cron`: five fields, or six with the seconds as the last one; by the wall clock, in UTC."""

    task: Task
    cron: str
    priority: int = 0


class Engine:
    """Made by the composition root, which registers every task before the work begins."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.care = JobCare(database)
        self.tasks: dict[str, Task] = {}
        self.periodics: list[Periodic] = []
        self.running = Running()

    def task(self, name: str, handler: Handler, *, retry: Retry = Retry()) -> None:
        """Says who does the jobs called `name`; ValueError when somebody does already.

        Delivery is at least once: the handler reads the present state before it acts.
        """
        if name in self.tasks:
            raise ValueError(f"the task {name} is registered already")
        self.tasks[name] = Task(name, handler, retry)

    def periodic(
        self,
        name: str,
        cron: str,
        handler: Handler,
        *,
        retry: Retry = NEVER,
        priority: int = 0,
    ) -> None:
        """Defers a job called `name` at every tick of `cron`, once for all processes together.

        Of the ticks missed while nothing ran only the last one is caught up. Its arguments hold
        `timestamp`, the tick in seconds since 1970.
        """
        self.task(name, handler, retry=retry)
        self.periodics.append(Periodic(self.tasks[name], cron, priority))

    async def work(self, concurrency: int = 20) -> None:
        """Runs a worker until cancelled; begins again when the database was away."""
        from jobs.worker import work

        await work(self, concurrency)

    async def run_due(self) -> None:
        """Does what is due at once: wakes the worker of this process, which goes on by itself.

        Without one, works until nothing more is due and then returns; periodic jobs are left out.
        """
        if self.running.is_working:
            await self.database.job_store.notify()
            return
        from jobs.worker import work_off

        await work_off(self)

    async def failed(self) -> list[FailedJob]:
        """The jobs that were given up, the latest first, for the operator."""
        return await self.care.failed()

    async def last_ran_at(self) -> datetime | None:
        """When a worker of any process last gave a sign of life, by the wall clock (R10)."""
        async with self.database.unit_of_work(read_only=True) as unit:
            return await unit.signs.last("worker")
