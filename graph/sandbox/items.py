"""Files and folders of the sandbox's library: how they are kept, found and written out."""

from __future__ import annotations

import asyncio
import base64
import mimetypes
import re
import secrets
import unicodedata
import uuid
from typing import Any
from urllib.parse import quote

from graph.quickxor import quick_xor_hash
from graph.sandbox.store import Record, Store
from graph.sandbox.tenant import APP_NAME, CLIENT_ID, DRIVE_ID, SITE_ID, Refusal, Tenant
from graph.sandbox.tokens import issued

KIND = "item"
ROOT = "01SANDBOXROOT"
LIBRARY = "Shared Documents"
SITE_PATH = "sites/ibc-hm"
PATH_LONGEST = 400  # characters, the decoded path
REFUSED = re.compile(r'["*:<>?/\\|\x00-\x1f]')
RESERVED = re.compile(r"\.lock|con|prn|aux|nul|com\d|lpt\d|desktop\.ini|.*_vti_.*|~\$.*", re.I)


def comparable(name: str) -> str:
    """SharePoint compares names without case, in one Unicode form."""
    return unicodedata.normalize("NFC", name).casefold()


def check_name(name: str) -> None:
    """Refuse the names that SharePoint refuses."""
    bad = not name or name != name.strip(" ") or name.endswith(".") or len(name) > 255
    if bad or REFUSED.search(name) or RESERVED.fullmatch(name):
        raise Refusal(400, "nameContainsInvalidCharacters", "The name is not allowed.")


def found(store: Store, address: str) -> Record:
    """The item of an address: an id, `root`, or `{id}:/path/below`; 404 when there is none."""
    anchor, _, inside = address.partition(":/")
    item = store.get(KIND, ROOT if anchor == "root" else anchor)
    for part in [part for part in inside.split("/") if part]:
        if item is None:
            break
        item = child(store, item["id"], part)
    if item is None or item.get("deleted"):
        raise Refusal(404, "itemNotFound", "The resource could not be found.")
    return item


def parent_and_name(tenant: Tenant, address: str) -> tuple[Record, str]:
    """Where a new file goes, from `{id}:/path/name`; the folders on the way are made."""
    anchor, colon, inside = address.partition(":/")
    if not colon or not inside:
        raise Refusal(400, "invalidRequest", "The address names no file.")
    if len(inside) > PATH_LONGEST:
        raise Refusal(400, "pathIsTooLong", "The path is too long.")
    *folders, name = inside.split("/")
    store = tenant.store
    parent = found(store, anchor)
    for folder in folders:
        check_name(folder)
        parent = child(store, parent["id"], folder) or make(tenant, parent["id"], folder, None)
    check_name(name)
    return parent, name


def child(store: Store, parent_id: str, name: str) -> Record | None:
    """What a folder holds under a name."""
    return store.named(KIND, parent_id, comparable(name))


def children(store: Store, parent_id: str) -> list[Record]:
    """What a folder holds, by name."""
    held = [one for one in store.of(KIND, parent_id) if not one.get("deleted")]
    return sorted(held, key=lambda one: comparable(one["name"]))


def free_name(store: Store, parent_id: str, name: str) -> str:
    """The name with the first number that nothing in the folder has: "Note 1.pdf"."""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    number = 1
    while child(store, parent_id, f"{stem} {number}{dot}{ending}"):
        number += 1
    return f"{stem} {number}{dot}{ending}"


async def keep(tenant: Tenant, name: str, content: bytes) -> Record:
    """Content written to disk in a thread, with what an item says of it."""
    if name.lower().endswith(tenant.rewrites or ("/",)):
        content += b"<!-- written by the library -->"
    file = await asyncio.to_thread(tenant.store.write_content, content)
    mark = await asyncio.to_thread(quick_xor_hash, content)
    return {"file": file, "size": len(content), "hash": mark}


def make(tenant: Tenant, parent_id: str, name: str, kept: Record | None) -> Record:
    """A new item with content that was kept; a folder when there is none."""
    now = tenant.now()
    item: Record = {
        "id": "01" + base64.b32encode(secrets.token_bytes(20)).decode(),
        "guid": str(uuid.uuid4()).upper(),
        "parent": parent_id,
        "name": name,
        "version": 1,
        "content_version": 1,
        "created_at": now,
        "modified_at": now,
        "number": tenant.store.next_number("library rows"),
        "fields": {},
    }
    return save(tenant, item | (kept or {}))


def refill(tenant: Tenant, item: Record, kept: Record) -> Record:
    """Replace an item's content by content that was kept."""
    item |= kept
    item["content_version"] += 1
    return touched(tenant, item)


def touched(tenant: Tenant, item: Record) -> Record:
    """Save a changed item as a new version."""
    item["version"] += 1
    item["modified_at"] = tenant.now()
    return save(tenant, item)


def save(tenant: Tenant, item: Record) -> Record:
    """Keep an item and say that the drive changed."""
    name = None if item.get("deleted") else comparable(item["name"])
    tenant.store.put(KIND, item, item["parent"], name)
    tenant.announce(f"drives/{DRIVE_ID}/root", "updated", item["id"])
    return item


def bury(tenant: Tenant, item: Record) -> None:
    """Delete an item and all below it; delta tells of each."""
    for one in children(tenant.store, item["id"]):
        bury(tenant, one)
    item["deleted"] = True
    save(tenant, item)


def etag(item: Record) -> str:
    """Changes with everything."""
    return f'"{{{item["guid"]}}},{item["version"]}"'


def check_etag(item: Record, if_match: str | None) -> None:
    """412 when the item changed since the caller read it."""
    if if_match and if_match != "*" and etag(item) not in if_match:
        raise Refusal(412, "preconditionFailed", "The item has changed.")


def path_of(store: Store, item: Record) -> list[str]:
    """The names from below the root down to the item."""
    names: list[str] = []
    while item["id"] != ROOT:
        names.insert(0, item["name"])
        item = store.get(KIND, item["parent"]) or {"id": ROOT}
    return names


def web_url(tenant: Tenant, item: Record) -> str:
    """Where a person sees the item: the sandbox's own page."""
    path = [SITE_PATH, LIBRARY, *path_of(tenant.store, item)]
    return f"{tenant.origin}/{quote('/'.join(path))}"


def written(tenant: Tenant, item: Record, *, in_delta: bool = False) -> dict[str, Any]:
    """A drive item as Graph writes it; delta leaves some members out, as SharePoint does."""
    if item.get("deleted"):
        place = {"driveId": DRIVE_ID, "driveType": "documentLibrary", "id": item["parent"]}
        return {"id": item["id"], "deleted": {"state": "deleted"}, "parentReference": place}
    by = {"application": {"id": CLIENT_ID, "displayName": APP_NAME}}
    body: dict[str, Any] = {
        "id": item["id"],
        "name": item["name"],
        "createdDateTime": item["created_at"],
        "lastModifiedDateTime": item["modified_at"],
        "webUrl": web_url(tenant, item),
        "eTag": etag(item),
        "size": item.get("size", 0),
        "createdBy": by,
        "parentReference": _parent(tenant, item, in_delta=in_delta),
        "fileSystemInfo": {
            "createdDateTime": item["created_at"],
            "lastModifiedDateTime": item["modified_at"],
        },
    }
    if not in_delta:
        body["cTag"] = f'"c:{{{item["guid"]}}},{item["content_version"]}"'
        body["lastModifiedBy"] = by
    return body | _facet(tenant, item)


def _parent(tenant: Tenant, item: Record, *, in_delta: bool) -> dict[str, Any]:
    place = {"driveId": DRIVE_ID, "driveType": "documentLibrary", "siteId": SITE_ID}
    if item["id"] == ROOT:
        return place
    place["id"] = item["parent"]
    if not in_delta:
        path = "/".join(path_of(tenant.store, item)[:-1])
        place["path"] = f"/drives/{DRIVE_ID}/root:" + (f"/{quote(path)}" if path else "")
    return place


def _facet(tenant: Tenant, item: Record) -> dict[str, Any]:
    if "file" in item:
        return {
            "file": {
                "mimeType": mime_type(item["name"]),
                "hashes": {"quickXorHash": item["hash"]},
            },
            "@microsoft.graph.downloadUrl": download_url(tenant, item),
        }
    facet: dict[str, Any] = {"folder": {"childCount": len(children(tenant.store, item["id"]))}}
    return facet | ({"root": {}} if item["id"] == ROOT else {})


def mime_type(name: str) -> str:
    """The type of a file by the ending of its name."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def download_url(tenant: Tenant, item: Record) -> str:
    """A link to the content that carries its own permission for an hour."""
    proof = issued(tenant, {"use": "download", "file": item["file"], "name": item["name"]}, 3600)
    return f"{tenant.files_origin}/_files/download/{proof}"
