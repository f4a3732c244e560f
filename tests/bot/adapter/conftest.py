"""A bot on loopback whose logic tests choose, local or registered with the local issuer."""

import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.adapter import Adapter, AdapterSettings
from tests.bot.teams_edge import FakeConnector, LocalIssuer


class Bot:
    """A running bot: post activities to it; `turns` counts the turns that ran."""

    def __init__(self, http: aiohttp.ClientSession, settings: AdapterSettings) -> None:
        self.http = http
        self.turns: list[dict[str, Any]] = []
        self.logic: Callable[[Any], Awaitable[Any]] | None = None
        self.classic: Callable[[Any], Awaitable[Any]] | None = None
        self.on_error: Callable[[Any, Exception], Awaitable[str | None]] | None = None
        self.adapter = Adapter(settings, http, self._on_error)
        app = web.Application()
        app.router.add_post("/api/messages", self._messages)
        self.server = TestServer(app)

    async def _on_error(self, turn: Any, error: Exception) -> str | None:
        return await self.on_error(turn, error) if self.on_error else None

    async def _messages(self, request: web.Request) -> web.Response:
        if self.classic is not None:
            return await self.adapter.handle(request, self.classic)

        async def logic(turn: Any) -> Any:
            self.turns.append(turn.activity)
            return await self.logic(turn) if self.logic else None

        return await self.adapter.handle_json(request, logic)

    async def post(
        self,
        activity: Any = None,
        token: str | None = None,
        body: bytes | None = None,
        **headers: str,
    ) -> tuple[int, Any]:
        """Post an activity, or any bytes; return the status and the JSON body, None when empty."""
        sent = {"Content-Type": "application/json"}
        sent.update({name.replace("_", "-"): value for name, value in headers.items()})
        if token is not None:
            sent["Authorization"] = token if " " in token else f"Bearer {token}"
        octets = json.dumps(activity).encode() if body is None else body
        url = self.server.make_url("/api/messages")
        async with self.http.post(url, data=io.BytesIO(octets), headers=sent) as answer:
            said = await answer.read()
            return answer.status, json.loads(said) if said else None


@pytest.fixture
async def local_bot(http: aiohttp.ClientSession) -> AsyncIterator[Bot]:
    bot = Bot(http, AdapterSettings())
    await bot.server.start_server()
    yield bot
    await bot.server.close()


@pytest.fixture
async def registered_bot(
    http: aiohttp.ClientSession, issuer: LocalIssuer, connector: FakeConnector
) -> AsyncIterator[Bot]:
    bot = Bot(http, AdapterSettings(**issuer.settings))
    await bot.server.start_server()
    yield bot
    await bot.server.close()
