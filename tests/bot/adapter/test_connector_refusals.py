"""What the bot does when the channel does not take a message: waits, gives up, or says unknown."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import aiohttp
import pytest

from bot import connector as module
from bot.adapter import Adapter, AdapterSettings
from bot.proactive import Messenger
from bot.references import reference_of
from bot.refusals import throttled_for
from coalition.delivery import (
    Delivered,
    Failed,
    NotSent,
    Throttled,
    Undelivered,
    Unknown,
)
from tests.bot.teams_edge import message


@pytest.fixture
def adapter(http):
    return Adapter(AdapterSettings(), http)


@pytest.fixture
def messenger(adapter):
    return Messenger(adapter.connector)


@pytest.fixture
def reference(connector):
    return reference_of(message("hola", connector.url))


@pytest.fixture
def waits(monkeypatch):
    """The pauses that were made, without making them."""
    made = []

    async def pause(seconds):
        made.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", pause)
    return made


async def test_a_throttled_reply_is_sent_again_after_the_time_the_service_asks_for(
    adapter, connector, reference, waits
):
    connector.refuse(429, times=2, Retry_After="1")
    assert await adapter.post(reference, {"text": "hola"}) == "activity-1"
    assert waits == [1.0, 1.0]
    assert len(connector.sent) == 3


async def test_a_throttled_reply_is_really_held_back(adapter, connector, reference):
    connector.refuse(429, Retry_After="0.2")
    started = time.monotonic()
    await adapter.post(reference, {"text": "hola"})
    assert time.monotonic() - started >= 0.2


async def test_a_turn_does_not_wait_longer_than_its_patience(adapter, connector, reference, waits):
    connector.refuse(429, Retry_After="30")
    with pytest.raises(Undelivered) as failure:
        await adapter.post(reference, {"text": "hola"})
    assert failure.value.outcome == Throttled(30.0)
    assert waits == []
    assert len(connector.sent) == 1


async def test_a_service_that_throttles_without_end_is_not_asked_without_end(
    adapter, connector, reference, waits
):
    connector.refuse(429, times=50, Retry_After="0")
    with pytest.raises(Undelivered) as failure:
        await adapter.post(reference, {"text": "hola"})
    assert isinstance(failure.value.outcome, Throttled)
    assert len(connector.sent) <= 8


async def test_the_outbox_is_told_at_once_how_long_to_wait(messenger, connector, reference, waits):
    connector.refuse(429, Retry_After="17")
    assert await messenger.send(reference, {"text": "hola"}) == Throttled(17.0)
    assert waits == []
    assert len(connector.sent) == 1


def test_a_time_to_wait_may_be_a_number_a_date_or_missing():
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    assert throttled_for("3", 0) == 3.0
    assert throttled_for("-3", 0) == 0.0
    assert 35 < throttled_for(soon, 0) <= 40
    assert throttled_for("Wed, 21 Oct 2015 07:28:00 GMT", 0) == 0.0
    for unreadable in (None, "", "soon"):
        assert 0.75 <= throttled_for(unreadable, 0) <= 1.25
        assert 6 <= throttled_for(unreadable, 3) <= 10
    assert throttled_for("1e9", 0) == 3600.0
    assert throttled_for("nan", 0) >= 0


@pytest.mark.parametrize("status", [408, 412, 500, 502, 503, 504])
async def test_an_ambiguous_failure_is_recorded_and_never_sent_again(
    adapter, messenger, connector, reference, waits, status
):
    connector.refuse(status, "ServiceError", Retry_After="1")
    assert await messenger.send(reference, {"text": "hola"}) == Unknown(f"http-{status}")
    connector.refuse(status, "ServiceError", Retry_After="1")
    with pytest.raises(Undelivered):
        await adapter.post(reference, {"text": "hola"})
    assert len(connector.sent) == 2
    assert waits == []


async def test_an_update_in_doubt_may_be_repeated(messenger, connector, reference):
    connector.refuse(503)
    assert await messenger.update(reference, "1", {"text": "x"}) == Unknown("http-503", True)
    connector.refuse(503)
    assert await messenger.delete(reference, "1") == Unknown("http-503", True)
    assert await messenger.update(reference, "1", {"text": "x"}) == Delivered("1")
    assert await messenger.delete(reference, "1") == Delivered("1")


async def test_a_service_that_never_answers_leaves_the_message_in_doubt(
    messenger, connector, reference, monkeypatch
):
    monkeypatch.setattr(module, "TIMEOUT", aiohttp.ClientTimeout(sock_read=0.05))
    connector.hang()
    outcome = await messenger.send(reference, {"text": "hola"})
    assert isinstance(outcome, Unknown)
    assert len(connector.sent) == 1


async def test_a_connection_that_breaks_after_sending_leaves_the_message_in_doubt(
    messenger, connector, reference
):
    connector.break_off()
    assert isinstance(await messenger.send(reference, {"text": "hola"}), Unknown)
    assert len(connector.sent) == 1


async def test_a_connection_that_breaks_when_it_is_used_again_leaves_the_message_in_doubt(
    messenger, connector, reference
):
    assert await messenger.send(reference, {"text": "uno"}) == Delivered("activity-1")
    connector.break_off()
    assert isinstance(await messenger.send(reference, {"text": "dos"}), Unknown)
    assert len(connector.sent) == 2


async def test_a_message_that_never_left_may_be_sent_later(messenger, reference, unused_tcp_port):
    reference["serviceUrl"] = f"http://127.0.0.1:{unused_tcp_port}"
    outcome = await messenger.send(reference, {"text": "hola"})
    assert isinstance(outcome, NotSent)
    assert outcome.retry_for > 0
    reference["serviceUrl"] = "http://no-such-host.localhost:1"
    assert isinstance(await messenger.send(reference, {"text": "hola"}), NotSent)


async def test_an_answer_that_breaks_after_its_status_counts_as_delivered(messenger, reference):
    from aiohttp import web
    from aiohttp.test_utils import TestServer

    async def half(request):
        answer = web.StreamResponse(status=201, headers={"Content-Length": "100"})
        await answer.prepare(request)
        await answer.write(b'{"id"')
        request.transport.close()
        return answer

    app = web.Application()
    app.router.add_post("/{path:.*}", half)
    async with TestServer(app) as server:
        reference["serviceUrl"] = str(server.make_url("/"))
        assert await messenger.send(reference, {"text": "hola"}) == Delivered("")


async def test_a_redirect_is_not_followed(messenger, connector, reference):
    connector.refuse(307, Location="http://127.0.0.1:1/steal")
    assert await messenger.send(reference, {"text": "hola"}) == Failed("http-307")
    assert len(connector.sent) == 1


async def test_many_messages_share_few_connections(messenger, connector, reference):
    for _ in range(20):
        await messenger.send(reference, {"text": "hola"})
    assert connector.connections == 1
    await asyncio.gather(*(messenger.send(reference, {"text": "hola"}) for _ in range(200)))
    assert connector.connections <= 100


def test_behind_a_proxy_this_machine_is_still_called_directly(monkeypatch):
    import os

    async def opened():
        async with module.open_session() as session:
            return session.trust_env

    monkeypatch.setenv("no_proxy", "example.org")
    for name in (
        "HTTP_PROXY",
        "http_proxy",
        "HTTPS_PROXY",
        "https_proxy",
        "ALL_PROXY",
        "all_proxy",
    ):
        monkeypatch.delenv(name, raising=False)
    assert not asyncio.run(opened())
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    assert asyncio.run(opened())
    assert os.environ["no_proxy"] == "example.org,localhost,127.0.0.1,::1"
