"""Graph's calls are answered and read, and those that are not Graph's are dropped."""

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from graph.client import Graph
from graph.errors import InvalidRequest, NotFound
from graph.notifications import Notification, notifications, validation_answer
from graph.sandbox.server import Sandbox

SECRET = "sécret"


def test_a_validation_is_answered_with_its_token_escaped() -> None:
    assert validation_answer({"validationToken": "Validation: a b"}) == "Validation: a b"
    assert validation_answer({"validationToken": "<script>"}) == "&lt;script&gt;"
    assert validation_answer({}) is None


def test_a_notification_without_our_secret_was_not_sent_by_graph() -> None:
    ours = {"subscriptionId": "1", "resource": "r", "changeType": "updated", "clientState": SECRET}
    body = {"value": [ours, ours | {"clientState": "other"}, ours | {"clientState": None}, "x"]}
    assert notifications(json.dumps(body).encode(), SECRET) == [Notification("1", "r", "updated")]


@pytest.mark.parametrize(
    ("event", "renewal", "resync"),
    [
        ("reauthorizationRequired", True, False),
        ("subscriptionRemoved", False, True),
        ("missed", False, True),
    ],
)
def test_lifecycle_says_what_to_do(event: str, renewal: bool, resync: bool) -> None:
    entry = {"subscriptionId": "1", "lifecycleEvent": event, "clientState": SECRET}
    (read,) = notifications(json.dumps({"value": [entry]}).encode(), SECRET)
    assert (read.asks_for_renewal, read.asks_for_resync) == (renewal, resync)


@given(st.binary() | st.text().map(str.encode))
def test_a_body_that_is_none_gives_no_notifications(body: bytes) -> None:
    assert notifications(body, SECRET) == []


@pytest.mark.parametrize("body", [b"[]", b"null", b'{"value": {}}', b'{"value": [[1]]}', b"\xff"])
def test_odd_json_gives_no_notifications(body: bytes) -> None:
    assert notifications(body, SECRET) == []


class Hook:
    """Where the sandbox calls."""

    def __init__(self) -> None:
        self.received: asyncio.Queue[Notification] = asyncio.Queue()
        self.answers_validation = True
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        answer = validation_answer(request.query)
        if answer is not None:
            return web.Response(text=answer if self.answers_validation else "no")
        for one in notifications(await request.read(), SECRET):
            self.received.put_nowait(one)
        return web.Response(status=202)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/notify", hook.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/notify"
    yield hook
    await runner.cleanup()


async def test_a_change_in_the_library_is_told(graph: Graph, hook: Hook, sandbox: Sandbox) -> None:
    resource = f"drives/{sandbox.settings.drive_id}/root"
    made = await graph.subscriptions.create(resource, hook.url, SECRET)
    await graph.drive.put("Reports", "r.txt", b"1")
    told = await asyncio.wait_for(hook.received.get(), 10)
    assert (told.subscription_id, told.change) == (made.id, "updated")


async def test_a_changed_event_is_told_with_its_id(
    graph: Graph, hook: Hook, sandbox: Sandbox
) -> None:
    from graph.calendar import CalendarEvent

    resource = f"users/{sandbox.settings.calendar_mailbox}/events"
    await graph.subscriptions.create(
        resource, hook.url, SECRET, change_type="created,updated,deleted"
    )
    at = datetime(2027, 3, 9, 15, tzinfo=UTC)
    event = CalendarEvent("m:1", "Meeting", "", at, at + timedelta(hours=1), "UTC")
    made = await graph.calendar.put(event, "t")
    await graph.calendar.put(dataclasses.replace(event, subject="Moved"), "t", made.id)
    await graph.calendar.cancel(made.id)
    told = [await asyncio.wait_for(hook.received.get(), 10) for _ in range(3)]
    assert sorted(one.change for one in told) == ["created", "deleted", "updated"]
    assert all(one.resource.endswith(made.id) for one in told)


async def test_what_was_missed_is_told(graph: Graph, hook: Hook, sandbox: Sandbox) -> None:
    made = await graph.subscriptions.create("drives/b!x/root", hook.url, SECRET)
    async with httpx.AsyncClient(trust_env=False, verify=False) as client:
        answer = await client.post(f"{sandbox.origin}/sandbox/lifecycle", json={"event": "missed"})
    assert answer.status_code == 204
    told = hook.received.get_nowait()
    assert (told.subscription_id, told.asks_for_resync) == (made.id, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"resource": ""},
        {"changeType": "moved"},
        {"changeType": "created,updated"},
        {"expirationDateTime": "soon"},
        {"expirationDateTime": "2020-01-01T00:00:00Z"},
        {"expirationDateTime": "2099-01-01T00:00:00Z"},
        {"notificationUrl": "http://127.0.0.1:9/"},
    ],
)
async def test_a_subscription_that_graph_would_refuse_is_refused(
    http: httpx.AsyncClient, hook: Hook, wrong: dict[str, str]
) -> None:
    ends = datetime.now(UTC) + timedelta(hours=1)
    body = {
        "resource": "drives/b!x/root",
        "changeType": "updated",
        "notificationUrl": hook.url,
        "expirationDateTime": ends.isoformat(),
    }
    assert (await http.post("/subscriptions", json=body)).status_code == 201
    assert (await http.post("/subscriptions", json=body | wrong)).status_code == 400


async def test_a_subscription_is_renewed_listed_and_given_back(graph: Graph, hook: Hook) -> None:
    resource = "drives/b!x/root"
    made = await graph.subscriptions.create(
        resource, hook.url, SECRET, lasts_for=timedelta(hours=1)
    )
    renewed = await graph.subscriptions.renew(made)
    assert renewed.expires_at > made.expires_at + timedelta(days=20)
    assert [one.id for one in await graph.subscriptions.list()] == [made.id]
    await graph.subscriptions.delete(made.id)
    await graph.subscriptions.delete(made.id)
    with pytest.raises(NotFound):
        await graph.subscriptions.renew(made)


async def test_an_address_that_is_not_ours_gets_no_subscription(graph: Graph, hook: Hook) -> None:
    hook.answers_validation = False
    with pytest.raises(InvalidRequest) as refused:
        await graph.subscriptions.create("drives/b!x/root", hook.url, SECRET)
    assert refused.value.code == "ValidationError"
