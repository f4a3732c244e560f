"""The document library of the coalition: files put in, listed, fetched, and followed by delta."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from urllib.parse import unquote

import structlog

from graph import folders, metadata, uploads
from graph.columns import internal_name
from graph.connection import Connection
from graph.errors import NotConfigured, NotFound, Unavailable
from graph.names import is_renamed, safe_folder, safe_name
from graph.queries import Query
from graph.quickxor import quick_xor_hash

OnConflict = Literal["rename", "replace", "fail"]
# Kinds of files that SharePoint writes the library's columns into on arrival.
OFFICE = (".docx", ".docm", ".doc", ".xlsx", ".xlsm", ".xls", ".pptx", ".pptm", ".ppt")
REWRITTEN = (*OFFICE, ".pdf", ".html", ".htm")
SENT = "Sent hash"
PAGE = 50  # items; reading one takes the SDK a millisecond, and nothing else runs meanwhile
DOWNLOAD_LINK = "@microsoft.graph.downloadUrl"
log = structlog.get_logger()


@dataclass(frozen=True)
class DriveItem:
    """A file or folder of the library as the server has it now.

    `size` (bytes), `hash`, `etag` and `ctag` are the server's: SharePoint rewrites Office files on
    arrival, so they may differ from what was sent and are the base of later comparisons.
    `folder` is its path below the library root, empty in a delta page (follow `parent_id`).
    """

    id: str
    name: str
    web_url: str = ""
    etag: str = ""
    ctag: str = ""
    size: int = 0
    hash: str = ""
    folder: str = ""
    parent_id: str = ""
    is_folder: bool = False
    is_deleted: bool = False
    modified_at: datetime | None = None


class Drive:
    """The library; all paths are below the folder named in the settings."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._drive_id = connection.settings.drive_id
        self._root = safe_folder(connection.settings.library_root)

    async def put(
        self,
        folder: str,
        name: str,
        content: bytes,
        *,
        conflict: OnConflict = "rename",
        title: str | None = None,
        metadata: Mapping[str, str] | None = None,
        if_match: str | None = None,
    ) -> DriveItem:
        """File a document, making folders as needed; the item as the server keeps it.

        The name is made one that SharePoint accepts; one that had to change is kept in the column
        "Original name". `metadata` maps column names to values; missing columns are made. With
        "rename", the same content under the same name is not filed twice, so the call can be
        repeated after an error; files that SharePoint rewrites are known by the hash of what was
        sent, which a column keeps. With "replace" and `if_match`, an eTag that was read, only that
        version is replaced. Raises Conflict for "fail", PreconditionFailed when somebody changed
        the file since, Locked when it is open in Office.
        """
        path, safe = self._path(folder), safe_name(name)
        folder_id = await folders.ensure(self._connection, await self.id(), path)
        wanted = await asyncio.to_thread(quick_xor_hash, content)
        found = await self._same(folder_id, safe, wanted) if conflict == "rename" else None
        if found is None:
            place = uploads.Place(await self.id(), folder_id, safe)
            found = await self._upload(place, content, wanted, conflict, if_match)
        item = self._item(found, path)
        if item.hash and item.hash != wanted:
            # Not an error: Office, PDF and HTML files get their library columns written inside.
            log.info("graph_content_rewritten", sent=len(content), kept=item.size)
        fields = dict(metadata or {})
        if safe != name:
            fields.setdefault("Original name", name)
        if safe.lower().endswith(REWRITTEN):
            fields[SENT] = wanted
        return await self._described(item, title, fields)

    async def _upload(
        self,
        place: uploads.Place,
        content: bytes,
        wanted: str,
        conflict: str,
        if_match: str | None,
    ) -> Any:
        try:
            return await uploads.upload(self._connection, place, content, conflict, if_match)
        except Unavailable as failed:
            if not failed.outcome_unknown:
                raise
            # The answer was lost, not necessarily the file.
            found = await self._same(place.folder_id, place.name, wanted)
            if found is None:
                raise
            return found

    async def _same(self, folder_id: str, name: str, wanted: str) -> Any:
        query = Query(expand=["listItem($expand=fields)"], top=PAGE)
        for child in await self._children(folder_id, query):
            if child.file and is_renamed(str(child.name), name) and wanted in _hashes(child):
                return child
        return None

    async def _described(
        self, item: DriveItem, title: str | None, fields: Mapping[str, str]
    ) -> DriveItem:
        if not fields and title is None:
            return item
        await metadata.describe(self._connection, await self.id(), item.id, title, fields)
        return await self.get(item.id)  # the columns change the eTag

    async def get(self, item_id: str) -> DriveItem:
        """One item by its id; NotFound when it is gone."""
        return self._item(await self._fetch(item_id))

    async def find(self, path: str) -> DriveItem | None:
        """The item at a path below the library's root, or None."""
        try:
            found = await folders.find(self._connection, await self.id(), self._path(path))
        except NotFound:
            return None
        return self._item(found)

    async def list(self, folder: str) -> Sequence[DriveItem]:
        """What is in a folder, folders first, by name; empty when there is no such folder."""
        place = await self.find(folder)
        if place is None:
            return ()
        items = [self._item(child) for child in await self._children(place.id)]
        return tuple(sorted(items, key=lambda item: (not item.is_folder, item.name.casefold())))

    async def download(self, item_id: str) -> bytes:
        """A file's content, through the link that needs no token."""
        link = (await self._fetch(item_id)).additional_data.get(DOWNLOAD_LINK)
        if not link:
            raise NotFound(404, "noContent")
        return await uploads.download(self._connection, str(link))

    async def delete(self, item_id: str) -> None:
        """Put an item into the recycle bin; nothing happens when it is gone already."""
        sdk = await self._connection.sdk()
        item = sdk.drives.by_drive_id(await self.id()).items.by_drive_item_id(item_id)
        try:
            await self._connection.call(lambda: item.delete())
        except NotFound:
            return

    async def delta(self, link: str | None = None) -> tuple[Sequence[DriveItem], str]:
        """Everything that changed since a bookmark, the last state of each item, and the next one.

        Without a bookmark all items are listed. Items come without their path and, when deleted,
        without a name: follow them by id. ResyncRequired (410) carries the link that starts anew.
        """
        sdk = await self._connection.sdk()
        start = sdk.drives.by_drive_id(await self.id()).items.by_drive_item_id("root").delta
        ask = start.with_url(link) if link else start
        changed: dict[str, DriveItem] = {}
        while True:
            page = await self._connection.call(lambda ask=ask: ask.get())  # type: ignore[misc]
            for found in page.value or []:
                changed.pop(str(found.id), None)
                changed[str(found.id)] = self._item(found)
            if not page.odata_next_link:
                return tuple(changed.values()), str(page.odata_delta_link)
            ask = start.with_url(page.odata_next_link)

    async def id(self) -> str:
        """The drive's id: from the settings, or the site's own library."""
        if self._drive_id is None:
            site_id = self._connection.settings.site_id
            if site_id is None:
                raise NotConfigured("The library needs the id of its drive or of its site.")
            sdk = await self._connection.sdk()
            drive = await self._connection.call(lambda: sdk.sites.by_site_id(site_id).drive.get())
            self._drive_id = str(drive.id)
        return self._drive_id

    async def _fetch(self, item_id: str) -> Any:
        sdk = await self._connection.sdk()
        item = sdk.drives.by_drive_id(await self.id()).items.by_drive_item_id(item_id)
        return await self._connection.call(lambda: item.get())

    async def _children(self, folder_id: str, query: Query | None = None) -> Sequence[Any]:
        sdk = await self._connection.sdk()
        item = sdk.drives.by_drive_id(await self.id()).items.by_drive_item_id(folder_id)
        return await self._connection.collect(item.children, query or Query(top=PAGE))

    def _path(self, folder: str) -> str:
        return "/".join(part for part in (self._root, safe_folder(folder)) if part)

    def _item(self, found: Any, path: str | None = None) -> DriveItem:
        parent = found.parent_reference
        if path is None:
            _, _, path = str(parent.path if parent and parent.path else "").partition("root:")
            path = unquote(path).strip("/")
        return DriveItem(
            id=str(found.id),
            name=str(found.name or ""),
            web_url=str(found.web_url or ""),
            etag=str(found.e_tag or ""),
            ctag=str(found.c_tag or ""),
            size=int(found.size or 0),
            hash=_hash(found),
            folder=path.removeprefix(self._root).strip("/"),
            parent_id=str(parent.id) if parent and parent.id else "",
            is_folder=found.folder is not None,
            is_deleted=found.deleted is not None,
            modified_at=found.last_modified_date_time,
        )


def _hashes(found: Any) -> set[str]:
    """What a file's content is known by: the server's hash, and that of what we sent."""
    fields = found.list_item.fields if found.list_item else None
    sent = fields.additional_data.get(internal_name(SENT)) if fields else None
    return {_hash(found), str(sent or "")} - {""}


def _hash(found: Any) -> str:
    hashes = found.file.hashes if found.file else None
    return str(hashes.quick_xor_hash or "") if hashes else ""
