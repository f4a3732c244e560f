"""The product to talk to; it is imported when a test first asks for it."""

import shutil
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.bot.talking import Talk


@cache
def _knowledge(charter_name: str) -> Any:
    from coalition.charter import load_charter
    from knowledge.knowledge import Knowledge

    return Knowledge.load(load_charter(charter_name))


@pytest.fixture
async def talk(
    tmp_path: Path, migrated_sqlite: Path, monkeypatch: pytest.MonkeyPatch
) -> "AsyncIterator[Talk]":
    """The product in personal chats only; its documents are read once for all tests."""
    from structlog.testing import capture_logs

    from knowledge.knowledge import Knowledge
    from tests.bot.talking import START, Talk

    documents = _knowledge("ibc-hm")
    monkeypatch.setattr(Knowledge, "load", staticmethod(lambda charter, **_: documents))
    shutil.copyfile(migrated_sqlite, tmp_path / "bot.db")
    with capture_logs():  # the development renderer takes seconds for a traceback
        async with Talk(tmp_path, START) as running:
            yield running


@pytest.fixture
async def team(talk: "Talk") -> "Talk":
    """The product in a team with a channel for the secretariat, and in Ana's personal chat."""
    from tests.bot.talking import ANA, SECRETARIAT, TEAM

    talk.connector.channels = [
        {"id": TEAM, "name": ""},
        {"id": SECRETARIAT, "name": "Secretariat"},
    ]
    await talk.install(TEAM)
    await talk.install("", ANA)
    return talk
