"""A meeting as an Outlook event: what is sent, what came back, and what differs. Pure."""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from graph.zones import exchange_name

# Our own properties on an event: which meeting it is, and what its text was made of.
PROPERTIES = "String {6f3d2f0e-8f0b-4b3c-9d0a-1f4d2a7c5e91} Name"
KEY = f"{PROPERTIES} IbcHmKey"
DIGEST = f"{PROPERTIES} IbcHmDigest"
ZONE = f"{PROPERTIES} IbcHmZone"
# Where Teams' own join block starts in a body; it is kept when ours is written anew.
JOIN_BLOCK = re.compile(r"(<div[^>]*>\s*)?_{20,}", re.IGNORECASE)


@dataclass(frozen=True)
class CalendarEvent:
    """A meeting as it should stand in the calendar.

    `key` is our own name for it (`meeting:12`); `starts_at` and `ends_at` are aware, `zone` is the
    IANA zone that people meant; `body` is plain text; `web_link` is shown below it.
    """

    key: str
    subject: str
    body: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    location: str = ""
    is_online: bool = False
    web_link: str | None = None

    def __post_init__(self) -> None:
        if self.starts_at.tzinfo is None or self.ends_at.tzinfo is None:
            raise ValueError("the times of an event need a zone")
        if self.ends_at < self.starts_at:
            raise ValueError("the event ends before it starts")

    @property
    def digest(self) -> str:
        """A mark of the text, to see later whether ours changed: Exchange rewrites markup."""
        return hashlib.sha256(self.markup.encode()).hexdigest()[:32]

    @property
    def markup(self) -> str:
        """The text as HTML, with nothing in it that people wrote taken for markup."""
        lines = "<br>\n".join(html.escape(line) for line in self.body.splitlines())
        parts = [f"<p>{lines}</p>"]
        if self.web_link:
            link = html.escape(self.web_link, quote=True)
            parts.append(f'<p><a href="{link}">{link}</a></p>')
        return "\n".join(parts)


def new_event(wanted: CalendarEvent, transaction_id: str, zone: str) -> Any:
    """The event to create; `zone` is the name that its times are sent in."""
    from msgraph.generated.models.event import Event

    event = Event(
        subject=wanted.subject,
        body=_body(wanted.markup),
        start=_time(wanted.starts_at, zone, wanted.zone),
        end=_time(wanted.ends_at, zone, wanted.zone),
        transaction_id=transaction_id,
        single_value_extended_properties=_properties(wanted, with_key=True),
    )
    if wanted.location:
        event.location = _location(wanted.location)
    if wanted.is_online:
        _make_online(event)
    return event


def changes(found: Any, wanted: CalendarEvent, zone: str) -> Any:
    """A new event that holds only what differs from the one found; None when nothing does."""
    from msgraph.generated.models.event import Event

    event, before = Event(), dict(_held(found))
    changed = False
    if found.subject != wanted.subject:
        event.subject, changed = wanted.subject, True
    if not same_times(found, wanted):
        event.start = _time(wanted.starts_at, zone, wanted.zone)
        event.end = _time(wanted.ends_at, zone, wanted.zone)
        changed = True
    if (found.location.display_name if found.location else "") != wanted.location:
        event.location, changed = _location(wanted.location), True
    if wanted.is_online and not found.is_online_meeting:
        _make_online(event)
        changed = True
    if before.get(DIGEST) != wanted.digest:
        event.body, changed = _body(wanted.markup + _join_block(found)), True
    if changed or before.get(ZONE) != wanted.zone:
        event.single_value_extended_properties = _properties(wanted, with_key=False)
        changed = True
    return event if changed else None


def same_times(found: Any, wanted: CalendarEvent) -> bool:
    """Whether Exchange understood the times as the instants that we mean.

    Its zone rules are older or newer than ours at times (Mexico 2022, Paraguay 2024).
    """
    return (instant(found.start), instant(found.end)) == (
        wanted.starts_at.astimezone(UTC).replace(microsecond=0),
        wanted.ends_at.astimezone(UTC).replace(microsecond=0),
    )


def instant(time: Any) -> datetime | None:
    """A time that was asked for in UTC, as an instant."""
    if time is None or not time.date_time:
        return None
    return datetime.fromisoformat(str(time.date_time)[:19]).replace(tzinfo=UTC)


def key_of(found: Any) -> str:
    """Our key of an event, empty when it is not ours."""
    return _held(found).get(KEY, "")


def _held(found: Any) -> dict[str, str]:
    properties = found.single_value_extended_properties or []
    return {_canonical(str(one.id)): str(one.value) for one in properties}


def _canonical(property_id: str) -> str:
    """Exchange writes the GUID back in the case it likes."""
    return next((own for own in (KEY, DIGEST, ZONE) if own.lower() == property_id.lower()), "")


def _properties(wanted: CalendarEvent, *, with_key: bool) -> list[Any]:
    from msgraph.generated.models.single_value_legacy_extended_property import (
        SingleValueLegacyExtendedProperty as Property,
    )

    kept = [Property(id=DIGEST, value=wanted.digest), Property(id=ZONE, value=wanted.zone)]
    return [Property(id=KEY, value=wanted.key), *kept] if with_key else kept


def _time(at: datetime, zone: str, iana: str) -> Any:
    from msgraph.generated.models.date_time_time_zone import DateTimeTimeZone

    local = at.astimezone(UTC if zone == "UTC" else ZoneInfo(iana))
    return DateTimeTimeZone(date_time=local.strftime("%Y-%m-%dT%H:%M:%S"), time_zone=zone)


def zone_to_send(wanted: CalendarEvent) -> str:
    """The zone name for the first try."""
    return exchange_name(wanted.zone)


def _body(markup: str) -> Any:
    from msgraph.generated.models.body_type import BodyType
    from msgraph.generated.models.item_body import ItemBody

    return ItemBody(content_type=BodyType.Html, content=markup)


def _location(name: str) -> Any:
    from msgraph.generated.models.location import Location

    return Location(display_name=name)


def _make_online(event: Any) -> None:
    from msgraph.generated.models.online_meeting_provider_type import OnlineMeetingProviderType

    event.is_online_meeting = True
    event.online_meeting_provider = OnlineMeetingProviderType.TeamsForBusiness


def _join_block(found: Any) -> str:
    content = str(found.body.content or "") if found.body and found.is_online_meeting else ""
    start = JOIN_BLOCK.search(content)
    if start is None:
        return ""
    return "\n" + re.sub(r"\s*</body>.*", "", content[start.start() :], flags=re.DOTALL)
