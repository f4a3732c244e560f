"""The one connection to Graph: the SDK loaded when first needed, tokens, patience and errors.

The SDK's own retries are left out: they repeat a POST after a 503 (two events instead of one),
never repeat an upload, and sleep through what the job queue should schedule.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from urllib.parse import urlsplit

import httpx
import structlog

from graph.credentials import Credential
from graph.errors import GraphError, Throttled, Unauthorized, Unavailable, graph_error
from graph.http import http_client
from graph.queries import Query, asked
from graph.settings import GraphSettings

if TYPE_CHECKING:
    from msgraph import GraphServiceClient

T = TypeVar("T")
Workload = Literal["files", "outlook", "other"]
log = structlog.get_logger()

ATTEMPTS = 3
PATIENCE = 8.0  # seconds that one call waits by itself; a longer wait belongs to the job queue
FIRST_PAUSE = 0.5  # seconds
CALLS_AT_ONCE = 4  # Outlook allows four concurrent requests an application and mailbox


class Connection:
    """Asks Graph with the application's token, or with a service account's."""

    def __init__(self, settings: GraphSettings, credential: Credential) -> None:
        self.settings = settings
        self.credential = credential
        self._plain: httpx.AsyncClient | None = None
        self._sdk: GraphServiceClient | None = None
        self._http: httpx.AsyncClient | None = None
        self._loading = asyncio.Lock()
        self._places = asyncio.Semaphore(CALLS_AT_ONCE)
        self._held_until: dict[Workload, float] = {}

    async def sdk(self) -> GraphServiceClient:
        """The SDK's client; the first call imports it in a thread (0.4 s, 35 MiB)."""
        async with self._loading:
            if self._sdk is None:
                opened = await asyncio.to_thread(_open, self.settings, self.credential)
                self._sdk, self._http = opened
        return self._sdk

    @property
    def plain(self) -> httpx.AsyncClient:
        """A client without a token, for upload and download links that carry their own."""
        if self._plain is None:
            self._plain = http_client(self.settings)
        return self._plain

    async def call(
        self,
        ask: Callable[[], Awaitable[T]],
        *,
        workload: Workload = "files",
        repeatable: bool = True,
    ) -> T:
        """Ask, and ask again when that is safe and soon.

        `repeatable` is False for a create that a second request would do twice: then only an
        answer that says nothing was done (429) or a refused token is asked again, and a failure
        in the dark is raised as Unavailable with `outcome_unknown`.
        """
        renewed = False
        for attempt in range(1, ATTEMPTS + 1):
            await self._wait_for_turn(workload)
            try:
                async with self._places:
                    return await ask()
            except Unauthorized:
                if renewed:
                    raise
                renewed = True
                self.credential.forget()
            except (Throttled, Unavailable, httpx.TransportError) as failed:
                error = _as_graph_error(failed, repeatable=repeatable)
                pause = self._pause(error, attempt, workload)
                if attempt == ATTEMPTS or error.outcome_unknown or pause > PATIENCE:
                    raise error from failed
                log.info("graph_retry", code=error.code, status=error.status, pause=round(pause, 1))
                await asyncio.sleep(pause)
        raise Unauthorized(401)

    async def _wait_for_turn(self, workload: Workload) -> None:
        """Throttling is for the whole workload, not for the one request that met it."""
        left = self._held_until.get(workload, 0.0) - time.monotonic()
        if left > PATIENCE:
            raise Throttled(retry_after=left)
        if left > 0:
            await asyncio.sleep(left)

    def _pause(self, error: GraphError, attempt: int, workload: Workload) -> float:
        wait = getattr(error, "retry_after", None)
        if wait is not None:
            self._held_until[workload] = time.monotonic() + wait
            return max(float(wait), growing_pause(attempt))
        return growing_pause(attempt)

    async def collect(
        self,
        builder: Any,
        query: Query | None = None,
        *,
        prefer: Sequence[str] = (),
        workload: Workload = "files",
    ) -> list[Any]:
        """Everything in a collection, page by page; a page can be empty and not the last."""
        page = await self.call(lambda: builder.get(asked(query, prefer)), workload=workload)
        found: list[Any] = list(page.value or [])
        while page.odata_next_link:
            rest = builder.with_url(page.odata_next_link)
            page = await self.call(
                lambda rest=rest: rest.get(asked(None, prefer)),  # type: ignore[misc]
                workload=workload,
            )
            found += page.value or []
        return found

    async def close(self) -> None:
        """Close what was opened; the connection is not used afterwards."""
        for http in (self._plain, self._http):
            if http is not None:
                await http.aclose()
        await self.credential.close()


def _as_graph_error(failed: GraphError | httpx.TransportError, *, repeatable: bool) -> GraphError:
    if isinstance(failed, Unavailable):
        failed.outcome_unknown = not repeatable
        return failed
    if isinstance(failed, GraphError):
        return failed
    # A connection that never opened did nothing.
    unsent = isinstance(failed, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
    name = type(failed).__name__
    return Unavailable(0, name, outcome_unknown=not repeatable and not unsent)


async def raise_for_answer(answer: httpx.Response) -> None:
    """Turn a failed answer into the error it means, before the SDK throws the body away."""
    if answer.status_code < 400:
        return
    await answer.aread()
    try:
        body = answer.json()
    except ValueError:
        body = None
    error = body.get("error") if isinstance(body, dict) else None
    headers = {name.lower(): value for name, value in answer.headers.items()}
    raise graph_error(answer.status_code, error if isinstance(error, dict) else None, headers)


def growing_pause(attempt: int) -> float:
    """Seconds to wait after a failure that named no time, longer each time and never the same."""
    return FIRST_PAUSE * (2.0 ** (attempt - 1) + random.random())


Opened = tuple["GraphServiceClient", httpx.AsyncClient]


def _open(settings: GraphSettings, credential: Credential) -> Opened:
    from graph.preload import preload, quiet

    with quiet():
        sdk, http = _sdk(settings, credential)
        preload(sdk)
    return sdk, http


def _sdk(settings: GraphSettings, credential: Credential) -> Opened:
    from msgraph import GraphRequestAdapter, GraphServiceClient

    # A client of our own: the SDK's puts its retries in between and is never closed to the end.
    http = http_client(settings, event_hooks={"response": [raise_for_answer]})
    adapter = GraphRequestAdapter(Bearer(settings, credential), client=http)
    adapter.base_url = settings.base_url
    return GraphServiceClient(request_adapter=adapter), http


class Bearer:
    """Adds the token for Graph's own host, and for no other."""

    def __init__(self, settings: GraphSettings, credential: Credential) -> None:
        self._place = urlsplit(settings.base_url).netloc
        self._credential = credential

    async def authenticate_request(
        self, request: Any, additional_authentication_context: dict[str, Any] | None = None
    ) -> None:
        """Called by the SDK for each request."""
        if urlsplit(request.url).netloc == self._place:
            token = await self._credential.token()
            request.headers.remove("Authorization")
            request.headers.add("Authorization", f"Bearer {token}")
