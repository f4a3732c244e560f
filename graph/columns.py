"""Columns of a SharePoint list, made when a value needs one that is missing."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from graph.connection import Connection
from graph.errors import Conflict

TEXT_LONGEST = 255  # characters of a single line of text, SharePoint's limit
RESERVED = frozenset({"id", "title", "created", "modified", "author", "editor", "attachments"})


def internal_name(column: str) -> str:
    """The name that a column has inside SharePoint: letters and digits of what people read.

    SharePoint would write a space as _x0020_ and cut at 32 characters; a plain name of ours is the
    same everywhere. "Title" is SharePoint's own and stays.
    """
    plain = re.sub(r"[^0-9A-Za-z]+", " ", column).split()
    name = "".join(word[:1].upper() + word[1:] for word in plain)[:32] or "Column"
    if column == "Title":
        return column
    return f"Ibc{name}"[:32] if name.lower() in RESERVED or name[0].isdigit() else name


def text_column(column: str, *, key: bool = False, long: bool = False) -> Any:
    """A column of text; `key` makes it unique and indexed, `long` gives it several lines."""
    from msgraph.generated.models.column_definition import ColumnDefinition
    from msgraph.generated.models.text_column import TextColumn

    text = TextColumn(allow_multiple_lines=True, lines_for_editing=6, text_type="plain")
    if not long:
        text = TextColumn(allow_multiple_lines=False, max_length=TEXT_LONGEST)
    made = ColumnDefinition(name=internal_name(column), display_name=column, text=text)
    if key:
        made.indexed = True
        made.enforce_unique_values = True
    return made


async def ensure(connection: Connection, place: Any, wanted: Collection[Any]) -> None:
    """Make the wanted columns that a list does not have; `place` is the SDK's builder of them."""
    have = {str(column.name).casefold() for column in await connection.collect(place)}
    for column in wanted:
        if str(column.name).casefold() in have:
            continue
        try:
            await connection.call(lambda column=column: place.post(column))  # type: ignore[misc]
        except Conflict:
            continue  # made by another process in this moment


def values(fields: Mapping[str, str], long: Collection[str] = ()) -> dict[str, str]:
    """Fields by their internal names, single lines cut at SharePoint's limit with an ellipsis."""
    written = {}
    for column, value in fields.items():
        if column not in long and len(value) > TEXT_LONGEST:
            value = value[: TEXT_LONGEST - 1] + "…"
        written[internal_name(column)] = value
    return written
