"""Patience, tokens and the cost of opening: what one connection does for every call."""

import asyncio
import subprocess
import sys
import threading
from datetime import UTC, datetime
from email.utils import format_datetime
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from azure.core.exceptions import ClientAuthenticationError, ServiceRequestError

from graph import connection
from graph.client import Graph, GraphSettings
from graph.connection import Bearer, Connection
from graph.credentials import EntraCredential, application_credential
from graph.errors import Throttled, Unauthorized, Unavailable
from graph.http import USER_AGENT
from graph.sandbox.server import Sandbox


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 509, 408])
async def test_a_passing_fault_is_waited_out(graph: Graph, fail: Any, status: int) -> None:
    await fail(match="/children", status=status, retry_after=0 if status in (429, 509) else None)
    assert await graph.drive.list("") != ()


async def test_a_lost_connection_is_opened_again(graph: Graph, fail: Any) -> None:
    await fail(match="/children", drop="before")
    assert await graph.drive.list("") != ()


async def test_a_long_wait_is_handed_back_and_holds_the_whole_workload(
    graph: Graph, fail: Any
) -> None:
    await fail(match="/children", status=429, retry_after=315)
    with pytest.raises(Throttled):
        await graph.drive.list("")
    with pytest.raises(Throttled) as held:
        await graph.lists.rows("Any")
    assert 300 < held.value.retry_after <= 315
    at = datetime(2027, 1, 1, tzinfo=UTC)
    assert await graph.calendar.view(at, at) == []


async def test_a_wait_until_a_date_is_understood(graph: Graph, fail: Any) -> None:
    until = format_datetime(datetime.fromtimestamp(4_102_444_800, UTC), usegmt=True)
    await fail(match="/children", status=503, retry_after=until)
    with pytest.raises(Unavailable) as failed:
        await graph.drive.list("")
    assert failed.value.retry_after is not None
    assert failed.value.retry_after > 180


async def test_nothing_is_tried_for_ever(graph: Graph, fail: Any) -> None:
    await fail(match="/children", status=500, times=50)
    with pytest.raises(Unavailable) as failed:
        await graph.drive.list("")
    assert not failed.value.outcome_unknown


async def test_graph_that_is_not_there_is_unavailable() -> None:
    nowhere = Graph(
        GraphSettings("t", "c", "s", "http://127.0.0.1:9/v1.0", login_url="http://127.0.0.1:9")
    )
    with pytest.raises(Unavailable):
        await nowhere.connection.credential.token()
    await nowhere.close()


async def test_no_more_than_four_ask_at_once(graph: Graph) -> None:
    """Outlook takes four concurrent requests an application and mailbox."""
    asking, most = 0, 0

    async def ask() -> None:
        nonlocal asking, most
        asking += 1
        most = max(most, asking)
        await asyncio.sleep(0)
        asking -= 1

    await asyncio.gather(*(graph.connection.call(ask) for _ in range(20)))
    assert most == 4


async def test_a_refused_token_is_fetched_anew_once(graph: Graph, fail: Any) -> None:
    await graph.drive.list("")
    await fail(match="/children", status=401)
    assert await graph.drive.list("") != ()
    await fail(match="/children", status=401, times=2)
    with pytest.raises(Unauthorized):
        await graph.drive.list("")


async def test_a_wrong_secret_is_unauthorized(sandbox: Sandbox) -> None:
    import dataclasses

    client = Graph(dataclasses.replace(sandbox.settings, client_secret="wrong"))
    with pytest.raises(Unauthorized) as refused:
        await client.drive.list("")
    assert refused.value.code == "invalid_client"
    await client.close()


@pytest.mark.parametrize("fault", [{"status": 503, "retry_after": 0}, {"drop": "before"}])
async def test_a_login_server_that_is_away_is_waited_for(
    graph: Graph, fail: Any, fault: dict[str, Any]
) -> None:
    await fail(match="/oauth2/", **fault)
    assert await graph.drive.list("") != ()


async def test_a_page_in_place_of_a_token_is_no_token(sandbox: Sandbox) -> None:
    import dataclasses

    client = Graph(dataclasses.replace(sandbox.settings, login_url=f"{sandbox.origin}/calendar"))
    with pytest.raises(Unavailable):
        await client.connection.credential.token()
    await client.close()


async def test_the_token_goes_to_graph_alone(sandbox: Sandbox) -> None:
    own = Connection(sandbox.settings, application_credential(sandbox.settings))
    bearer = Bearer(sandbox.settings, own.credential)
    sent: dict[str, dict[str, str]] = {}
    for url in (f"{sandbox.base_url}/drives/x", "http://127.0.0.1:9/v1.0", "https://evil.example/"):
        headers: dict[str, str] = {}
        request = SimpleNamespace(
            url=url, headers=SimpleNamespace(add=headers.__setitem__, remove=headers.pop)
        )
        request.headers.remove = lambda name, held=headers: held.pop(name, None)
        await bearer.authenticate_request(request)
        sent[url] = headers
    assert [bool(headers) for headers in sent.values()] == [True, False, False]
    await own.close()


async def test_requests_say_who_we_are(graph: Graph, sandbox: Sandbox) -> None:
    seen: list[str] = []

    async def note(request: httpx.Request) -> None:
        seen.append(request.headers["User-Agent"])

    await graph.connection.sdk()
    http = graph.connection._http
    assert http is not None
    http.event_hooks["request"].append(note)
    await graph.drive.list("")
    assert set(seen) == {USER_AGENT}
    assert USER_AGENT.startswith("NONISV|")


async def test_the_sdk_is_opened_in_another_thread_and_once(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its imports take half a second, which the event loop can't spare."""
    threads: list[int] = []
    opens = connection._open

    def noted(*args: Any) -> Any:
        threads.append(threading.get_ident())
        return opens(*args)

    monkeypatch.setattr(connection, "_open", noted)
    await asyncio.gather(graph.connection.sdk(), graph.connection.sdk())
    assert len(threads) == 1
    assert threads[0] != threading.get_ident()


def test_the_sdk_is_not_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, graph.client, graph.sandbox.server;"
        "graph.client.Graph(graph.client.GraphSettings('t', 'c'));"
        "loaded = {'msgraph', 'azure', 'kiota_http', 'jinja2'} & set(sys.modules);"
        "print(sorted(loaded))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "['jinja2']"


class FakeAzure:
    """Stands for azure-identity, which talks to https only."""

    def __init__(self, outcome: Exception | None) -> None:
        self.outcome = outcome
        self.scopes: list[str] = []

    async def get_token(self, scope: str) -> SimpleNamespace:
        self.scopes.append(scope)
        if self.outcome:
            raise self.outcome
        return SimpleNamespace(token="abc")

    async def close(self) -> None:
        self.scopes.append("closed")


async def test_entra_is_asked_for_graph_s_own_scope(monkeypatch: pytest.MonkeyPatch) -> None:
    azure = FakeAzure(None)
    monkeypatch.setattr(EntraCredential, "_open", lambda self: azure)
    credential = application_credential(GraphSettings("tenant", "client", "secret"))
    assert await credential.token() == "abc"
    await credential.close()
    assert azure.scopes == ["https://graph.microsoft.com/.default", "closed"]


@pytest.mark.parametrize(
    ("outcome", "meaning"),
    [
        (ClientAuthenticationError("AADSTS7000215"), Unauthorized),
        (ServiceRequestError("no route"), Unavailable),
    ],
)
async def test_entra_s_errors_are_ours(
    monkeypatch: pytest.MonkeyPatch, outcome: Exception, meaning: type[Exception]
) -> None:
    monkeypatch.setattr(EntraCredential, "_open", lambda self: FakeAzure(outcome))
    with pytest.raises(meaning):
        await application_credential(GraphSettings("tenant", "client", "secret")).token()


@pytest.mark.parametrize("secret", ["secret", None])
async def test_azure_identity_is_built_for_production(secret: str | None) -> None:
    credential = EntraCredential(GraphSettings("5a6d1c1e-0000-4000-8000-0000000000aa", "c", secret))
    azure = credential._open()
    assert type(azure).__name__ == (
        "ClientSecretCredential" if secret else "DefaultAzureCredential"
    )
    await azure.close()


def test_a_secret_is_not_shown_with_the_settings() -> None:
    assert "hidden" not in repr(GraphSettings("t", "c", "hidden"))


def test_the_light_entity_reads_what_the_heavy_one_reads() -> None:
    """Guards the one method of the SDK that is replaced against a release that adds to it."""
    code = (
        "import inspect, re\n"
        "from graph.preload import light_fields\n"
        "from msgraph.generated.models.entity import Entity\n"
        "heavy = inspect.getsource(Entity.get_field_deserializers)\n"
        'names = re.findall(r\'"([^"]+)": lambda\', heavy)\n'
        "print(set(names) == set(light_fields(Entity())))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "True"
