"""Folders of a drive, found by path and made when they are missing."""

from __future__ import annotations

from typing import Any

from graph.connection import Connection
from graph.errors import Conflict, NotFound


async def find(connection: Connection, drive_id: str, path: str) -> Any:
    """The drive item at a path below the root ("" is the root); NotFound when nothing is there."""
    sdk = await connection.sdk()
    items = sdk.drives.by_drive_id(drive_id).items
    place = items.by_drive_item_id(f"root:/{path}:" if path else "root")
    return await connection.call(lambda: place.get())


async def ensure(connection: Connection, drive_id: str, path: str) -> str:
    """The id of the folder at a path below the root, made with its parents when missing."""
    try:
        return str((await find(connection, drive_id, path)).id)
    except NotFound:
        parent, _, name = path.rpartition("/")
        parent_id = await ensure(connection, drive_id, parent)
        return await _make(connection, drive_id, parent_id, name, path)


async def _make(connection: Connection, drive_id: str, parent_id: str, name: str, path: str) -> str:
    from msgraph.generated.models.drive_item import DriveItem
    from msgraph.generated.models.folder import Folder

    body = DriveItem(
        name=name,
        folder=Folder(),
        additional_data={"@microsoft.graph.conflictBehavior": "fail"},
    )
    sdk = await connection.sdk()
    children = sdk.drives.by_drive_id(drive_id).items.by_drive_item_id(parent_id).children
    try:
        # Safe to repeat: the second one fails as a conflict, and the folder is there.
        return str((await connection.call(lambda: children.post(body))).id)
    except Conflict:
        return str((await find(connection, drive_id, path)).id)
