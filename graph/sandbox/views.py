"""What the page shows, gathered from the store in the words and times that people read."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from graph.sandbox import events, items, mail
from graph.sandbox.store import Record
from graph.sandbox.tenant import APP_NAME, Tenant

UNSHOWN = ("Title", "SentHash")  # columns that say nothing to a person
UNITS = ("bytes", "KB", "MB", "GB")
KINDS = {
    "docx": "word",
    "doc": "word",
    "xlsx": "sheet",
    "csv": "sheet",
    "pptx": "slides",
    "pdf": "pdf",
    "png": "image",
    "jpg": "image",
    "jpeg": "image",
}


@dataclass(frozen=True)
class Entry:
    """A line of the library."""

    name: str
    url: str
    is_folder: bool
    kind: str
    ending: str
    facts: str
    when: str
    who: str
    title: str
    chips: tuple[tuple[str, str], ...]
    place: str = ""


@dataclass(frozen=True)
class Meeting:
    """A line of the agenda."""

    id: str
    subject: str
    month: str
    day: str
    weekday: str
    hours: str
    zone: str
    location: str
    is_online: bool
    is_past: bool
    body: str
    join: str
    when: str


def readable_size(size: int) -> str:
    """A size as people say it."""
    amount, unit = float(size), 0
    while amount >= 1000 and unit < len(UNITS) - 1:
        amount, unit = amount / 1024, unit + 1
    return f"{size} bytes" if unit == 0 else f"{amount:.1f} {UNITS[unit]}"


def readable_time(at: str) -> str:
    """An instant in UTC as people read it."""
    when = datetime.fromisoformat(at)
    return f"{when.day} {when:%b %Y, %H:%M} UTC"


def readable_now(tenant: Tenant) -> str:
    """The sandbox's time, which the bot can move."""
    now = tenant.clock()
    return f"{now:%A} {now.day} {now:%B %Y, %H:%M} {now.tzname() or ''}".rstrip()


def entry(tenant: Tenant, item: Record) -> Entry:
    """One file or folder."""
    is_folder = "file" not in item
    _, dot, ending = item["name"].rpartition(".")
    ending = ending.lower() if dot and not is_folder and len(ending) <= 5 else ""
    fields = {key: str(value) for key, value in item["fields"].items() if value}
    title = fields.get("Title", "")
    names = {c["name"]: c["displayName"] for c in tenant.store.all("column")}
    chips = tuple(
        (names.get(key, key), value) for key, value in fields.items() if key not in UNSHOWN
    )
    held = items.children(tenant.store, item["id"]) if is_folder else []
    count = f"{len(held)} item{'' if len(held) == 1 else 's'}"
    return Entry(
        name=item["name"],
        url=items.web_url(tenant, item),
        is_folder=is_folder,
        kind="folder" if is_folder else KINDS.get(ending, "file"),
        ending=ending,
        facts=count if is_folder else readable_size(item.get("size", 0)),
        when=readable_time(item["modified_at"]),
        who=APP_NAME,
        title="" if title == item["name"].removesuffix(f".{ending}") else title,
        chips=chips,
        place=" / ".join(items.path_of(tenant.store, item)[:-1]) or items.LIBRARY,
    )


def folder(tenant: Tenant, item: Record) -> list[Entry]:
    """What a folder holds, folders first."""
    held = [entry(tenant, one) for one in items.children(tenant.store, item["id"])]
    return sorted(held, key=lambda one: not one.is_folder)


def newest(tenant: Tenant, count: int) -> list[Entry]:
    """The files that were filed or changed last."""
    files = [
        one for one in tenant.store.all(items.KIND) if "file" in one and not one.get("deleted")
    ]
    return [entry(tenant, one) for one in reversed(files[-count:])]


def crumbs(tenant: Tenant, item: Record) -> list[tuple[str, str]]:
    """The folders above an item, the library first."""
    above: list[tuple[str, str]] = []
    while item["id"] != items.ROOT:
        item = tenant.store.get(items.KIND, item["parent"]) or {"id": items.ROOT}
        if item["id"] != items.ROOT:
            above.insert(0, (item["name"], items.web_url(tenant, item)))
    root = tenant.store.get(items.KIND, items.ROOT) or {}
    return [("Library", items.web_url(tenant, root)), *above]


def meeting(tenant: Tenant, event: Record) -> Meeting:
    """One event in the zone that it was meant in."""
    zone = events.shown_zone(event)
    start, end = (datetime.fromisoformat(event[s]).astimezone(zone) for s in ("start", "end"))
    hours = f"{start:%H:%M}–{end:%H:%M}"
    offset = f"{start:%z}"
    sign = "−" if offset.startswith("-") else "+"
    city = str(zone).rpartition("/")[2].replace("_", " ")
    return Meeting(
        id=event["id"],
        subject=event["subject"],
        month=f"{start:%B %Y}",
        day=str(start.day),
        weekday=f"{start:%a}",
        hours=hours,
        zone=f"{city} (UTC{sign}{offset[1:3]}:{offset[3:]})" if city != "UTC" else "UTC",
        location=str((event.get("location") or {}).get("displayName") or ""),
        is_online=event["is_online"],
        is_past=datetime.fromisoformat(event["end"]) < tenant.clock().astimezone(UTC),
        body=readable(event["body"]["content"]),
        join=events.join_url(event) if event["is_online"] else "",
        when=f"{start:%A} {start.day} {start:%B %Y}, {hours}",
    )


def agenda(tenant: Tenant, *, upcoming: bool = False) -> list[tuple[str, list[Meeting]]]:
    """All meetings by month; only those that have not ended, if so asked."""
    held = [one for one in tenant.store.all(events.KIND) if not one.get("deleted")]
    if upcoming:
        now = tenant.clock().astimezone(UTC)
        held = [one for one in held if datetime.fromisoformat(one["end"]) >= now]
    held.sort(key=lambda one: str(one["start"]))
    meetings = [meeting(tenant, one) for one in held]
    return [(month, list(those)) for month, those in groupby(meetings, lambda one: one.month)]


def tables(tenant: Tenant) -> list[dict[str, Any]]:
    """The lists with their columns and rows, the newest row first."""
    found = [one for one in tenant.store.all("list") if one["template"] != "documentLibrary"]
    return [table(tenant, one) for one in found]


def table(tenant: Tenant, found: Record) -> dict[str, Any]:
    """One list."""
    columns = tenant.store.of("column", found["id"])
    columns.sort(key=lambda one: one["name"] != "Key")
    rows = sorted(
        tenant.store.of("row", found["id"]), key=lambda one: -int(one["id"].rpartition(":")[2])
    )
    return {
        "id": found["id"],
        "name": found["name"],
        "columns": [(one["name"], one["displayName"]) for one in columns],
        "rows": [row["fields"] | {"#": row["id"].rpartition(":")[2]} for row in rows],
    }


def heading(row: Record) -> str:
    """What a row is called: its key and its title, once."""
    key, title = str(row.get("Key") or ""), str(row.get("Title") or "")
    return title or key if key in title else f"{key} · {title}".strip(" ·")


def messages(tenant: Tenant) -> list[dict[str, Any]]:
    """The mail, the newest first."""
    return [message(one) for one in reversed(tenant.store.all(mail.KIND))]


def message(found: Record) -> dict[str, Any]:
    """One message."""
    text = readable(found["content"]) if found["is_html"] else found["content"]
    return {
        **found,
        "when": readable_time(found["sent_at"]),
        "preview": " ".join(text.split())[:160],
        "people": ", ".join([*found["to"], *found["cc"]]),
    }


def readable(markup: str) -> str:
    """The words of a piece of HTML with its lines."""
    text = re.sub(r"\s*\n\s*", " ", markup)
    text = re.sub(r"<br\s*/?>|</(p|div|li|tr|h\d)>", "\n", text, flags=re.IGNORECASE)
    text = html.unescape(re.sub(r"<[^>]+>", "", text))
    text = re.sub(r"_{20,}", "", text)
    lines = [line.strip() for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def counted(things: Iterable[object], word: str) -> str:
    """A number of things in words."""
    number = len(list(things))
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
