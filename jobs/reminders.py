"""The job `remind`: says in the channel that a meeting is near, or that its minutes are due."""

from collections.abc import Mapping
from typing import Any, Protocol

from coalition.charter import Charter
from coalition.meetings import MINUTES_DUE, Meeting, all_reminders
from jobs.engine import Engine
from storage.database import Database
from storage.unit_of_work import UnitOfWork


class Voice(Protocol):
    """Words the reminder, as the activity that Teams takes."""

    def reminder(self, meeting: Meeting, name: str) -> Mapping[str, Any]: ...


class Reminders:
    """Reads the present state of the meeting again: what is moved, over or done is not said."""

    def __init__(self, database: Database, charter: Charter, voice: Voice) -> None:
        self._database = database
        self._charter = charter
        self._voice = voice

    def register(self, engine: Engine) -> None:
        engine.task("remind", self.remind)

    async def remind(self, arguments: Mapping[str, Any]) -> None:
        """Post one reminder, once for each time that the meeting has had."""
        name = str(arguments["name"])
        async with self._database.unit_of_work() as unit:
            meeting = await unit.meetings.get(int(arguments["meeting"]))
            if meeting is None or not await self._is_wanted(unit, meeting, name):
                return
            message = self._voice.reminder(meeting, name)
            key = f"meeting:{meeting.id}:{name}:{meeting.starts_at:%Y%m%dT%H%M}"
            await unit.postings.on_meeting(meeting, message, key)

    async def _is_wanted(self, unit: UnitOfWork, meeting: Meeting, name: str) -> bool:
        """Not for a cancelled meeting, not early after a move, and only the latest that is due."""
        if meeting.is_cancelled:
            return False
        ladder = {
            reminder.name: reminder.due_at
            for reminder in all_reminders(meeting, self._charter.meetings)
        }
        if name not in ladder or ladder[name] > unit.now:
            return False
        if name == MINUTES_DUE:
            return await unit.minutes.of_meeting(meeting.id) is None
        later = [
            due for other, due in ladder.items() if other != MINUTES_DUE and due > ladder[name]
        ]
        return unit.now < meeting.starts_at and not any(due <= unit.now for due in later)
