"""Fixtures for tests at the Teams edge: one HTTP session, a connector, an issuer."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.connector import open_session
from tests.bot.teams_edge import FakeConnector, LocalIssuer


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with open_session() as session:
        yield session


@pytest.fixture
async def connector() -> AsyncIterator[FakeConnector]:
    running = await FakeConnector().start()
    yield running
    await running.close()


@pytest.fixture
async def issuer() -> AsyncIterator[LocalIssuer]:
    running = await LocalIssuer().start()
    yield running
    await running.close()
