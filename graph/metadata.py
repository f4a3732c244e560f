"""What the library's columns say of a document: its title and the coalition's own fields."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

import structlog

from graph import columns
from graph.connection import Connection
from graph.errors import Conflict, Forbidden

log = structlog.get_logger()


async def describe(
    connection: Connection,
    drive_id: str,
    item_id: str,
    title: str | None,
    fields: Mapping[str, str],
) -> None:
    """Write a document's columns, making those that the library lacks.

    A library whose columns we may not make keeps the document undescribed; that is logged and
    shown by the check, and filing goes on. SharePoint still works on a file just after its upload
    and then answers 409 resourceModified: asked again.
    """
    from msgraph.generated.models.field_value_set import FieldValueSet

    values = columns.values(fields)
    if title is not None:
        values["Title"] = title[: columns.TEXT_LONGEST]
    sdk = await connection.sdk()
    drive = sdk.drives.by_drive_id(drive_id)
    try:
        await _ensure(connection, drive_id, fields)
    except Forbidden as refused:
        log.warning("graph_columns_refused", code=refused.code)
        values = {name: value for name, value in values.items() if name == "Title"}
    if not values:
        return
    # The documented address; the SDK has a builder for the same thing below the list only.
    base = connection.settings.base_url
    url = (
        f"{base}/drives/{quote(drive_id, safe='')}/items/{quote(item_id, safe='')}/listItem/fields"
    )
    place = drive.list_.items.by_list_item_id("0").fields.with_url(url)
    body = FieldValueSet(additional_data=dict(values))
    try:
        await connection.call(lambda: place.patch(body))
    except Conflict:
        await connection.call(lambda: place.get())
        await connection.call(lambda: place.patch(body))


async def _ensure(connection: Connection, drive_id: str, fields: Mapping[str, str]) -> None:
    if not fields:
        return
    sdk = await connection.sdk()
    place = sdk.drives.by_drive_id(drive_id).list_.columns
    await columns.ensure(connection, place, [columns.text_column(name) for name in fields])
