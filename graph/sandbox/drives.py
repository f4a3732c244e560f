"""The library over HTTP: the drive, its items, their content and their columns' values."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from graph.sandbox import columns, items, lists
from graph.sandbox.addresses import Route
from graph.sandbox.store import Record
from graph.sandbox.tenant import (
    APP_NAME,
    CLIENT_ID,
    DRIVE_ID,
    Ask,
    Refusal,
    Tenant,
    collection,
    entity,
)

SIMPLE_LARGEST = 250 * 1024 * 1024  # bytes


def written(ask: Ask) -> dict[str, Any]:
    """The drive as Graph writes it."""
    by = {"application": {"id": CLIENT_ID, "displayName": APP_NAME}}
    return {
        "id": DRIVE_ID,
        "name": "Documents",
        "driveType": "documentLibrary",
        "webUrl": items.web_url(ask.tenant, items.found(ask.store, "root")),
        "owner": {"user": {"displayName": "System Account"}},
        "createdBy": by,
        "quota": {"state": "normal", "total": 27_487_790_694_400, "used": _used(ask)},
    }


async def drive(ask: Ask) -> web.Response:
    """GET the drive."""
    return entity(ask, written(ask), "drives/$entity")


def _used(ask: Ask) -> int:
    return sum(one.get("size", 0) for one in ask.store.all(items.KIND) if not one.get("deleted"))


async def item(ask: Ask) -> web.Response:
    """GET an item by id or path."""
    return _answer(ask, items.found(ask.store, ask.params["item"]))


async def children(ask: Ask) -> web.Response:
    """GET what a folder holds."""
    folder = items.found(ask.store, ask.params["item"])
    held = items.children(ask.store, folder["id"])
    return collection(ask, held, "driveItems", write=lambda one: _expanded(ask, one))


def _expanded(ask: Ask, found: Record) -> dict[str, Any]:
    written = items.written(ask.tenant, found)
    if "listitem" in (ask.query("$expand") or "").lower():
        written["listItem"] = _list_item(ask, found)
    return written


async def make_folder(ask: Ask) -> web.Response:
    """POST a folder into a folder."""
    body, parent = ask.json(), items.found(ask.store, ask.params["item"])
    if "folder" not in body:
        raise Refusal(400, "invalidRequest", "Only a folder can be made this way.")
    name = str(body.get("name", ""))
    items.check_name(name)
    conflict = str(body.get("@microsoft.graph.conflictBehavior", "fail"))
    with ask.store.transaction():
        existing = items.child(ask.store, parent["id"], name)
        if existing is not None:
            name = renamed(ask.tenant, existing, conflict)
        return _answer(ask, items.make(ask.tenant, parent["id"], name, None), 201)


def renamed(tenant: Tenant, existing: Record, conflict: str) -> str:
    """The name to use beside an existing item, 409 when there may be none."""
    if conflict != "rename":
        raise Refusal(409, "nameAlreadyExists", "An item of that name exists.")
    return items.free_name(tenant.store, existing["parent"], existing["name"])


async def change(ask: Ask) -> web.Response:
    """PATCH an item's name or folder."""
    body, found = ask.json(), items.found(ask.store, ask.params["item"])
    items.check_etag(found, ask.request.headers.get("If-Match"))
    name = str(body.get("name", found["name"]))
    items.check_name(name)
    parent = str((body.get("parentReference") or {}).get("id", found["parent"]))
    items.found(ask.store, parent)
    with ask.store.transaction():
        existing = items.child(ask.store, parent, name)
        if existing is not None and existing["id"] != found["id"]:
            raise Refusal(409, "nameAlreadyExists", "An item of that name exists.")
        found |= {"name": name, "parent": parent}
        return _answer(ask, items.touched(ask.tenant, found))


async def delete(ask: Ask) -> web.Response:
    """DELETE an item with all that is in it."""
    found = items.found(ask.store, ask.params["item"])
    items.check_etag(found, ask.request.headers.get("If-Match"))
    if found["id"] == items.ROOT:
        raise Refusal(403, "accessDenied", "The root can't be deleted.")
    with ask.store.transaction():
        items.bury(ask.tenant, found)
    return web.Response(status=204)


async def put_content(ask: Ask) -> web.Response:
    """PUT a file's content, a new file or a new version of one."""
    if len(ask.content) > SIMPLE_LARGEST:
        raise Refusal(413, "requestEntityTooLarge", "Use an upload session.")
    conflict = ask.query("@microsoft.graph.conflictBehavior") or "replace"
    address = ask.params["item"]
    kept = await items.keep(ask.tenant, address, ask.content)
    with ask.store.transaction():
        if ":/" not in address:
            found = items.found(ask.store, address)
            items.check_etag(found, ask.request.headers.get("If-Match"))
            return _answer(ask, items.refill(ask.tenant, found, kept))
        parent, name = items.parent_and_name(ask.tenant, address)
        if_match = ask.request.headers.get("If-Match")
        made, status = place(ask.tenant, parent["id"], name, kept, conflict, if_match)
    return _answer(ask, made, status)


def place(
    tenant: Tenant,
    parent_id: str,
    name: str,
    kept: Record,
    conflict: str,
    if_match: str | None = None,
) -> tuple[Record, int]:
    """Put kept content under a name as the conflict behaviour says; the item and the status."""
    existing = items.child(tenant.store, parent_id, name)
    if existing is None:
        return items.make(tenant, parent_id, name, kept), 201
    items.check_etag(existing, if_match)
    if "file" not in existing or conflict != "replace":
        return items.make(tenant, parent_id, renamed(tenant, existing, conflict), kept), 201
    return items.refill(tenant, existing, kept), 200


async def get_content(ask: Ask) -> web.Response:
    """GET a file's content: the way to it, on another origin and without a token."""
    found = items.found(ask.store, ask.params["item"])
    if "file" not in found:
        raise Refusal(400, "invalidRequest", "A folder has no content.")
    location = items.download_url(ask.tenant, found)
    return web.Response(status=302, headers={"Location": location})


async def list_item(ask: Ask) -> web.Response:
    """GET the list item of a file."""
    found = items.found(ask.store, ask.params["item"])
    return entity(ask, _list_item(ask, found), "listItems/$entity")


def _list_item(ask: Ask, found: Record) -> dict[str, Any]:
    return {
        "id": str(found["number"]),
        "webUrl": items.web_url(ask.tenant, found),
        "createdDateTime": found["created_at"],
        "lastModifiedDateTime": found["modified_at"],
        "contentType": {"id": "0x0101", "name": "Document"},
        "fields": _fields(found),
    }


async def fields(ask: Ask) -> web.Response:
    """GET the values of a file's columns."""
    found = items.found(ask.store, ask.params["item"])
    return entity(ask, _fields(found), "fields/$entity")


async def change_fields(ask: Ask) -> web.Response:
    """PATCH the values of a file's columns, which makes a new version of it."""
    found = items.found(ask.store, ask.params["item"])
    values = columns.checked(ask.store, lists.LIBRARY, ask.json())
    found["fields"] = {**found["fields"], **values}
    items.touched(ask.tenant, found)
    return entity(ask, _fields(found), "fields/$entity")


def _fields(found: Record) -> dict[str, object]:
    own = {"id": str(found["number"]), "FileLeafRef": found["name"], "ContentType": "Document"}
    return {"@odata.etag": items.etag(found), **own, **found["fields"]}


def _answer(ask: Ask, found: Record, status: int = 200) -> web.Response:
    return entity(ask, _expanded(ask, found), "driveItems/$entity", status)


ROUTES = [
    Route("GET", "drives/{drive}", drive),
    Route("GET", "drives/{drive}/items/{item}", item),
    Route("PATCH", "drives/{drive}/items/{item}", change),
    Route("DELETE", "drives/{drive}/items/{item}", delete),
    Route("GET", "drives/{drive}/items/{item}/children", children),
    Route("POST", "drives/{drive}/items/{item}/children", make_folder),
    Route("GET", "drives/{drive}/items/{item}/content", get_content),
    Route("PUT", "drives/{drive}/items/{item}/content", put_content),
    Route("GET", "drives/{drive}/items/{item}/listItem", list_item),
    Route("GET", "drives/{drive}/items/{item}/listItem/fields", fields),
    Route("PATCH", "drives/{drive}/items/{item}/listItem/fields", change_fields),
]
