"""SharePoint lists: their columns and rows, with the rules that SharePoint has for both."""

from __future__ import annotations

import re
import uuid
from typing import Any

from aiohttp import web

from graph.sandbox import columns
from graph.sandbox.addresses import Route
from graph.sandbox.store import Record, Store
from graph.sandbox.tenant import Ask, Refusal, collection, entity

LIBRARY = "5a6d1c1e-0000-4000-8000-0000000000e1"
CONDITION = re.compile(r"fields/(\w+) eq '((?:[^']|'')*)'")


def make(store: Store, list_id: str, name: str, template: str, now: str, url: str) -> Record:
    """A list with SharePoint's own first column."""
    made: Record = {
        "id": list_id,
        "name": name,
        "template": template,
        "created_at": now,
        "modified_at": now,
        "url": url,
        "version": 1,
    }
    store.put("list", made, name=name.casefold())
    columns.add(store, list_id, {"name": "Title", "displayName": "Title", "text": {}})
    return made


def list_of(ask: Ask, address: str) -> Record:
    """A list by its id or its name; 404 when there is none."""
    found = ask.store.get("list", address) or ask.store.named("list", "", address.casefold())
    if found is None:
        raise Refusal(404, "itemNotFound", "The list does not exist.")
    return found


async def lists(ask: Ask) -> web.Response:
    """GET the lists of the site."""
    return collection(ask, [_list(one) for one in ask.store.all("list")], "lists")


async def make_list(ask: Ask) -> web.Response:
    """POST a list with its columns."""
    body = ask.json()
    name = str(body.get("displayName") or "")
    if not name:
        raise Refusal(400, "invalidRequest", "A list needs a name.")
    if ask.store.named("list", "", name.casefold()) is not None:
        raise Refusal(409, "nameAlreadyExists", "A list of that name exists.")
    template = str((body.get("list") or {}).get("template", "genericList"))
    with ask.store.transaction():
        list_id = str(uuid.uuid4())
        url = f"{ask.tenant.origin}/lists/{list_id}"
        made = make(ask.store, list_id, name, template, ask.tenant.now(), url)
        for column in body.get("columns") or []:
            columns.add(ask.store, list_id, column)
    return entity(ask, _list(made), "lists/$entity", 201)


async def one_list(ask: Ask) -> web.Response:
    """GET a list."""
    return entity(ask, _list(list_of(ask, ask.params.get("list", LIBRARY))), "lists/$entity")


async def delete_list(ask: Ask) -> web.Response:
    """DELETE a list with its columns and rows."""
    found = list_of(ask, ask.params["list"])
    with ask.store.transaction():
        for kind in ("row", "column"):
            for one in ask.store.of(kind, found["id"]):
                ask.store.remove(kind, one["id"])
        ask.store.remove("list", found["id"])
    return web.Response(status=204)


async def list_columns(ask: Ask) -> web.Response:
    """GET a list's columns."""
    found = list_of(ask, ask.params.get("list", LIBRARY))
    shown = [_column(one) for one in ask.store.of("column", found["id"])]
    return collection(ask, shown, "columns")


async def make_column(ask: Ask) -> web.Response:
    """POST a column."""
    found = list_of(ask, ask.params.get("list", LIBRARY))
    made = columns.add(ask.store, found["id"], ask.json())
    return entity(ask, _column(made), "columns/$entity", 201)


async def rows(ask: Ask) -> web.Response:
    """GET the rows of a list, those that $filter leaves."""
    found = list_of(ask, ask.params["list"])
    kept = [one for one in ask.store.of("row", found["id"]) if _meets(ask, found["id"], one)]
    kept.sort(key=lambda one: int(one["id"].rpartition(":")[2]))
    return collection(ask, kept, "listItems", write=lambda one: _row(ask, one))


def _meets(ask: Ask, list_id: str, row: Record) -> bool:
    where = ask.query("$filter")
    if not where:
        return True
    conditions = [CONDITION.fullmatch(part.strip()) for part in where.split(" and ")]
    for condition in conditions:
        if condition is None:
            raise Refusal(400, "invalidRequest", "The filter is not understood here.")
        name, value = condition[1], condition[2].replace("''", "'")
        column = ask.store.named("column", list_id, name.casefold())
        if column is None:
            raise Refusal(400, "invalidRequest", f"Field '{name}' is not recognized")
        allowed = "HonorNonIndexedQueries" in ask.request.headers.get("Prefer", "")
        if not column.get("indexed") and not allowed:
            raise Refusal(400, "invalidRequest", f"Field '{name}' is not indexed.")
        if row["fields"].get(column["name"]) != value:
            return False
    return True


async def make_row(ask: Ask) -> web.Response:
    """POST a row."""
    found = list_of(ask, ask.params["list"])
    with ask.store.transaction():
        values = columns.checked(ask.store, found["id"], ask.json().get("fields") or {})
        columns.check_unique(ask.store, found["id"], values, "")
        number = ask.store.next_number(f"rows {found['id']}")
        now = ask.tenant.now()
        made = {"id": f"{found['id']}:{number}", "fields": values, "version": 1}
        made |= {"created_at": now, "modified_at": now}
        ask.store.put("row", made, found["id"])
    ask.tenant.announce(f"sites/{ask.params['site']}/lists/{found['id']}", "updated", str(number))
    return entity(ask, _row(ask, made), "listItems/$entity", 201)


async def row(ask: Ask) -> web.Response:
    """GET a row."""
    return entity(ask, _row(ask, _row_of(ask)), "listItems/$entity")


async def change_row(ask: Ask) -> web.Response:
    """PATCH a row's values."""
    found = _row_of(ask)
    if_match = ask.request.headers.get("If-Match")
    if if_match and if_match != "*" and _etag(found) not in if_match:
        raise Refusal(412, "preconditionFailed", "The row has changed.")
    list_id = found["id"].rpartition(":")[0]
    with ask.store.transaction():
        values = columns.checked(ask.store, list_id, ask.json())
        columns.check_unique(ask.store, list_id, values, found["id"])
        found["fields"] |= values
        found |= {"version": found["version"] + 1, "modified_at": ask.tenant.now()}
        ask.store.put("row", found, list_id)
    ask.tenant.announce(f"sites/{ask.params['site']}/lists/{list_id}", "updated", found["id"])
    return entity(ask, _fields(found), "fields/$entity")


async def delete_row(ask: Ask) -> web.Response:
    """DELETE a row."""
    ask.store.remove("row", _row_of(ask)["id"])
    return web.Response(status=204)


def _row_of(ask: Ask) -> Record:
    list_id = list_of(ask, ask.params["list"])["id"]
    found = ask.store.get("row", f"{list_id}:{ask.params['row']}")
    if found is None:
        raise Refusal(404, "itemNotFound", "The row does not exist.")
    return found


def _list(found: Record) -> dict[str, Any]:
    return {
        "id": found["id"],
        "name": found["name"].replace(" ", ""),
        "displayName": found["name"],
        "createdDateTime": found["created_at"],
        "lastModifiedDateTime": found["modified_at"],
        "webUrl": found["url"],
        "eTag": f'"{found["id"]},{found["version"]}"',
        "list": {"template": found["template"], "hidden": False, "contentTypesEnabled": False},
    }


def _column(found: Record) -> dict[str, Any]:
    return {key: value for key, value in found.items() if key != "seq"}


def _row(ask: Ask, found: Record) -> dict[str, Any]:
    list_id, _, number = found["id"].rpartition(":")
    body = {
        "@odata.etag": _etag(found),
        "id": number,
        "createdDateTime": found["created_at"],
        "lastModifiedDateTime": found["modified_at"],
        "webUrl": f"{ask.tenant.origin}/lists/{list_id}#{number}",
        "contentType": {"id": "0x01", "name": "Item"},
    }
    if "fields" in (ask.query("$expand") or "") or ask.request.method == "POST":
        body["fields"] = _fields(found)
    return body


def _fields(found: Record) -> dict[str, Any]:
    own = {"id": found["id"].rpartition(":")[2], "ContentType": "Item"}
    return {"@odata.etag": _etag(found), **found["fields"], **own}


def _etag(found: Record) -> str:
    return f'"{found["id"]},{found["version"]}"'


ROUTES = [
    Route("GET", "sites/{site}/lists", lists),
    Route("POST", "sites/{site}/lists", make_list),
    Route("GET", "sites/{site}/lists/{list}", one_list),
    Route("DELETE", "sites/{site}/lists/{list}", delete_list),
    Route("GET", "sites/{site}/lists/{list}/columns", list_columns),
    Route("POST", "sites/{site}/lists/{list}/columns", make_column),
    Route("GET", "sites/{site}/lists/{list}/items", rows),
    Route("POST", "sites/{site}/lists/{list}/items", make_row),
    Route("GET", "sites/{site}/lists/{list}/items/{row}", row),
    Route("DELETE", "sites/{site}/lists/{list}/items/{row}", delete_row),
    Route("PATCH", "sites/{site}/lists/{list}/items/{row}/fields", change_row),
    Route("GET", "drives/{drive}/list", one_list),
    Route("GET", "drives/{drive}/list/columns", list_columns),
    Route("POST", "drives/{drive}/list/columns", make_column),
]
