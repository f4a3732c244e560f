"""Runs Procrastinate's worker, unmodified, over the tasks that the engine knows."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from procrastinate import App, JobContext, RetryDecision
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy
from procrastinate.worker import Worker

from jobs.engine import Engine, RetryLater, Task

log = structlog.get_logger()

POLL = 1.0  # seconds: the latency of scheduled jobs; fresh ones are announced
HEARTBEAT = 2.0  # seconds
#: A worker silent for so long has died: its jobs go to others. PostgreSQL only; on SQLite the
#: one worker takes back at its start what the one before it had in hand.
STALLED_AFTER = 10.0
GRACE = 10.0  # seconds that running jobs get when the process is asked to stop
CATCH_UP = 8 * 24 * 3600.0  # seconds: a tick missed for longer is not caught up
#: A job that ends its process every time would be taken over for ever.
MOST_ATTEMPTS = 1000


async def work(engine: Engine, concurrency: int) -> None:
    """Until cancelled. RuntimeError when another process works on the same SQLite file."""
    with engine.care.only_worker(), _working(engine):
        wait = 1.0
        while True:
            began = asyncio.get_running_loop().time()
            try:
                await _run(engine, concurrency, wait=True, with_periodics=True)
            except Exception:
                log.exception("worker-stopped", again_in=wait)
            if asyncio.get_running_loop().time() - began > 60:
                wait = 1.0
            await asyncio.sleep(wait)
            wait = min(wait * 2, 30.0)


async def work_off(engine: Engine) -> None:
    """Until nothing is due."""
    with engine.care.only_worker(), _working(engine):
        while True:
            done = engine.running.done
            await _run(engine, concurrency=20, wait=False, with_periodics=False)
            if engine.running.done == done:
                return


async def _run(engine: Engine, concurrency: int, *, wait: bool, with_periodics: bool) -> None:
    _quieten()
    if engine.database.on_sqlite:
        await engine.care.take_over_all()
    app = App(
        connector=engine.database.job_store.connector(),
        periodic_defaults={"max_delay": CATCH_UP},
    )
    for task in engine.tasks.values():
        _register(app, engine, task)
    if with_periodics:
        for periodic in engine.periodics:
            app.periodic_registry.register_task(
                task=app.tasks[periodic.task.name],
                cron=periodic.cron,
                periodic_id="",
                # Ticks do not pile up while a worker is busy or away.
                configure_kwargs={
                    "queueing_lock": f"periodic:{periodic.task.name}",
                    "priority": periodic.priority,
                },
            )
    async with app.open_async():
        await app.run_worker_async(
            name="worker",
            concurrency=concurrency,
            wait=wait,
            listen_notify=wait,
            fetch_job_polling_interval=POLL,
            abort_job_polling_interval=60.0,
            shutdown_graceful_timeout=GRACE,
            delete_jobs="successful",
            install_signal_handlers=False,
            update_heartbeat_interval=HEARTBEAT if not engine.database.on_sqlite else 30.0,
            stalled_worker_timeout=STALLED_AFTER if not engine.database.on_sqlite else 120.0,
            worker_middleware=[_note(engine)],
        )


def _register(app: App, engine: Engine, task: Task) -> None:
    async def run(context: JobContext, /, **arguments: Any) -> None:
        await _handle(engine, task, context.job, arguments)

    app.task(name=task.name, pass_context=True, retry=Waits(engine, task))(run)


async def _handle(engine: Engine, task: Task, job: Job, arguments: dict[str, Any]) -> None:
    number = int(job.id or 0)
    try:
        if job.scheduled_at is not None:
            await asyncio.sleep(engine.database.job_store.early_by(job.scheduled_at))
        await task.handler(arguments)
    except RetryLater as later:
        if await _is_superseded(engine, task, job):
            return
        log.info("job-postponed", task=task.name, job=number, seconds=later.seconds)
        raise
    except Exception:
        engine.running.errors[number] += 1
        if engine.running.errors[number] > len(task.retry.waits):
            log.exception("job-failed", task=task.name, job=number)
        else:
            log.warning("job-error", task=task.name, job=number, exc_info=True)
            if await _is_superseded(engine, task, job):
                return
        raise
    engine.running.errors.pop(number, None)


async def _is_superseded(engine: Engine, task: Task, job: Job) -> bool:
    """A meeting that moves while its reminder runs defers another one under the same key.

    Of a key only one job may wait: to put this one back would fail, and it is not wanted.
    """
    if job.queueing_lock is None or not await engine.care.is_superseded(int(job.id or 0)):
        return False
    log.info("job-superseded", task=task.name, job=job.id)
    return True


class Waits(BaseRetryStrategy):
    """When a job that raised runs again."""

    def __init__(self, engine: Engine, task: Task) -> None:
        self._running = engine.running
        self._store = engine.database.job_store
        self._waits = task.retry.waits

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, RetryLater):
            return RetryDecision(retry_at=self._store.retry_at(exception.seconds))
        if isinstance(exception, asyncio.CancelledError):  # the process stops: for the next one
            return RetryDecision(retry_at=self._store.retry_at(0))
        errors = self._running.errors[int(job.id or 0)]
        if 0 < errors <= len(self._waits) and job.attempts < MOST_ATTEMPTS:
            return RetryDecision(retry_at=self._store.retry_at(self._waits[errors - 1]))
        self._running.errors.pop(int(job.id or 0), None)
        return None


def _note(engine: Engine) -> Callable[..., Awaitable[Any]]:
    """Notes which jobs this process has in hand, for the sweep."""
    running = engine.running

    async def note(
        call_next: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker
    ) -> Any:
        number = int(context.job.id or 0)
        running.worker_id = worker.worker_id
        running.jobs.add(number)
        try:
            return await call_next()
        finally:
            running.jobs.discard(number)
            running.done += 1

    return note


@contextmanager
def _working(engine: Engine) -> Iterator[None]:
    engine.running.is_working = True
    try:
        yield
    finally:
        engine.running.is_working = False
        engine.running.jobs.clear()


def _quieten() -> None:
    """Procrastinate's own lines repeat ours, with the arguments of the job in them."""
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    outcomes = logging.getLogger("procrastinate.worker")
    if not any(isinstance(each, _NoOutcomes) for each in outcomes.filters):
        outcomes.addFilter(_NoOutcomes())


class _NoOutcomes(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return not str(getattr(record, "action", "")).startswith("job_")
