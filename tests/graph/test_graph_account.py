"""A group's calendar takes a person's token only: the service account signs in once."""

import dataclasses
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graph.calendar import Calendar, CalendarEvent
from graph.client import Graph
from graph.errors import Forbidden, NotConfigured, Unauthorized
from graph.sandbox.server import Sandbox
from graph.sign_in import sign_in

START = datetime(2027, 3, 9, 15, 0, tzinfo=UTC)
MEETING = CalendarEvent(
    "meeting:12", "Regular meeting", "", START, START + timedelta(hours=2), "America/Panama"
)
WINDOW = (START - timedelta(days=30), START + timedelta(days=30))


@pytest.fixture
async def account(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[Graph]:
    """A group's calendar, which only a service account may write."""
    settings = dataclasses.replace(
        sandbox.settings,
        calendar_mailbox=None,
        calendar_id=None,
        calendar_group_id="5a6d1c1e-0000-4000-8000-0000000000dd",
        service_account="ibc-hm-calendar@sandbox.example",
        token_file=tmp_path / "kept" / "account.json",
    )
    client = Graph(settings)
    yield client
    await client.close()


async def test_a_service_account_writes_the_calendar_of_a_group(account: Graph) -> None:
    shown: list[str] = []
    file = await sign_in(account.settings, shown.append)
    assert len(shown) == 1
    assert file.stat().st_mode & 0o077 == 0
    before = file.read_text()
    await account.calendar.put(MEETING, "t")
    (seen,) = await account.calendar.view(*WINDOW)
    assert (seen.key, seen.starts_at) == ("meeting:12", START)
    assert file.read_text() != before


async def test_an_account_that_never_signed_in_is_said_to_be_so(account: Graph) -> None:
    with pytest.raises(NotConfigured, match="signed in"):
        await account.calendar.view(*WINDOW)


async def test_an_application_can_not_write_the_calendar_of_a_group(
    account: Graph, graph: Graph
) -> None:
    as_application = Calendar(graph.connection)
    as_application._connection.settings = account.settings
    with pytest.raises(Forbidden):
        await as_application.put(MEETING, "t")


async def test_a_sign_in_that_was_withdrawn_is_said(account: Graph) -> None:
    file = account.settings.token_file
    assert file is not None
    file.parent.mkdir()
    file.write_text('{"refresh_token": "withdrawn"}')
    with pytest.raises(Unauthorized) as refused:
        await account.calendar.view(*WINDOW)
    assert refused.value.code == "invalid_grant"


async def test_a_declined_sign_in_leaves_no_file(
    account: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.sandbox.tokens.CLIENT_ID", "another")
    with pytest.raises(Unauthorized):
        await sign_in(account.settings, lambda sentence: None)
    assert account.settings.token_file is not None
    assert not account.settings.token_file.exists()
