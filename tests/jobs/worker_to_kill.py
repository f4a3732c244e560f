"""A worker in a process of its own, for the tests that kill it.

Its Teams is a file: a message is accepted by being appended to it, in one write. With `hang` it
accepts the first message and never answers.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import jobs.pacing
import jobs.sweep
import jobs.worker
from coalition.delivery import Delivered
from jobs.deliveries import Deliveries
from jobs.engine import Engine
from jobs.pacing import Window
from storage.database import Database

# The pace of Microsoft and the patience of production would make the tests long.
jobs.pacing.APP = (Window(100_000, 1.0),)
jobs.worker.HEARTBEAT = 0.3
jobs.worker.STALLED_AFTER = 2.0
jobs.sweep.STALLED_AFTER = 2.0


class Teams:
    def __init__(self, path: str, hangs: bool) -> None:
        self._file = os.open(path, os.O_APPEND | os.O_CREAT | os.O_WRONLY)
        self._hangs = hangs

    async def send(self, reference: Mapping[str, Any], activity: Mapping[str, Any]) -> Delivered:
        os.write(self._file, f"{activity['text']}\n".encode())
        if self._hangs:
            await asyncio.Event().wait()
        await asyncio.sleep(0.005)
        return Delivered(activity["text"])

    async def update(self, reference, activity_id, activity):
        return await self.send(reference, activity)


async def reference_of(unit, conversation_id):
    return {"id": conversation_id}


async def main(url: str, path: str, how: str) -> None:
    database = Database(url, lambda: datetime.now(UTC))
    await database.start()
    engine = Engine(database)
    Deliveries(database, Teams(path, how == "hang"), reference_of).register(engine)
    jobs.sweep.register(engine)
    print("working", flush=True)  # noqa: T201 - the test waits for it
    await engine.work(concurrency=10)


if __name__ == "__main__":
    # Where the tests run in the background, a shell may have told all its children to ignore it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    asyncio.run(main(*sys.argv[1:]))
