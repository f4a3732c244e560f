"""Tally: what was asked and how it was received, written behind the turns in small batches."""

import asyncio
import hashlib
import hmac
import secrets
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from coalition.questions import KEPT_FOR, Asked, Feedback, Reaction
from storage.database import Database

log = structlog.get_logger()

#: Seconds until what was asked is written, and until it is tried again when it could not be.
WRITTEN_WITHIN, _AGAIN = 2.0, 30.0
#: What waits while the database is away; the oldest is dropped first.
_WAITING = 2000


class Tally:
    """Counts questions and thumbs without names; nobody's turn waits for it.

    :param written: called after each batch.
    """

    def __init__(self, database: Database, written: Callable[[], Awaitable[None]]) -> None:
        self._database = database
        self._written = written
        self._asked: deque[Asked] = deque(maxlen=_WAITING)
        self._marks: dict[str, Feedback] = {}
        self._task: asyncio.Task[None] | None = None
        self._writing = asyncio.Lock()
        self._secret = secrets.token_bytes(16)

    def count(self, asked: Asked) -> None:
        """Count a question that was answered or refused."""
        self._asked.append(asked)
        self._wake()

    def mark(self, person_id: str, answer_id: str, reaction: Reaction, remark: str) -> None:
        """Keep a thumb. The key tells people apart, but only this process could say who is who."""
        seed = f"{answer_id} {person_id}".encode()
        key = hmac.new(self._secret, seed, hashlib.sha256).hexdigest()
        at = self._database.clock()
        if len(self._marks) < _WAITING:
            self._marks[key] = Feedback(key, answer_id, reaction, remark, at)
        self._wake()

    async def flush(self) -> None:
        """Write what waits; it goes on waiting where that fails."""
        async with self._writing:
            asked, marks = list(self._asked), self._marks
            if not asked and not marks:
                return
            self._asked.clear()
            self._marks = {}
            try:
                await self._write(asked, marks)
            except BaseException:
                self._asked = deque([*asked, *self._asked], _WAITING)
                self._marks = {**marks, **self._marks}
                raise
        await self._written()

    async def close(self) -> None:
        """Write what waits before the program ends."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        try:
            await self.flush()
        except Exception as error:
            log.warning("questions-not-counted", error=type(error).__name__)

    def _wake(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write_soon())

    async def _write_soon(self) -> None:
        while self._asked or self._marks:
            await asyncio.sleep(WRITTEN_WITHIN)
            try:
                await self.flush()
            except Exception as error:
                log.warning("questions-not-counted", error=type(error).__name__)
                await asyncio.sleep(_AGAIN)

    async def _write(self, asked: list[Asked], marks: dict[str, Feedback]) -> None:
        async with self._database.unit_of_work() as unit:
            if asked:
                await unit.asked.add(asked)
            for mark in marks.values():
                await unit.asked.mark(mark)
            await unit.asked.forget(unit.now - KEPT_FOR)
