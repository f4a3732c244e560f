"""The sandbox as a server: the Graph API, the login server, the files' origin and the page.

Beside them stand its controls: `/sandbox/faults` (see `faults`), `/sandbox/delta/expire` ends all
delta bookmarks, `/sandbox/lifecycle` sends {"event": "missed"} to all subscribers, and
`/sandbox/version` tells the last change.
"""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from graph.sandbox import (
    addresses,
    calendars,
    delta,
    drives,
    faults,
    lists,
    mail,
    page,
    sites,
    subscriptions,
    tenant,
    tokens,
    uploads,
)
from graph.sandbox.seed import seed
from graph.sandbox.store import Store
from graph.sandbox.tenant import Ask, Refusal, Tenant, error_answer
from graph.settings import GraphSettings

BODY_LARGEST = 260 * 1024 * 1024  # bytes; a simple upload ends at 250 MB
ROUTES = [
    *drives.ROUTES,
    *uploads.ROUTES,
    *delta.ROUTES,
    *lists.ROUTES,
    *calendars.ROUTES,
    *mail.ROUTES,
    *subscriptions.ROUTES,
    *sites.ROUTES,
]
TENANT = web.AppKey("tenant", Tenant)


def create_sandbox(
    data_dir: Path,
    *,
    clock: Callable[[], datetime] | None = None,
    origin: str,
    files_origin: str | None = None,
) -> web.Application:
    """The sandbox over a folder of its own, which keeps everything between starts.

    `origin` is where people and clients reach it; `files_origin` is where upload and download links
    lead, another origin in the real service. The same application serves both.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    here = Tenant(
        store=Store(data_dir),
        clock=clock or (lambda: datetime.now(UTC)),
        origin=origin,
        files_origin=files_origin or origin,
    )
    seed(here)
    app = web.Application(
        client_max_size=BODY_LARGEST, middlewares=[refusals, faults.middleware(here)]
    )
    app[TENANT] = here
    app.router.add_route("*", "/v1.0/{rest:.*}", api(here))
    for module in (tokens, uploads, faults, delta, subscriptions, page):
        app.router.add_routes(module.routes(here))
    app.cleanup_ctx.append(subscriptions.announcer(here))
    app.cleanup_ctx.append(_closing(here))
    return app


def _closing(here: Tenant) -> Callable[[web.Application], AsyncIterator[None]]:
    async def close(app: web.Application) -> AsyncIterator[None]:
        yield
        here.store.close()

    return close


@web.middleware
async def refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refusals become errors as Graph writes them."""
    try:
        return await handler(request)
    except Refusal as refusal:
        return error_answer(refusal.status, refusal.code, refusal.message, refusal.headers)


def api(here: Tenant) -> Handler:
    """The Graph API: the token checked, the handler found by its address."""

    async def answer(request: web.Request) -> web.StreamResponse:
        caller = tokens.caller(here, request)
        path = request.raw_path.partition("?")[0].removeprefix("/v1.0/")
        handler, params = addresses.find(ROUTES, request.method, path)
        return await handler(Ask(here, request, caller, params, await request.read()))

    return answer


def well_known(base_url: str) -> GraphSettings:
    """What a client of a sandbox has to know: its ids and secrets are the same everywhere.

    :param base_url: where its Graph API is, such as `http://127.0.0.1:8901/v1.0`.
    """
    return GraphSettings(
        tenant_id=tenant.TENANT_ID,
        client_id=tenant.CLIENT_ID,
        client_secret=tenant.CLIENT_SECRET,
        base_url=base_url,
        login_url=base_url.removesuffix("/v1.0"),
        site_id=tenant.SITE_ID,
        drive_id=tenant.DRIVE_ID,
        calendar_mailbox=tenant.MAILBOX,
        calendar_id=calendars.DEFAULT,
        sender_mailbox=tenant.SENDER,
    )


@dataclass
class Sandbox:
    """A running sandbox."""

    origin: str
    tenant: Tenant
    _runner: web.AppRunner

    @property
    def base_url(self) -> str:
        """Where the Graph API is."""
        return f"{self.origin}/v1.0"

    @property
    def settings(self) -> GraphSettings:
        """What a client of this sandbox has to know."""
        return well_known(self.base_url)

    async def close(self) -> None:
        """Stop serving; what was kept stays in its folder."""
        await self._runner.cleanup()


async def start_sandbox(
    data_dir: Path,
    host: str = "127.0.0.1",
    port: int = 8901,
    files_port: int | None = 0,
    clock: Callable[[], datetime] | None = None,
) -> Sandbox:
    """Serve a sandbox; a port of 0 is any free one, OSError is raised for one that is taken.

    `files_port` is the second origin for uploads and downloads; None serves them from the first.
    """
    sockets = [_bound(host, port)]
    try:
        if files_port is not None:
            sockets.append(_bound(host, files_port))
        origins = [f"http://{host}:{one.getsockname()[1]}" for one in sockets]
        app = create_sandbox(data_dir, clock=clock, origin=origins[0], files_origin=origins[-1])
    except OSError:
        for one in sockets:
            one.close()
        raise
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    for one in sockets:
        await web.SockSite(runner, one).start()
    return Sandbox(origins[0], app[TENANT], runner)


def _bound(host: str, port: int) -> socket.socket:
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    return bound
