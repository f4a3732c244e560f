"""The job `sync_event`: the joint calendar shows a meeting as it stands now (S113)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from coalition.charter import Charter
from coalition.errors import Stale
from coalition.meetings import Meeting
from graph.client import Graph
from graph.events import CalendarEvent
from jobs.engine import Engine, Retry, RetryLater
from jobs.graph_errors import patient
from language.texts import texts
from storage.database import Database

RETRY = Retry((5, 30, 120, 600, 1800, 3600))


class JointCalendar:
    """One event a meeting, created once, changed with it, and taken out when it is cancelled."""

    def __init__(self, database: Database, graph: Graph, charter: Charter) -> None:
        self._database = database
        self._graph = graph
        self._charter = charter

    def register(self, engine: Engine) -> None:
        engine.task("sync_event", self.sync, retry=RETRY)

    async def sync(self, arguments: Mapping[str, Any]) -> None:
        """Bring the event of one meeting to the meeting's present state."""
        async with self._database.unit_of_work(read_only=True) as unit:
            meeting = await unit.meetings.get(int(arguments["meeting"]))
        if meeting is None:
            return
        synced = await self._cancel(meeting) if meeting.is_cancelled else await self._put(meeting)
        if synced == meeting:
            return
        try:
            async with self._database.unit_of_work() as unit:
                await unit.meetings.save(synced, meeting)
        except Stale as error:
            # Changed meanwhile: the event is found again by its key, and brought to the new state.
            raise RetryLater(1, "meeting changed") from error

    async def _cancel(self, meeting: Meeting) -> Meeting:
        async with patient("sync_event"):
            event_id = meeting.event_id or await self._left_behind(meeting)
            if event_id:
                await self._graph.calendar.cancel(event_id)
        if not meeting.event_id:
            return meeting
        return replace(meeting, event_id="", event_link="", event_version=meeting.event_version + 1)

    async def _left_behind(self, meeting: Meeting) -> str:
        """The event of a meeting whose process ended before its id was stored."""
        found = await self._graph.calendar.find(f"meeting:{meeting.id}")
        return found.id if found else ""

    async def _put(self, meeting: Meeting) -> Meeting:
        seed = f"{self._charter.short_name} {meeting.scheduled_by} {meeting.notice_on}"
        transaction = uuid5(NAMESPACE_URL, f"{seed} {meeting.id} {meeting.event_version}")
        async with patient("sync_event"):
            reference = await self._graph.calendar.put(
                self._event(meeting), str(transaction), meeting.event_id or None
            )
        return replace(meeting, event_id=reference.id, event_link=reference.web_url)

    def _event(self, meeting: Meeting) -> CalendarEvent:
        t = texts(self._charter.team_language)
        kind = t(f"meeting-kind-{meeting.kind}")
        body = t("event-body", coalition=self._charter.name, kind=kind, number=meeting.id)
        is_link = meeting.place.startswith(("https://", "http://"))
        return CalendarEvent(
            key=f"meeting:{meeting.id}",
            subject=f"{self._charter.short_name}: {meeting.title}",
            body=body,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            zone=meeting.zone,
            location=meeting.place,
            web_link=meeting.place if is_link else None,
        )
