"""The sandbox's tenant: its store, clock and addresses, and what one request asks of it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from aiohttp import web

from graph.sandbox.store import Store

if TYPE_CHECKING:
    from graph.sandbox.faults import Fault

TENANT_ID = "5a6d1c1e-0000-4000-8000-0000000000aa"
CLIENT_ID = "5a6d1c1e-0000-4000-8000-0000000000bb"
CLIENT_SECRET = "sandbox-only"  # noqa: S105  opens nothing but a server on this machine
SITE_ID = "sandbox.sharepoint.com,5a6d1c1e-0000-4000-8000-0000000000c1,"
SITE_ID += "5a6d1c1e-0000-4000-8000-0000000000c2"
DRIVE_ID = "b!5a6d1c1e0000sandboxibchmlibrary"
GROUP_ID = "5a6d1c1e-0000-4000-8000-0000000000dd"
MAILBOX = "rcp-calendar@sandbox.example"
SENDER = "ibc-hm@sandbox.example"
APP_NAME = "IBC-HM bot"


class Refusal(Exception):
    """The sandbox answers with an error of Graph's."""

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message
        self.headers = dict(headers or {})


@dataclass
class Tenant:
    """Everything that one sandbox holds."""

    store: Store
    clock: Callable[[], datetime]
    origin: str
    files_origin: str
    rewrites: tuple[str, ...] = ()  # endings of files that change on arrival, as in SharePoint
    faults: list[Fault] = field(default_factory=list)
    announce: Callable[[str, str, str], None] = lambda resource, change, record_id: None

    def now(self) -> str:
        """The sandbox's time as Graph writes it."""
        return written(self.clock())


@dataclass
class Ask:
    """One request to the Graph API after its token was checked."""

    tenant: Tenant
    request: web.Request
    caller: Mapping[str, Any]
    params: Mapping[str, str]
    content: bytes

    @property
    def store(self) -> Store:
        """The tenant's records."""
        return self.tenant.store

    @property
    def base(self) -> str:
        """The address of the API as the caller reached it, for links to next pages."""
        return f"{self.request.scheme}://{self.request.host}/v1.0"

    @property
    def is_application(self) -> bool:
        """The token is the application's own, not a person's."""
        return self.caller.get("idtyp") == "app"

    def query(self, name: str) -> str | None:
        """A query option; the dollar sign and the case of its name don't count."""
        wanted = name.lstrip("$").lower()
        for key, value in self.request.query.items():
            if key.lstrip("$").lower() == wanted:
                return value
        return None

    def json(self) -> dict[str, Any]:
        """The body as an object; 400 when it is none."""
        try:
            body = json.loads(self.content)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise Refusal(400, "BadRequest", "Unable to read JSON request payload.")
        return body


Handler = Callable[[Ask], Awaitable[web.Response]]


def written(at: datetime) -> str:
    """An instant as Graph writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def entity(ask: Ask, body: Mapping[str, Any], context: str, status: int = 200) -> web.Response:
    """One thing, cut to $select."""
    shown = selected(ask, body)
    return web.json_response(
        {"@odata.context": f"{ask.base}/$metadata#{context}", **shown}, status=status
    )


def selected(ask: Ask, body: Mapping[str, Any]) -> dict[str, Any]:
    """What $select leaves of a thing; annotations and what $expand brings stay."""
    names = {name.strip() for name in (ask.query("$select") or "").split(",") if name.strip()}
    if not names:
        return dict(body)
    names |= {name.partition("(")[0] for name in (ask.query("$expand") or "").split(",")}
    return {key: value for key, value in body.items() if key in names or key.startswith("@")}


def collection(
    ask: Ask,
    found: list[dict[str, Any]],
    context: str,
    page: int = 200,
    write: Callable[[dict[str, Any]], dict[str, Any]] = dict,
) -> web.Response:
    """A page of things with a link to the next one; $top asks for smaller pages.

    `write` turns a thing into what Graph says of it, for those on the page only.
    """
    top = ask.query("$top")
    if top is not None and not top.isdigit():
        raise Refusal(400, "BadRequest", "$top must be a non-negative integer.")
    page = min(page, int(top)) if top else page
    start = int(ask.query("$skiptoken") or ask.query("$skip") or 0)
    body: dict[str, Any] = {
        "@odata.context": f"{ask.base}/$metadata#{context}",
        "value": [selected(ask, write(one)) for one in found[start : start + page]],
    }
    if start + page < len(found):
        kept = {k: v for k, v in ask.request.query.items() if k not in ("$skip", "$skiptoken")}
        link = ask.request.url.with_query({**kept, "$skiptoken": str(start + page)})
        body["@odata.nextLink"] = str(link)
    return web.json_response(body)


def error_answer(status: int, code: str, message: str, headers: Mapping[str, str]) -> web.Response:
    """An error as Graph writes it."""
    request_id = str(uuid.uuid4())
    inner = {
        "date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        "request-id": request_id,
        "client-request-id": request_id,
    }
    return web.json_response(
        {"error": {"code": code, "message": message, "innerError": inner}},
        status=status,
        headers={**headers, "request-id": request_id},
    )
