"""Mail is handed over once and never sent blindly again."""

import dataclasses
from typing import Any

import httpx
import pytest

from graph.client import Graph
from graph.errors import NotConfigured, Throttled, Unavailable
from graph.sandbox.server import Sandbox


async def test_a_message_is_handed_over(graph: Graph, sandbox: Sandbox) -> None:
    await graph.mail.send(
        ["guest@agency.example", "other@agency.example"],
        "Reminder: ñandú",
        html_body="<p>Hello</p>",
        cc=["rco@un.example"],
        reply_to=["secretariat@un.example"],
    )
    (kept,) = sandbox.tenant.store.all("mail")
    assert kept["to"] == ["guest@agency.example", "other@agency.example"]
    assert (kept["cc"], kept["subject"]) == (["rco@un.example"], "Reminder: ñandú")
    assert (kept["content"], kept["is_html"]) == ("<p>Hello</p>", True)


async def test_a_lost_answer_is_not_sent_again(graph: Graph, sandbox: Sandbox, fail: Any) -> None:
    await fail(match="/sendMail", drop="after")
    with pytest.raises(Unavailable) as failed:
        await graph.mail.send(["guest@agency.example"], "Hello", text="Hello")
    assert failed.value.outcome_unknown
    assert len(sandbox.tenant.store.all("mail")) == 1


async def test_a_refused_message_waits_and_goes_out_once(
    graph: Graph, sandbox: Sandbox, fail: Any
) -> None:
    await fail(match="/sendMail", status=429, retry_after=0)
    await graph.mail.send(["guest@agency.example"], "Hello", text="Hello")
    assert len(sandbox.tenant.store.all("mail")) == 1


async def test_a_long_wait_belongs_to_the_job(graph: Graph, fail: Any) -> None:
    await fail(match="/sendMail", status=429, retry_after=315)
    with pytest.raises(Throttled) as throttled:
        await graph.mail.send(["guest@agency.example"], "Hello", text="Hello")
    assert throttled.value.retry_after == 315


async def test_without_a_mailbox_nothing_is_sent(sandbox: Sandbox) -> None:
    client = Graph(dataclasses.replace(sandbox.settings, sender_mailbox=None))
    with pytest.raises(NotConfigured, match="mailbox"):
        await client.mail.send(["guest@agency.example"], "Hello", text="Hello")
    await client.close()


async def test_mail_without_a_reader_is_refused(http: httpx.AsyncClient) -> None:
    message = {"subject": "x", "body": {"contentType": "Text", "content": "x"}}
    place = "/users/ibc-hm@sandbox.example/sendMail"
    assert (await http.post(place, json={"message": message})).status_code == 400
    to = [{"emailAddress": {"address": "nobody"}}]
    refused = await http.post(place, json={"message": message | {"toRecipients": to}})
    assert refused.json()["error"]["code"] == "ErrorInvalidRecipients"
    elsewhere = "/users/other@sandbox.example/sendMail"
    assert (await http.post(elsewhere, json={"message": message})).status_code == 404
