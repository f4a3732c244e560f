"""What arrives on the wire: addresses, citations, mentions, targeted recipients, updates."""

import pytest

from bot.adapter import Adapter, AdapterSettings
from bot.references import reference_of, thread_of
from coalition.delivery import Failed, Undelivered
from tests.bot.teams_edge import ANA, BOT, TENANT, message

CITED = {
    "type": "https://schema.org/Message",
    "@type": "Message",
    "@context": "https://schema.org",
    "citation": [
        {
            "@type": "Claim",
            "position": 1,
            "appearance": {"@type": "DigitalDocument", "name": "ToR, V", "abstract": "Quorum"},
        }
    ],
    "usageInfo": {"@type": "CreativeWork", "@id": "label-id", "name": "Confidential"},
}
MENTION = {
    "type": "mention",
    "text": "<at>Ana</at>",
    "mentioned": {"id": ANA["id"], "name": "Ana"},
}


@pytest.fixture
def adapter(http):
    return Adapter(AdapterSettings(), http)


@pytest.fixture
def reference(connector):
    return reference_of(message("hola", connector.url))


def test_a_reference_is_plain_json_and_holds_what_is_needed_to_write_later():
    activity = message("hola", "https://smba.example/emea/")
    activity["from"]["userPrincipalName"] = "ana@example.org"
    assert reference_of(activity) == {
        "serviceUrl": "https://smba.example/emea/",
        "channelId": "msteams",
        "conversation": {
            "id": "a:ana",
            "isGroup": False,
            "conversationType": "personal",
            "tenantId": TENANT,
        },
        "bot": BOT,
        "user": {"id": ANA["id"], "aadObjectId": ANA["aadObjectId"], "name": ANA["name"]},
        "locale": "es-CL",
    }


def test_a_reference_finds_the_tenant_where_it_stands_and_does_without_a_user():
    activity = message("", "https://smba.example/")
    del activity["conversation"]["tenantId"], activity["from"], activity["locale"]
    made = reference_of(activity)
    assert made["conversation"]["tenantId"] == TENANT
    assert made["user"] is None
    assert made["locale"] is None


async def test_a_message_carries_its_address_and_everything_it_was_given(
    adapter, connector, reference
):
    said = {
        "text": "<at>Ana</at> see [1]",
        "entities": [CITED, MENTION],
        "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": {}}],
        "channelData": {"feedbackLoop": {"type": "default"}},
        "summary": "see ToR V",
    }
    assert await adapter.post(reference, said) == "activity-1"
    (sent,) = connector.sent
    assert {name: sent.body[name] for name in said} == said
    assert sent.body["type"] == "message"
    assert sent.body["from"] == BOT
    assert sent.body["conversation"]["id"] == "a:ana"
    assert sent.body["channelId"] == "msteams"
    assert None not in sent.body.values()


async def test_a_conversation_id_is_written_into_the_path_safely(adapter, connector, reference):
    thread = "19:abc/../x?y#z@thread.tacv2;messageid=17"
    reference["conversation"]["id"] = thread
    await adapter.post(reference, {"text": "hola", "replyToId": "f:1/2"})
    (sent,) = connector.sent
    assert sent.conversation == thread
    assert sent.activity_id == "f:1/2"
    assert sent.query == {}
    assert "/19%3Aabc%2F..%2Fx%3Fy%23z%40thread.tacv2%3Bmessageid%3D17/" in sent.raw_path


@pytest.mark.parametrize("tail", ["", "/", "/_connector", "/_connector/"])
async def test_a_service_url_may_end_as_it_likes(adapter, http, reference, tail):
    from aiohttp import web
    from aiohttp.test_utils import TestServer

    seen = []

    async def take(request):
        seen.append(request.path)
        return web.json_response({"id": "1"})

    app = web.Application()
    app.router.add_post("/{path:.*}", take)
    async with TestServer(app) as server:
        reference["serviceUrl"] = str(server.make_url("")).rstrip("/") + tail
        await adapter.post(reference, {"text": "hola"})
    assert seen == [tail.rstrip("/") + "/v3/conversations/a:ana/activities"]


async def test_a_targeted_message_says_so_in_recipient_and_address(adapter, connector, reference):
    recipient = {"id": ANA["id"], "name": "Ana", "isTargeted": True}
    await adapter.post(reference, {"text": "only you", "recipient": recipient})
    (sent,) = connector.sent
    assert sent.query == {"isTargetedActivity": "true"}
    assert sent.body["recipient"] == recipient


async def test_a_targeted_message_is_edited_without_recipient_and_deleted_as_targeted(
    adapter, connector, reference
):
    recipient = {"id": ANA["id"], "isTargeted": True}
    assert await adapter.put(reference, "17", {"text": "new", "recipient": recipient}) == "17"
    await adapter.delete(reference, "17", targeted=True)
    put, delete = connector.sent
    assert "recipient" not in put.body
    assert put.body["id"] == "17"
    assert put.query == delete.query == {"isTargetedActivity": "true"}
    assert (put.method, delete.method) == ("PUT", "DELETE")


async def test_a_message_to_all_is_not_targeted(adapter, connector, reference):
    for recipient in ({"id": ANA["id"]}, {"id": ANA["id"], "isTargeted": False}):
        await adapter.post(reference, {"text": "all", "recipient": recipient})
    assert [sent.query for sent in connector.sent] == [{}, {}]


async def test_what_was_asked_privately_is_answered_privately(local_bot, connector):
    async def logic(turn):
        await turn.reply({"text": "for you"})
        await turn.reply({"text": "for all", "recipient": {"id": ANA["id"]}})

    local_bot.logic = logic
    asked = message("/minutes", connector.url, recipient={**BOT, "isTargeted": True})
    assert (await local_bot.post(asked))[0] == 200
    private, public = connector.sent
    assert private.query == {"isTargetedActivity": "true"}
    assert private.body["recipient"]["id"] == ANA["id"]
    assert private.body["recipient"]["isTargeted"] is True
    assert public.query == {}


async def test_a_turn_updates_and_deletes_what_it_sent(local_bot, connector):
    async def logic(turn):
        sent = await turn.reply({"text": "one"})
        assert await turn.update(sent, {"text": "two"}) == sent
        await turn.delete(sent)

    local_bot.logic = logic
    await local_bot.post(message("hola", connector.url))
    assert [(sent.method, sent.activity_id) for sent in connector.sent] == [
        ("POST", "1700000000001"),
        ("PUT", "activity-1"),
        ("DELETE", "activity-1"),
    ]


async def test_a_welcome_answers_no_activity(local_bot, connector):
    """The activity of an installation cannot be replied to; the channel answers 400."""
    local_bot.logic = lambda turn: turn.reply({"text": "welcome"})
    added = message("", connector.url, type="conversationUpdate", membersAdded=[BOT])
    await local_bot.post(added)
    (sent,) = connector.sent
    assert sent.activity_id == ""
    assert "replyToId" not in sent.body


async def test_all_members_are_read_page_by_page(adapter, connector, reference):
    connector.members = {f"29:{n}": {"id": f"29:{n}", "name": str(n)} for n in range(5)}
    members = await adapter.connector.members(reference)
    assert [member["name"] for member in members] == ["0", "1", "2", "3", "4"]
    assert (await adapter.connector.member(reference, "29:3"))["name"] == "3"


async def test_a_message_that_is_no_json_is_ours_to_mend(adapter, reference, connector):
    with pytest.raises(Undelivered) as failure:
        await adapter.post(reference, {"text": object()})
    assert isinstance(failure.value.outcome, Failed)
    assert not connector.sent


def test_a_thread_is_addressed_by_its_first_message_and_the_channel_without_it(reference):
    reference["conversation"]["id"] = "19:c@thread.tacv2;messageid=5"
    assert thread_of(reference)["conversation"]["id"] == "19:c@thread.tacv2"
    assert thread_of(reference, "7")["conversation"]["id"] == "19:c@thread.tacv2;messageid=7"
    assert reference["conversation"]["id"] == "19:c@thread.tacv2;messageid=5"
