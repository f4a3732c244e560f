"""Calendars over HTTP: a shared mailbox's, and a group's that takes no application's token."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from graph.sandbox import events
from graph.sandbox.addresses import Route
from graph.sandbox.store import Record
from graph.sandbox.tenant import GROUP_ID, MAILBOX, SENDER, Ask, Refusal, collection, entity

DEFAULT = "AQMkCalendarRcpLac"
PAGE = 10  # Outlook's own page size
BY_PROPERTY = re.compile(
    r"singleValueExtendedProperties/any\(\s*(\w+)\s*:\s*\1/id eq '([^']+)' and "
    r"\1/value eq '((?:[^']|'')*)'\s*\)"
)


def _owner(ask: Ask) -> str:
    """Whose calendars are asked for; 404 for mailboxes that the tenant does not have."""
    if "group" in ask.params:
        if ask.is_application:
            raise Refusal(403, "ErrorAccessDenied", "Access is denied. Check credentials.")
        return GROUP_ID
    user = ask.params["user"].lower()
    if user not in (MAILBOX, SENDER):
        raise Refusal(404, "ErrorInvalidUser", f"The requested user '{user}' is invalid.")
    return user


def _calendar_id(ask: Ask) -> str:
    owner = _owner(ask)
    named = ask.params.get("calendar")
    for one in ask.store.of("calendar", owner):
        if named is None or one["id"] == named:
            return str(one["id"])
    raise Refusal(404, "ErrorItemNotFound", "The specified object was not found in the store.")


def _calendar(found: Record) -> dict[str, Any]:
    return {
        "id": found["id"],
        "name": found["title"],
        "color": "auto",
        "hexColor": "",
        "isDefaultCalendar": found["is_default"],
        "changeKey": f"{found['id'][-8:]}{found['seq']:06d}",
        "canEdit": True,
        "canShare": True,
        "canViewPrivateItems": True,
        "isRemovable": not found["is_default"],
        "isTallyingResponses": True,
        "allowedOnlineMeetingProviders": ["teamsForBusiness"],
        "defaultOnlineMeetingProvider": "teamsForBusiness",
        "owner": {"name": "RCP LAC", "address": found["owner"]},
    }


async def calendars(ask: Ask) -> web.Response:
    """GET the calendars of a mailbox."""
    found = [_calendar(one) for one in ask.store.of("calendar", _owner(ask))]
    return collection(ask, found, "calendars")


async def calendar(ask: Ask) -> web.Response:
    """GET a calendar, the mailbox's own when none is named."""
    found = ask.store.get("calendar", _calendar_id(ask))
    return entity(ask, _calendar(found or {}), "calendars/$entity")


async def list_events(ask: Ask) -> web.Response:
    """GET the events of a calendar, those that carry a property when a filter asks for it."""
    return _listed(ask, _filter(ask))


def _filter(ask: Ask) -> Callable[[Record], bool]:
    where = ask.query("$filter")
    if not where:
        return lambda event: True
    match = BY_PROPERTY.fullmatch(where.strip())
    if match is None:
        raise Refusal(400, "ErrorInvalidRequest", "The filter is not understood here.")
    name, value = match[2].lower(), match[3].replace("''", "'")
    return lambda event: any(
        held.lower() == name and one == value for held, one in event["properties"].items()
    )


async def view(ask: Ask) -> web.Response:
    """GET the events between two times."""
    start, end = (_bound(ask, name) for name in ("startDateTime", "endDateTime"))
    return _listed(ask, lambda event: events.overlaps(event, start, end))


def _bound(ask: Ask, name: str) -> datetime:
    value = ask.query(name)
    if value is None:
        raise Refusal(400, "ErrorInvalidParameter", f"{name} is missing.")
    try:
        at = datetime.fromisoformat(value.replace(" ", "+"))
    except ValueError:
        raise Refusal(400, "ErrorInvalidParameter", f"{name} is no time.") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _listed(ask: Ask, keeps: Callable[[Record], bool]) -> web.Response:
    held = ask.store.of(events.KIND, _calendar_id(ask))
    found = [one for one in held if not one.get("deleted") and keeps(one)]
    found.sort(key=lambda one: str(one["start"]))
    answer = collection(ask, found, "events", PAGE, lambda one: events.written(ask, one))
    answer.headers.update(events.preferred(ask))
    return answer


async def make(ask: Ask) -> web.Response:
    """POST an event; the same transactionId gives the same event."""
    sent, calendar_id, owner = ask.json(), _calendar_id(ask), _owner(ask)
    with ask.store.transaction():
        known = _of_transaction(ask, owner, sent.get("transactionId"))
        if known is not None:
            return _answer(ask, known, 201)
        event = events.make(ask.tenant, owner, calendar_id, sent)
        ask.store.put(events.KIND, event, calendar_id)
    ask.tenant.announce(f"users/{owner}/events", "created", event["id"])
    return _answer(ask, event, 201)


def _of_transaction(ask: Ask, owner: str, transaction: str | None) -> Record | None:
    if not transaction:
        return None
    for event in ask.store.all(events.KIND):
        if event["owner"] == owner and event["transaction"] == transaction:
            if event.get("deleted"):
                raise Refusal(400, "ErrorDuplicateTransactionId", "The transaction was used.")
            return event
    return None


def _event_of(ask: Ask) -> Record:
    owner = _owner(ask)
    event = ask.store.get(events.KIND, ask.params["event"])
    if event is None or event.get("deleted") or event["owner"] != owner:
        raise Refusal(404, "ErrorItemNotFound", "The specified object was not found in the store.")
    return event


async def one(ask: Ask) -> web.Response:
    """GET an event."""
    return _answer(ask, _event_of(ask))


async def change(ask: Ask) -> web.Response:
    """PATCH an event."""
    event = _event_of(ask)
    events.change(ask.tenant, event, ask.json())
    ask.store.put(events.KIND, event, event["calendar"])
    ask.tenant.announce(f"users/{event['owner']}/events", "updated", event["id"])
    return _answer(ask, event)


async def delete(ask: Ask) -> web.Response:
    """DELETE an event."""
    _bury(ask, _event_of(ask))
    return web.Response(status=204)


async def cancel(ask: Ask) -> web.Response:
    """POST cancel: for meetings with attendees only, as in Outlook."""
    event = _event_of(ask)
    if not event.get("attendees"):
        raise Refusal(400, "ErrorInvalidRequest", "Your request can't be completed: no attendees.")
    _bury(ask, event)
    return web.Response(status=202)


def _bury(ask: Ask, event: Record) -> None:
    event["deleted"] = True
    ask.store.put(events.KIND, event, event["calendar"])
    ask.tenant.announce(f"users/{event['owner']}/events", "deleted", event["id"])


def _answer(ask: Ask, event: Record, status: int = 200) -> web.Response:
    answer = entity(ask, events.written(ask, event), "events/$entity", status)
    answer.headers.update(events.preferred(ask))
    return answer


def _routes() -> list[Route]:
    places = (
        "users/{user}/calendar",
        "users/{user}/calendars/{calendar}",
        "users/{user}",
        "groups/{group}/calendar",
        "groups/{group}",
    )
    found = [
        Route("GET", "users/{user}/calendars", calendars),
        *(Route("GET", place, calendar) for place in places if "calendar" in place),
    ]
    for place in places:
        found += [
            Route("GET", f"{place}/calendarView", view),
            Route("GET", f"{place}/events", list_events),
            Route("POST", f"{place}/events", make),
            Route("GET", f"{place}/events/{{event}}", one),
            Route("PATCH", f"{place}/events/{{event}}", change),
            Route("DELETE", f"{place}/events/{{event}}", delete),
            Route("POST", f"{place}/events/{{event}}/cancel", cancel),
        ]
    return found


ROUTES = _routes()
