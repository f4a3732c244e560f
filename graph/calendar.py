"""The RCP LAC joint calendar: each meeting one event, moved and taken away with it.

A token of the application can't write a Microsoft 365 group's calendar. So the calendar is one of
a shared mailbox, or the group's through a service account that signed in once.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog

from graph import events
from graph.connection import Connection
from graph.errors import Conflict, InvalidRequest, NotConfigured, NotFound
from graph.events import CalendarEvent
from graph.queries import Query, asked

# Ids stay the same when an event moves between calendars; times come back as instants.
PREFER = ('outlook.timezone="UTC"', 'IdType="ImmutableId"')
OURS = f"singleValueExtendedProperties($filter=id eq '{events.KEY}' or id eq '{events.DIGEST}' "
OURS += f"or id eq '{events.ZONE}')"
NAMESPACE = uuid.UUID("6f3d2f0e-8f0b-4b3c-9d0a-1f4d2a7c5e91")
log = structlog.get_logger()


@dataclass(frozen=True)
class EventRef:
    """An event that stands in the calendar; `change_key` changes with it."""

    id: str
    change_key: str
    web_url: str


@dataclass(frozen=True)
class SeenEvent:
    """An event as it is in the calendar now; `key` is empty when it is not ours."""

    id: str
    key: str
    subject: str
    starts_at: datetime | None
    ends_at: datetime | None
    location: str
    change_key: str
    web_url: str
    is_cancelled: bool


class Calendar:
    """The calendar named in the settings, with the connection that may write it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def put(
        self, event: CalendarEvent, transaction_id: str, event_id: str | None = None
    ) -> EventRef:
        """Make the event stand in the calendar as given, and say which it is.

        Without `event_id` it is created once for `transaction_id` (our id and revision), however
        often this is called. With it only what differs is sent; an event that somebody deleted is
        created again.
        """
        if event_id is None:
            return await self._create(event, transaction_id)
        try:
            found = await self._get(event_id)
        except NotFound:
            return await self._create(event, again(transaction_id, event_id))
        return _ref(await self._settled(found, event))

    async def cancel(self, event_id: str) -> None:
        """Take an event out of the calendar; nothing happens when it is gone already."""
        place = (await self._events()).by_event_id(event_id)
        try:
            await self._call(lambda: place.delete(asked(prefer=PREFER)))
        except NotFound:
            return

    async def view(self, start: datetime, end: datetime) -> list[SeenEvent]:
        """What stands in the calendar between two aware times, by start; poll and compare keys.

        Graph has no delta for calendars other than a user's primary one.
        """
        place = (await self._place()).calendar_view
        query = Query(start=_iso(start), end=_iso(end), expand=[OURS])
        found = await self._connection.collect(place, query, prefer=PREFER, workload="outlook")
        seen = [_seen(one) for one in found]
        return sorted(seen, key=lambda one: (one.starts_at or start, one.subject))

    async def find(self, key: str) -> EventRef | None:
        """The event that carries our key, or None."""
        found = await self._found(key)
        return None if found is None else _ref(found)

    async def _create(self, event: CalendarEvent, transaction_id: str) -> EventRef:
        try:
            found = await self._post(event, transaction_id)
        except Conflict:
            # The transaction is known but its event was not returned: it carries our key, or
            # somebody deleted it.
            found = await self._found(event.key)
            if found is None:
                found = await self._post(event, again(transaction_id, "deleted"))
        return _ref(await self._settled(found, event))

    async def _post(self, event: CalendarEvent, transaction_id: str) -> Any:
        place, zone = await self._events(), events.zone_to_send(event)
        try:
            body = events.new_event(event, transaction_id, zone)
            made = await self._call(lambda: place.post(body, asked(prefer=PREFER)))
        except InvalidRequest as refused:
            if zone == "UTC" or not refused.code.startswith("TimeZoneNotSupported"):
                raise
            body = events.new_event(event, transaction_id, "UTC")
            made = await self._call(lambda: place.post(body, asked(prefer=PREFER)))
        return await self._get(str(made.id))  # an answer to a create holds no property of ours

    async def _settled(self, found: Any, event: CalendarEvent) -> Any:
        """The event after sending what differs, its times in UTC when their zone was misread."""
        for zone in (events.zone_to_send(event), "UTC"):
            body = events.changes(found, event, zone)
            if body is None:
                break
            found = await self._patch(str(found.id), body)
            if events.same_times(found, event):
                break
            log.warning("graph_zone_misread", zone=event.zone)
        return found

    async def _patch(self, event_id: str, body: Any) -> Any:
        place = (await self._events()).by_event_id(event_id)
        return await self._call(lambda: place.patch(body, asked(prefer=PREFER)))

    async def _get(self, event_id: str) -> Any:
        place = (await self._events()).by_event_id(event_id)
        query = Query(expand=[OURS])
        return await self._call(lambda: place.get(asked(query, PREFER)))

    async def _found(self, key: str) -> Any:
        place, quoted = await self._events(), key.replace("'", "''")
        where = f"singleValueExtendedProperties/any(ep: ep/id eq '{events.KEY}' and ep/value eq "
        query = Query(filter=f"{where}'{quoted}')", expand=[OURS])
        page = await self._call(lambda: place.get(asked(query, PREFER)))
        return next(iter(page.value or []), None)

    async def _call(self, ask: Any) -> Any:
        return await self._connection.call(ask, workload="outlook")

    async def _events(self) -> Any:
        return (await self._place()).events

    async def _place(self) -> Any:
        sdk, named = await self._connection.sdk(), self._connection.settings
        if named.calendar_group_id:
            return sdk.groups.by_group_id(named.calendar_group_id)
        if named.calendar_mailbox is None:
            raise NotConfigured("The joint calendar needs a shared mailbox or a group.")
        user = sdk.users.by_user_id(named.calendar_mailbox)
        if named.calendar_id:
            return user.calendars.by_calendar_id(named.calendar_id)
        return user.calendar


def again(transaction_id: str, event_id: str) -> str:
    """The transaction of an event made anew after that one was deleted; the same each time."""
    return str(uuid.uuid5(NAMESPACE, f"{transaction_id}:{event_id}"))


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _ref(found: Any) -> EventRef:
    return EventRef(str(found.id), str(found.change_key or ""), str(found.web_link or ""))


def _seen(found: Any) -> SeenEvent:
    return SeenEvent(
        id=str(found.id),
        key=events.key_of(found),
        subject=str(found.subject or ""),
        starts_at=events.instant(found.start),
        ends_at=events.instant(found.end),
        location=str(found.location.display_name or "") if found.location else "",
        change_key=str(found.change_key or ""),
        web_url=str(found.web_link or ""),
        is_cancelled=bool(found.is_cancelled),
    )


__all__ = ["Calendar", "CalendarEvent", "EventRef", "SeenEvent"]
