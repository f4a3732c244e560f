"""Columns of the sandbox's lists, and the rules that SharePoint has for their values."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

from graph.sandbox.store import Record, Store
from graph.sandbox.tenant import Refusal

TEXT_LONGEST = 255  # characters of a single line
OWN = ("id", "FileLeafRef", "ContentType", "Modified", "Created")


def add(store: Store, list_id: str, column: Mapping[str, Any]) -> Record:
    """A new column of text."""
    name = str(column.get("name") or "")
    if not re.fullmatch(r"[A-Za-z_]\w{0,31}", name):
        raise Refusal(400, "invalidRequest", "The column's name is not allowed.")
    if store.named("column", list_id, name.casefold()) is not None:
        raise Refusal(409, "nameAlreadyExists", "A column of that name exists.")
    kept = {key: value for key, value in column.items() if not key.startswith("@")}
    text = {k: v for k, v in (kept.get("text") or {}).items() if not k.startswith("@")}
    kept |= {"id": str(uuid.uuid4()), "name": name, "text": text}
    kept.setdefault("displayName", name)
    if kept.get("indexed") and text.get("allowMultipleLines"):
        raise Refusal(400, "invalidRequest", "Several lines of text can't be indexed.")
    return store.put("column", kept, list_id, name.casefold())


def checked(store: Store, list_id: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values that the list's columns take; 400 for others."""
    kept = {key: value for key, value in values.items() if "@" not in key and key not in OWN}
    for name, value in kept.items():
        column = store.named("column", list_id, name.casefold())
        if column is None:
            raise Refusal(400, "invalidRequest", f"Field '{name}' is not recognized")
        lines = column["text"].get("allowMultipleLines")
        if isinstance(value, str) and len(value) > TEXT_LONGEST and not lines:
            raise Refusal(400, "invalidRequest", f"The text for '{name}' is too long.")
    return kept


def check_unique(store: Store, list_id: str, values: Mapping[str, Any], own_id: str) -> None:
    """409 when a value that must be unique stands in another row."""
    unique = [one["name"] for one in store.of("column", list_id) if one.get("enforceUniqueValues")]
    for row in store.of("row", list_id):
        for name in unique:
            if row["id"] != own_id and name in values and row["fields"].get(name) == values[name]:
                raise Refusal(409, "conflict", f"The value for '{name}' is not unique.")
