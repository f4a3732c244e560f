"""Events of the sandbox's calendars: how they are kept, changed and written out.

Times are kept as instants with the zone that they were sent in; they are written in UTC, or in the
zone that `Prefer: outlook.timezone` names.
"""

from __future__ import annotations

import html
import re
import secrets
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from graph.sandbox.store import Record
from graph.sandbox.tenant import Ask, Refusal, Tenant
from graph.zones import iana_name

KIND = "event"
ZONE_WISHED = re.compile(r'outlook\.timezone\s*=\s*"([^"]+)"', re.IGNORECASE)
PROPERTY_WISHED = re.compile(r"id eq '([^']+)'", re.IGNORECASE)
# Members that a caller may set, apart from the times and the body.
PLAIN = (
    "subject",
    "location",
    "isAllDay",
    "importance",
    "sensitivity",
    "showAs",
    "attendees",
    "categories",
    "isReminderOn",
    "reminderMinutesBeforeStart",
    "responseRequested",
    "hideAttendees",
)
JOIN = "<br>\n<div>________________________________________________________________________________"


def zone_of(name: str) -> ZoneInfo:
    """A zone by the Windows or IANA name that Exchange takes; 400 for others."""
    try:
        return ZoneInfo(iana_name(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = f"A valid TimeZone value must be specified, not '{name}'."
        raise Refusal(400, "TimeZoneNotSupportedException", message) from None


def instant(sent: Any) -> datetime:
    """The instant of a dateTimeTimeZone."""
    if not isinstance(sent, dict) or "dateTime" not in sent:
        raise Refusal(400, "ErrorPropertyValidationFailure", "dateTime is missing.")
    zone = zone_of(str(sent.get("timeZone") or "UTC"))
    try:
        local = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", str(sent["dateTime"])))
    except ValueError:
        raise Refusal(400, "RequestBodyRead", "dateTime is no time.") from None
    return (local if local.tzinfo else local.replace(tzinfo=zone)).astimezone(UTC)


def make(tenant: Tenant, owner: str, calendar: str, sent: dict[str, Any]) -> Record:
    """A new event from what was posted; the caller saves it."""
    if sent.get("recurrence"):
        raise Refusal(501, "notImplemented", "The sandbox keeps single events only.")
    for name in ("subject", "start", "end"):
        if sent.get(name) is None:
            raise Refusal(400, "ErrorPropertyValidationFailure", f"{name} is missing.")
    identifier = secrets.token_urlsafe(48)
    event: Record = {
        "id": f"AAkALg{identifier}",
        "uid": f"040000008200E00074C5B7101A82E008{secrets.token_hex(20).upper()}",
        "owner": owner,
        "calendar": calendar,
        "created_at": tenant.now(),
        "version": 0,
        "properties": {},
        "body": {"contentType": "html", "content": ""},
        "is_online": False,
        "transaction": sent.get("transactionId"),
    }
    change(tenant, event, sent)
    if event["is_online"]:
        event["body"]["content"] += _join_block(event)
    return event


def change(tenant: Tenant, event: Record, sent: dict[str, Any]) -> None:
    """Apply what was sent to an event; the caller saves it."""
    if sent.get("transactionId") not in (None, event["transaction"]):
        raise Refusal(400, "ErrorInvalidArgument", "transactionId can't be changed.")
    for name in PLAIN:
        if name in sent:
            event[name] = sent[name]
    for side in ("start", "end"):
        if side in sent:
            event[side] = instant(sent[side]).isoformat()
            event[f"{side}_zone"] = str(sent[side].get("timeZone") or "UTC")
    if event["start"] > event["end"]:
        raise Refusal(400, "ErrorPropertyValidationFailure", "The event ends before it starts.")
    if sent.get("body"):
        body = sent["body"]
        kind = str(body.get("contentType") or "text").lower()
        event["body"] = {"contentType": kind, "content": str(body.get("content") or "")}
    if sent.get("isOnlineMeeting"):
        event["is_online"] = True
    for one in sent.get("singleValueExtendedProperties") or []:
        event["properties"][str(one["id"])] = str(one["value"])
    event["version"] += 1
    event["modified_at"] = tenant.now()


def _join_block(event: Record) -> str:
    url = join_url(event)
    return f'{JOIN}</div>\n<div><a href="{url}">Join the meeting</a></div>'


def join_url(event: Record) -> str:
    """Where the online meeting of an event would be."""
    return f"https://teams.example/l/meetup-join/{event['uid'][-24:]}"


def written(ask: Ask, event: Record) -> dict[str, Any]:
    """An event as Graph writes it."""
    wished = ZONE_WISHED.search(ask.request.headers.get("Prefer", ""))
    zone = wished[1] if wished else "UTC"
    key = f"{event['id'][:12]}{event['version']:04d}"
    text = plain_text(event["body"]["content"])
    body: dict[str, Any] = {
        "@odata.etag": f'W/"{key}"',
        "id": event["id"],
        "changeKey": key,
        "iCalUId": event["uid"],
        "createdDateTime": event["created_at"],
        "lastModifiedDateTime": event["modified_at"],
        "bodyPreview": text[:255],
        "body": event["body"],
        "start": _local(event["start"], zone),
        "end": _local(event["end"], zone),
        "originalStartTimeZone": event["start_zone"],
        "originalEndTimeZone": event["end_zone"],
        "webLink": f"{ask.tenant.origin}/events/{event['id']}",
        "organizer": {"emailAddress": {"name": "RCP LAC", "address": event["owner"]}},
        "type": "singleInstance",
        "responseStatus": {"response": "organizer", "time": "0001-01-01T00:00:00Z"},
        "isCancelled": False,
        "isOrganizer": True,
        "isDraft": False,
        "hasAttachments": False,
        "isOnlineMeeting": event["is_online"],
        "onlineMeetingProvider": "teamsForBusiness" if event["is_online"] else "unknown",
        "onlineMeeting": {"joinUrl": join_url(event)} if event["is_online"] else None,
        "recurrence": None,
        "seriesMasterId": None,
    }
    if event["transaction"]:
        body["transactionId"] = event["transaction"]
    return body | _plain(event) | _properties(ask, event)


def _plain(event: Record) -> dict[str, Any]:
    kept = {name: event[name] for name in PLAIN if name in event}
    place = kept.get("location") or {}
    name = str(place.get("displayName") or "")
    kept["location"] = {"displayName": name, "locationType": "default"}
    if name:
        kept["location"] |= {"uniqueId": name, "uniqueIdType": "private"}
    usual = {
        "isAllDay": False,
        "importance": "normal",
        "sensitivity": "normal",
        "showAs": "busy",
        "attendees": [],
        "categories": [],
        "isReminderOn": True,
        "reminderMinutesBeforeStart": 15,
    }
    return usual | kept


def _properties(ask: Ask, event: Record) -> dict[str, Any]:
    expand = ask.query("$expand") or ""
    if "singleValueExtendedProperties" not in expand:
        return {}
    wished = {name.lower() for name in PROPERTY_WISHED.findall(expand)}
    held = [
        {"id": name, "value": value}
        for name, value in event["properties"].items()
        if name.lower() in wished
    ]
    return {"singleValueExtendedProperties": held} if held else {}


def _local(at: str, zone: str) -> dict[str, str]:
    local = datetime.fromisoformat(at).astimezone(zone_of(zone))
    return {"dateTime": local.strftime("%Y-%m-%dT%H:%M:%S.0000000"), "timeZone": zone}


def preferred(ask: Ask) -> dict[str, str]:
    """The header that says which wishes were met."""
    wished = ZONE_WISHED.search(ask.request.headers.get("Prefer", ""))
    return {"Preference-Applied": f'outlook.timezone="{wished[1]}"'} if wished else {}


def overlaps(event: Record, start: datetime, end: datetime) -> bool:
    """Whether an event lies in a window, as calendarView counts it."""
    starts, ends = (datetime.fromisoformat(event[side]) for side in ("start", "end"))
    return starts < end and (ends > start or starts == ends >= start)


def plain_text(markup: str) -> str:
    """The words of a body, for previews."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def shown_zone(event: Record) -> ZoneInfo:
    """The zone that the event was meant in, for people to read."""
    ours = next((v for k, v in event["properties"].items() if k.endswith("IbcHmZone")), "")
    for name in (ours, event["start_zone"]):
        try:
            return zone_of(name or "UTC")
        except Refusal:
            continue
    return ZoneInfo("UTC")
