"""What the doctor asks of Graph: can we sign in, and is each place there and open to us?"""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from graph import folders
from graph.credentials import Credential
from graph.errors import (
    Forbidden,
    GraphError,
    NotConfigured,
    NotFound,
    Throttled,
    Unauthorized,
    Unavailable,
)
from graph.names import safe_folder

if TYPE_CHECKING:
    from graph.client import Graph


@dataclass(frozen=True)
class Check:
    """One thing that has to work, whether it does, and a sentence on it."""

    name: str
    is_fine: bool
    sentence: str


async def check(graph: Graph) -> list[Check]:
    """Look at everything that is used, without changing anything."""
    asked: list[tuple[str, Callable[[], Awaitable[str]]]] = [
        ("sign-in", lambda: _sign_in(graph)),
        ("library", lambda: _library(graph)),
        ("library columns", lambda: _columns(graph)),
        ("lists", lambda: _lists(graph)),
        ("calendar", lambda: _calendar(graph)),
        ("mail", lambda: _mail(graph)),
    ]
    return [await _checked(name, ask) for name, ask in asked]


async def _checked(name: str, ask: Callable[[], Awaitable[str]]) -> Check:
    try:
        return Check(name, True, await ask())
    except NotConfigured as missing:
        return Check(name, False, str(missing))
    except GraphError as failed:
        return Check(name, False, _reason(failed))


def _reason(failed: GraphError) -> str:
    known = {
        Unauthorized: "Graph refuses the token: look at the tenant, the client id and its secret.",
        Forbidden: "The application has no permission for this.",
        NotFound: "It is not there, or the application may not see it: look at the id.",
        Throttled: "Graph asks to wait; try again later.",
        Unavailable: "Graph does not answer.",
    }
    sentence = known.get(type(failed), "Graph refuses the request.")
    return f"{sentence} (status {failed.status}, {failed.code or 'no code'})"


async def roles(credential: Credential) -> list[str]:
    """The permissions in a token; empty for one that can't be read, which Entra ID allows."""
    parts = (await credential.token()).split(".")
    if len(parts) != 3:
        return []
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return []
    return [str(role) for role in claims.get("roles", [])]


async def _sign_in(graph: Graph) -> str:
    granted = await roles(graph.connection.credential)
    if not granted:
        return "Signed in; the token names no permissions."
    return f"Signed in with {', '.join(sorted(granted))}."


async def _library(graph: Graph) -> str:
    drive_id = await graph.drive.id()
    root = safe_folder(graph.settings.library_root)
    found = await folders.find(graph.connection, drive_id, root)
    return f"The library is at {found.web_url}."


async def _columns(graph: Graph) -> str:
    sdk, drive_id = await graph.connection.sdk(), await graph.drive.id()
    place = sdk.drives.by_drive_id(drive_id).list_.columns
    page = await graph.connection.call(lambda: place.get())
    return f"The library has {len(page.value or [])} columns."


async def _lists(graph: Graph) -> str:
    site_id = graph.settings.site_id
    if site_id is None:
        raise NotConfigured("Lists need the id of the coalition's SharePoint site.")
    sdk = await graph.connection.sdk()
    page = await graph.connection.call(lambda: sdk.sites.by_site_id(site_id).lists.get())
    return f"The site has {len(page.value or [])} lists."


async def _calendar(graph: Graph) -> str:
    now = datetime.now(UTC)
    seen = await graph.calendar.view(now, now + timedelta(days=30))
    if graph.settings.calendar_group_id:
        way = f"a group's calendar through {graph.settings.service_account or 'a service account'}"
    else:
        way = f"the calendar of the shared mailbox {graph.settings.calendar_mailbox}"
    return f"Events go to {way}; {len(seen)} stand in the next 30 days."


async def _mail(graph: Graph) -> str:
    mailbox = graph.settings.sender_mailbox
    if mailbox is None:
        raise NotConfigured("No mailbox to send from: nobody gets mail, Teams works without.")
    granted = await roles(graph.connection.credential)
    if granted and "Mail.Send" not in granted:
        raise Forbidden(403, "Mail.Send")
    return f"Mail goes out from {mailbox}."
