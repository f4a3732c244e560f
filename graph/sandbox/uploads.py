"""Upload sessions, and the origin that takes fragments and gives downloads without a token."""

from __future__ import annotations

import re
import secrets
import time
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from graph.sandbox import drives, items
from graph.sandbox.addresses import Route
from graph.sandbox.store import Record
from graph.sandbox.tenant import Ask, Refusal, Tenant, written
from graph.sandbox.tokens import read

KIND = "upload"
LASTS_FOR = 24 * 3600  # seconds by the real clock
MULTIPLE = 327_680  # bytes
FRAGMENT_LARGEST = 60 * 1024 * 1024  # bytes
RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


async def open_session(ask: Ask) -> web.Response:
    """POST createUploadSession for a new file or a new version."""
    wish = (ask.json() if ask.content else {}).get("item") or {}
    parent, name = items.parent_and_name(ask.tenant, ask.params["item"])
    if wish.get("name") not in (None, name):
        raise Refusal(400, "invalidRequest", "item.name differs from the name in the address.")
    conflict = str(wish.get("@microsoft.graph.conflictBehavior", "fail"))
    existing = items.child(ask.store, parent["id"], name)
    if existing is not None:
        items.check_etag(existing, ask.request.headers.get("If-Match"))
        if conflict == "fail":
            raise Refusal(409, "nameAlreadyExists", "An item of that name exists.")
    session = {
        "id": secrets.token_urlsafe(32),
        "parent": parent["id"],
        "name": name,
        "conflict": conflict,
        "ends": time.time() + LASTS_FOR,
        "got": 0,
        "total": wish.get("fileSize"),
    }
    ask.store.put(KIND, session)
    url = f"{ask.tenant.files_origin}/_files/upload/{session['id']}"
    body = {
        "@odata.context": f"{ask.base}/$metadata#microsoft.graph.uploadSession",
        "uploadUrl": url,
        **_state(session),
    }
    return web.json_response(body)


def _state(session: Record) -> dict[str, Any]:
    ends = datetime.fromtimestamp(session["ends"], UTC)
    return {"expirationDateTime": written(ends), "nextExpectedRanges": [f"{session['got']}-"]}


def routes(tenant: Tenant) -> list[web.RouteDef]:
    """The addresses of the files' own origin."""

    def session_of(request: web.Request) -> Record:
        if "Authorization" in request.headers:
            # What the real service may do; a client that sends its token here leaks it.
            raise Refusal(401, "unauthenticated", "This address takes no token.")
        session = tenant.store.get(KIND, request.match_info["session"])
        if session is None or session["ends"] < time.time():
            raise Refusal(404, "itemNotFound", "The upload session was not found.")
        return session

    async def fragment(request: web.Request) -> web.Response:
        return await _taken(tenant, session_of(request), request, await request.read())

    async def status(request: web.Request) -> web.Response:
        return web.json_response(_state(session_of(request)))

    async def cancel(request: web.Request) -> web.Response:
        session = session_of(request)
        tenant.store.remove(KIND, session["id"])
        tenant.store.content(f"{session['id']}.part").unlink(missing_ok=True)
        return web.Response(status=204)

    async def download(request: web.Request) -> web.StreamResponse:
        if "Authorization" in request.headers:
            raise Refusal(401, "unauthenticated", "This address takes no token.")
        proof = read(tenant, request.match_info["proof"]) or {}
        if proof.get("use") != "download":
            raise Refusal(404, "itemNotFound", "The link has ended.")
        headers = {"Content-Type": items.mime_type(str(proof["name"]))}
        return web.FileResponse(tenant.store.content(str(proof["file"])), headers=headers)

    return [
        web.put("/_files/upload/{session}", fragment),
        web.get("/_files/upload/{session}", status),
        web.delete("/_files/upload/{session}", cancel),
        web.get("/_files/download/{proof}", download),
    ]


async def _taken(
    tenant: Tenant, session: Record, request: web.Request, piece: bytes
) -> web.Response:
    start, end, total = _range(session, request, piece)
    part = tenant.store.content(f"{session['id']}.part")
    with part.open("r+b" if part.exists() else "wb") as out:
        out.truncate(session["got"])
        out.seek(start)
        out.write(piece)
    session |= {"got": end + 1, "total": total}
    if end + 1 < total:
        tenant.store.put(KIND, session)
        return web.json_response(_state(session), status=202)
    kept = await items.keep(tenant, session["name"], part.read_bytes())
    with tenant.store.transaction():
        made, status = drives.place(
            tenant, session["parent"], session["name"], kept, session["conflict"]
        )
        tenant.store.remove(KIND, session["id"])
    part.unlink()
    return web.json_response(items.written(tenant, made), status=status)


def _range(session: Record, request: web.Request, piece: bytes) -> tuple[int, int, int]:
    match = RANGE.fullmatch(request.headers.get("Content-Range", ""))
    if match is None:
        raise Refusal(400, "invalidRequest", "Content-Range is missing or malformed.")
    start, end, total = (int(number) for number in match.groups())
    is_last = end + 1 == total
    wrong = (
        end - start + 1 != len(piece)
        or end >= total
        or session["total"] not in (None, total)
        or len(piece) >= FRAGMENT_LARGEST
        or (not is_last and len(piece) % MULTIPLE != 0)
    )
    if wrong:
        raise Refusal(400, "invalidRange", "The fragment does not fit the session.")
    if start != session["got"]:
        raise Refusal(416, "invalidRange", "The fragment is not the next one.")
    return start, end, total


ROUTES = [Route("POST", "drives/{drive}/items/{item}/createUploadSession", open_session)]
