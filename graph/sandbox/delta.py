"""What changed in the library since a bookmark, page by page.

A bookmark is a number of the store's sequence and the age of bookmarks; raising the age makes all
older ones end with 410, as the real service does to old ones.
"""

from __future__ import annotations

import base64
import json

from aiohttp import web

from graph.sandbox import items
from graph.sandbox.addresses import Route
from graph.sandbox.store import Record
from graph.sandbox.tenant import Ask, Refusal, Tenant

PAGE = 200
AGE = "delta age"


async def delta(ask: Ask) -> web.Response:
    """GET the delta of a drive."""
    token = ask.query("token") or ask.query("$deltatoken") or ask.query("$skiptoken")
    age, now = ask.store.number(AGE), ask.store.number("seq")
    if token == "latest":  # noqa: S105  a word of the API
        return _page(ask, [], "@odata.deltaLink", {"age": age, "after": now})
    mark = _mark(ask, token) if token else {"age": age, "after": 0, "first": True}
    if mark["age"] != age:
        raise _expired(ask)
    upto, top = int(mark.get("upto", now)), ask.query("$top") or ""
    size = int(mark.get("size", min(PAGE, int(top)) if top.isdigit() and int(top) else PAGE))
    found = ask.store.changed(items.KIND, int(mark["after"]), upto, size)
    first = bool(mark.get("first"))
    shown = [one for one in found if not (first and one.get("deleted"))]
    if not first:
        shown = _with_parents(ask, shown)
    if len(found) == size:
        more = {"age": age, "after": found[-1]["seq"], "upto": upto, "first": first, "size": size}
        return _page(ask, shown, "@odata.nextLink", more)
    return _page(ask, shown, "@odata.deltaLink", {"age": age, "after": upto})


def _with_parents(ask: Ask, shown: list[Record]) -> list[Record]:
    """Changed items come with the folders above them, the root first."""
    above: dict[str, Record] = {}
    for one in shown:
        chain, item = [], one
        while item["id"] != items.ROOT:
            parent = ask.store.get(items.KIND, item["parent"])
            if parent is None:
                break
            chain.append(parent)
            item = parent
        above |= {parent["id"]: parent for parent in reversed(chain)}
    own = {one["id"] for one in shown}
    return [one for one in above.values() if one["id"] not in own] + shown


def _page(ask: Ask, found: list[Record], link: str, mark: dict[str, int | bool]) -> web.Response:
    written = [items.written(ask.tenant, one, in_delta=True) for one in found]
    body = {
        "@odata.context": f"{ask.base}/$metadata#Collection(driveItem)",
        "value": written,
        link: _link(ask, mark),
    }
    return web.json_response(body)


def _link(ask: Ask, mark: dict[str, int | bool]) -> str:
    token = base64.urlsafe_b64encode(json.dumps(mark).encode()).decode().rstrip("=")
    return f"{ask.base}/drives/{ask.params['drive']}/root/delta()?token={token}"


def _mark(ask: Ask, token: str) -> dict[str, int | bool]:
    try:
        mark = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        return {"age": int(mark["age"]), "after": int(mark["after"]), **mark}
    except (ValueError, KeyError, TypeError):
        raise _expired(ask) from None


def _expired(ask: Ask) -> Refusal:
    anew = f"{ask.base}/drives/{ask.params['drive']}/root/delta()"
    message = "The bookmark has ended; start anew."
    return Refusal(410, "resyncChangesApplyDifferences", message, {"Location": anew})


def routes(tenant: Tenant) -> list[web.RouteDef]:
    """End all bookmarks on demand."""

    async def expire(request: web.Request) -> web.Response:
        tenant.store.next_number(AGE)
        return web.Response(status=204)

    return [web.post("/sandbox/delta/expire", expire)]


ROUTES = [Route("GET", "drives/{drive}/items/{item}/delta", delta)]
