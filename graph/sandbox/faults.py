"""Faults on demand: throttling, errors, slowness and lost answers, for tests and for the curious.

    POST /sandbox/faults {"match": "/events", "method": "POST", "status": 503, "times": 1}

`retry_after` is seconds, an HTTP date, or "" for none; without it 429 and 503 say one second.
`drop` closes the connection instead of answering: "before" the work is done, or "after" it.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import asdict, dataclass, fields
from typing import Any
from urllib.parse import unquote

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from graph.sandbox.tenant import Refusal, Tenant, error_answer

CODES = {
    400: "invalidRequest",
    401: "InvalidAuthenticationToken",
    403: "accessDenied",
    404: "itemNotFound",
    409: "resourceModified",
    410: "resyncRequired",
    412: "preconditionFailed",
    416: "invalidRange",
    423: "resourceLocked",
    429: "activityLimitReached",
    500: "generalException",
    503: "serviceNotAvailable",
    504: "gatewayTimeout",
    507: "insufficientStorage",
    509: "bandwidthLimitExceeded",
}


@dataclass
class Fault:
    """What happens to the next `times` requests whose address has `match` (an expression) in it."""

    match: str = ""
    method: str = ""
    status: int = 0
    code: str = ""
    retry_after: str | int | None = None
    times: int = 1
    delay_s: float = 0.0
    drop: str = ""

    def meets(self, request: web.Request) -> bool:
        """Whether the request is one that this fault waits for."""
        if self.times <= 0 or request.path.startswith("/sandbox/"):
            return False
        if self.method and self.method.upper() != request.method:
            return False
        return re.search(self.match, unquote(request.raw_path)) is not None


def fault_of(asked: Any) -> Fault:
    """A fault from what was posted; 400 when it is none."""
    known = {one.name for one in fields(Fault)}
    if not isinstance(asked, dict) or set(asked) - known:
        raise Refusal(400, "invalidRequest", f"A fault has {sorted(known)}.")
    if asked.get("drop") is True:
        asked = {**asked, "drop": "before"}
    return Fault(**asked)


def middleware(tenant: Tenant) -> Middleware:
    """Lets the first fault that waits for a request happen to it."""

    @web.middleware
    async def fail(request: web.Request, handler: Handler) -> web.StreamResponse:
        fault = next((one for one in tenant.faults if one.meets(request)), None)
        if fault is None:
            return await handler(request)
        fault.times -= 1
        await asyncio.sleep(fault.delay_s)
        if fault.drop == "before":
            return _dropped(request)
        if fault.status:
            await request.read()
            return _answer(fault)
        answer = await handler(request)
        return _dropped(request) if fault.drop == "after" else answer

    return fail


def _answer(fault: Fault) -> web.Response:
    wait = fault.retry_after
    if wait is None and fault.status in (429, 503):
        wait = 1  # files and calendars always name a time
    headers = {} if wait in (None, "") else {"Retry-After": str(wait)}
    code = fault.code or CODES.get(fault.status, "UnknownError")
    return error_answer(fault.status, code, "A fault was asked for.", headers)


def _dropped(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


def routes(tenant: Tenant) -> list[web.RouteDef]:
    """Ask for faults, see those that wait, and take them back."""

    async def add(request: web.Request) -> web.Response:
        tenant.faults.append(fault_of(await request.json()))
        return web.json_response({"waiting": len(tenant.faults)}, status=201)

    async def show(request: web.Request) -> web.Response:
        waiting = [asdict(one) for one in tenant.faults if one.times > 0]
        return web.json_response({"faults": waiting})

    async def clear(request: web.Request) -> web.Response:
        tenant.faults.clear()
        return web.Response(status=204)

    return [
        web.post("/sandbox/faults", add),
        web.get("/sandbox/faults", show),
        web.delete("/sandbox/faults", clear),
    ]
