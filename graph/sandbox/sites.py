"""The site, its library, the group and the mailboxes, as far as a client looks at them."""

from __future__ import annotations

from aiohttp import web

from graph.sandbox import drives, items
from graph.sandbox.addresses import Route
from graph.sandbox.tenant import (
    GROUP_ID,
    MAILBOX,
    SENDER,
    SITE_ID,
    Ask,
    Refusal,
    collection,
    entity,
)

TITLE = "Issue-based Coalition on Human Mobility"


async def site(ask: Ask) -> web.Response:
    """GET the coalition's site."""
    root = ask.store.get(items.KIND, items.ROOT) or {}
    body = {
        "id": SITE_ID,
        "name": "ibc-hm",
        "displayName": TITLE,
        "createdDateTime": root.get("created_at"),
        "lastModifiedDateTime": root.get("modified_at"),
        "webUrl": f"{ask.tenant.origin}/{items.SITE_PATH}",
        "siteCollection": {"hostname": "sandbox.sharepoint.com"},
        "root": {},
    }
    return entity(ask, body, "sites/$entity")


async def library_of_site(ask: Ask) -> web.Response:
    """GET the drives of the site: its one library."""
    return collection(ask, [drives.written(ask)], "drives")


async def group(ask: Ask) -> web.Response:
    """GET the group behind the Teams space."""
    body = {"id": GROUP_ID, "displayName": TITLE, "groupTypes": ["Unified"], "mail": MAILBOX}
    return entity(ask, body, "groups/$entity")


async def user(ask: Ask) -> web.Response:
    """GET a mailbox."""
    address = ask.params["user"].lower()
    if address not in (MAILBOX, SENDER):
        raise Refusal(404, "Request_ResourceNotFound", "Resource does not exist.")
    body = {
        "id": f"5a6d1c1e-0000-4000-8000-0000000001{'01' if address == MAILBOX else '02'}",
        "displayName": "RCP LAC calendar" if address == MAILBOX else "IBC-HM secretariat",
        "userPrincipalName": address,
        "mail": address,
    }
    return entity(ask, body, "users/$entity")


ROUTES = [
    Route("GET", "sites/{site}", site),
    Route("GET", "sites/{site}/drives", library_of_site),
    Route("GET", "groups/{group}", group),
    Route("GET", "groups/{group}/drives", library_of_site),
    Route("GET", "users/{user}", user),
]
