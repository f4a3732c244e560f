"""Takes over the jobs of workers that died, and clears away what nobody looks at any more."""

from collections.abc import Mapping
from datetime import UTC, datetime
from time import time
from typing import Any

import structlog

from jobs.engine import Engine

log = structlog.get_logger()

SWEEP = "sweep"
TIDY = "tidy"
#: Before all else: at priority 0 takeover took twice as long, behind the jobs that wait.
FIRST = 100
STALLED_AFTER = 10.0  # seconds without a heartbeat; see jobs/worker.py


def register(engine: Engine) -> None:
    """Adds both periodic jobs. Seconds are the sixth field of a cron line here, not the first."""

    async def sweep(_: Mapping[str, Any]) -> None:
        await take_over(engine)
        async with engine.database.unit_of_work() as unit:
            await unit.signs.give("worker", datetime.now(UTC))

    async def tidy(_: Mapping[str, Any]) -> None:
        async with engine.database.unit_of_work() as unit:
            await unit.slots.forget_idle(time() - 7200)
            await unit.turns.forget_old()

    every = "* * * * * */20" if engine.database.on_sqlite else "* * * * * */5"
    engine.periodic(SWEEP, every, sweep, priority=FIRST)
    engine.periodic(TIDY, "17 3 * * *", tidy)


async def take_over(engine: Engine) -> None:
    """Puts back the jobs that dead workers had in hand, and those that this one let fall.

    A job falls when its end could not be recorded, because the database was away at that moment:
    it is in our hand for the database and not for us, at two sweeps one after the other.
    """
    running = engine.running
    in_hand = await engine.care.in_hand(STALLED_AFTER)
    ours = {
        job.id
        for job in in_hand
        if job.worker_id == running.worker_id is not None and job.id not in running.jobs
    }
    dead = {job.id for job in in_hand if job.is_stalled and job.worker_id != running.worker_id}
    dead |= {job.id for job in in_hand if job.worker_id is None}
    if engine.database.on_sqlite:  # there is one worker, and it is we who sweep
        dead = set()
    fallen = ours & running.suspects
    running.suspects = ours - fallen
    if dead | fallen:
        count = await engine.care.put_back(sorted(dead | fallen))
        log.warning("jobs-taken-over", count=count)
