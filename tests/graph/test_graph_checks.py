"""The doctor's questions: each place and permission in one sentence."""

import dataclasses
from typing import Any

import pytest

from graph.client import Graph
from graph.sandbox.server import Sandbox


async def test_everything_is_fine_in_a_fresh_sandbox(graph: Graph) -> None:
    checks = await graph.check()
    assert all(check.is_fine for check in checks)
    assert [check.name for check in checks] == [
        "sign-in",
        "library",
        "library columns",
        "lists",
        "calendar",
        "mail",
    ]
    assert "Sites.Selected" in checks[0].sentence
    assert "shared mailbox" in checks[4].sentence


async def test_each_check_fails_by_itself_and_says_why(graph: Graph, fail: Any) -> None:
    await fail(match="/lists$", status=403)
    await fail(match="calendarView", status=404, code="ErrorItemNotFound")
    await fail(match="/columns$", status=500, times=3)
    by_name = {check.name: check for check in await graph.check()}
    assert [name for name, check in by_name.items() if not check.is_fine] == [
        "library columns",
        "lists",
        "calendar",
    ]
    assert "no permission" in by_name["lists"].sentence
    assert "look at the id" in by_name["calendar"].sentence
    assert "does not answer" in by_name["library columns"].sentence


async def test_what_is_not_configured_is_named(sandbox: Sandbox) -> None:
    settings = dataclasses.replace(
        sandbox.settings, site_id=None, drive_id=None, calendar_mailbox=None, sender_mailbox=None
    )
    client = Graph(settings)
    checks = await client.check()
    await client.close()
    assert [check.is_fine for check in checks] == [True, False, False, False, False, False]
    assert all(check.sentence.endswith(".") for check in checks[1:])


async def test_a_permission_that_the_token_lacks_is_named(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.sandbox.tokens.ROLES", ["Sites.Selected"])
    mail = (await graph.check())[-1]
    assert not mail.is_fine
    assert "Mail.Send" in mail.sentence


async def test_a_secret_that_is_wrong_fails_every_check(sandbox: Sandbox) -> None:
    client = Graph(dataclasses.replace(sandbox.settings, client_secret="wrong"))
    checks = await client.check()
    await client.close()
    assert not any(check.is_fine for check in checks)
    assert "secret" in checks[0].sentence
