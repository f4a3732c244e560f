"""Rows of SharePoint lists, one for each business key, made and brought up to date."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from graph import columns
from graph.connection import Connection
from graph.errors import Conflict, InvalidRequest, NotConfigured, NotFound
from graph.queries import Query, asked

KEY = "Key"


class Lists:
    """The lists of the coalition's site, found by the name that people see."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._list_ids: dict[str, str] = {}
        self._columns: dict[str, set[str]] = {}

    async def put_row(
        self,
        list_name: str,
        key: str,
        fields: Mapping[str, str],
        *,
        long: Collection[str] = (),
    ) -> str:
        """The id of the row of a key, written with these fields; one row however often called.

        The list and its columns are made when missing. `fields` maps what people read above a
        column to its text; "Title" is SharePoint's own first column and is the key when absent.
        Columns named in `long` hold several lines; the others are cut at 255 characters.
        """
        try:
            return await self._put_row(list_name, key, fields, long)
        except (NotFound, InvalidRequest):
            # What we remember may be gone: somebody removed the list, a column or the row.
            self._list_ids.pop(list_name, None)
            self._columns.pop(list_name, None)
            return await self._put_row(list_name, key, fields, long)

    async def _put_row(
        self, list_name: str, key: str, fields: Mapping[str, str], long: Collection[str]
    ) -> str:
        place = await self._place(list_name)
        await self._ensure_columns(place, list_name, fields, long)
        values = columns.values({"Title": key, **fields}, long) | {KEY: key}
        row_id = await self._find(place, key)
        if row_id is None:
            try:
                return await self._make(place, values)
            except (Conflict, InvalidRequest):
                # The key column is unique: another process, or our own lost answer, was first.
                row_id = await self._find(place, key)
                if row_id is None:
                    raise
        await self._write(place, row_id, values)
        return row_id

    async def rows(self, list_name: str) -> list[dict[str, str]]:
        """All rows of a list as internal column names and texts; empty when there is no list."""
        place = await self._existing(list_name)
        if place is None:
            return []
        found = await self._connection.collect(place.items, Query(expand=["fields"]))
        return [_fields(row) for row in found]

    async def _place(self, list_name: str) -> Any:
        place = await self._existing(list_name)
        return place if place is not None else await self._make_list(list_name)

    async def _existing(self, list_name: str) -> Any:
        lists = await self._lists()
        known = self._list_ids.get(list_name)
        if known is None:
            for found in await self._connection.collect(lists):
                self._list_ids[str(found.display_name)] = str(found.id)
            known = self._list_ids.get(list_name)
        return lists.by_list_id(known) if known else None

    async def _make_list(self, list_name: str) -> Any:
        from msgraph.generated.models.list_ import List_
        from msgraph.generated.models.list_info import ListInfo

        body = List_(
            display_name=list_name,
            list_=ListInfo(template="genericList"),
            columns=[columns.text_column(KEY, key=True)],
        )
        lists = await self._lists()
        try:
            made = await self._connection.call(lambda: lists.post(body))
        except Conflict:
            return await self._existing(list_name)
        self._list_ids[list_name] = str(made.id)
        return lists.by_list_id(str(made.id))

    async def _lists(self) -> Any:
        site_id = self._connection.settings.site_id
        if site_id is None:
            raise NotConfigured("Lists need the id of the coalition's SharePoint site.")
        return (await self._connection.sdk()).sites.by_site_id(site_id).lists

    async def _ensure_columns(
        self, place: Any, list_name: str, fields: Mapping[str, str], long: Collection[str]
    ) -> None:
        missing = {name for name in fields if name != "Title"} - self._columns.get(list_name, set())
        if not missing and list_name in self._columns:
            return
        wanted = [
            columns.text_column(name, long=name in long) for name in fields if name in missing
        ]
        wanted.append(columns.text_column(KEY, key=True))
        await columns.ensure(self._connection, place.columns, wanted)
        self._columns.setdefault(list_name, set()).update(missing)

    async def _find(self, place: Any, key: str) -> str | None:
        quoted = key.replace("'", "''")
        query = Query(expand=["fields"], filter=f"fields/{KEY} eq '{quoted}'")
        found = await self._connection.call(lambda: place.items.get(asked(query)))
        return next((str(row.id) for row in found.value or []), None)

    async def _make(self, place: Any, values: dict[str, str]) -> str:
        from msgraph.generated.models.field_value_set import FieldValueSet
        from msgraph.generated.models.list_item import ListItem

        body = ListItem(fields=FieldValueSet(additional_data=dict(values)))
        # Repeatable: the unique key refuses a second row.
        return str((await self._connection.call(lambda: place.items.post(body))).id)

    async def _write(self, place: Any, row_id: str, values: dict[str, str]) -> None:
        from msgraph.generated.models.field_value_set import FieldValueSet

        body = FieldValueSet(additional_data=dict(values))
        row = place.items.by_list_item_id(row_id).fields
        await self._connection.call(lambda: row.patch(body))


def _fields(row: Any) -> dict[str, str]:
    held = row.fields.additional_data if row.fields else {}
    return {name: str(value) for name, value in held.items() if "@" not in name}
