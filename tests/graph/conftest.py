"""A sandbox on a free port with the real SDK talking to it, one for each test."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph import connection
from graph.client import Graph
from graph.sandbox.server import Sandbox, start_sandbox

NOW = datetime(2027, 1, 4, 14, 0, tzinfo=UTC)
Fail = Callable[..., Awaitable[None]]


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[Sandbox]:
    running = await start_sandbox(tmp_path / "sandbox", port=0, clock=lambda: NOW)
    yield running
    await running.close()


@pytest.fixture
async def graph(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Graph]:
    monkeypatch.setattr(connection, "FIRST_PAUSE", 0.01)
    client = Graph(sandbox.settings)
    yield client
    await client.close()


@pytest.fixture
async def http(sandbox: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    """Another client than ours, with a token of the application."""
    named = sandbox.settings
    form = {
        "grant_type": "client_credentials",
        "client_id": named.client_id,
        "client_secret": named.client_secret or "",
        "scope": "https://graph.microsoft.com/.default",
    }
    async with httpx.AsyncClient(
        base_url=sandbox.base_url, trust_env=False, verify=False
    ) as client:
        url = f"{sandbox.origin}/{named.tenant_id}/oauth2/v2.0/token"
        granted = (await client.post(url, data=form)).json()
        client.headers["Authorization"] = f"Bearer {granted['access_token']}"
        yield client


@pytest.fixture
def fail(sandbox: Sandbox) -> Fail:
    """Ask the sandbox for a fault."""

    async def ask(**fault: Any) -> None:
        async with httpx.AsyncClient(trust_env=False, verify=False) as client:
            answer = await client.post(f"{sandbox.origin}/sandbox/faults", json=fault)
            assert answer.status_code == 201

    return ask
