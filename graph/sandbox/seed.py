"""What a new sandbox holds: the coalition's folders and its calendar, and nothing that happened."""

from __future__ import annotations

import uuid

from graph.sandbox import calendars, items, lists
from graph.sandbox.tenant import GROUP_ID, MAILBOX, SENDER, Tenant

FOLDERS = (
    "Meetings",
    "Minutes",
    "Service requests",
    "Reports",
    "Working groups",
    "Terms of Reference",
)
CALENDAR = "RCP LAC joint calendar"


def seed(tenant: Tenant) -> None:
    """Fill an empty store; a store that was filled before is left as it is."""
    if tenant.store.get(items.KIND, items.ROOT) is not None:
        return
    with tenant.store.transaction():
        now = tenant.now()
        root = {
            "id": items.ROOT,
            "guid": str(uuid.uuid4()).upper(),
            "parent": "",
            "name": "root",
            "version": 1,
            "content_version": 1,
            "created_at": now,
            "modified_at": now,
            "number": 0,
            "fields": {},
        }
        tenant.store.put(items.KIND, root, "", "root")
        for name in FOLDERS:
            items.make(tenant, items.ROOT, name, None)
        url = items.web_url(tenant, root)
        lists.make(tenant.store, lists.LIBRARY, "Documents", "documentLibrary", now, url)
        _calendar(tenant, MAILBOX, calendars.DEFAULT, CALENDAR)
        _calendar(tenant, SENDER, "AQMkCalendarSender", "Calendar")
        _calendar(tenant, GROUP_ID, "AQMkCalendarGroup", "Calendar")


def _calendar(tenant: Tenant, owner: str, calendar_id: str, title: str) -> None:
    calendar = {"id": calendar_id, "owner": owner, "title": title, "is_default": True}
    tenant.store.put("calendar", calendar, owner, title)
