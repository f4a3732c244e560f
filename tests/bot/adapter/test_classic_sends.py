"""What the SDK's turns send arrives whole: citations, mentions, updates, conversations."""

from datetime import UTC, datetime

import pytest
from botbuilder.core import MessageFactory, TurnContext
from botbuilder.core.teams import TeamsInfo
from botbuilder.schema import (
    Activity,
    Attachment,
    ChannelAccount,
    ConversationParameters,
    Entity,
    HeroCard,
    Mention,
)

from bot.adapter import Adapter, AdapterSettings
from bot.plain import plain
from tests.bot.teams_edge import ANA, BOT, TENANT, message


async def test_citations_mentions_and_targeted_recipients_survive_the_sdk(local_bot, connector):
    cited = Entity(type="https://schema.org/Message")
    cited.additional_properties = {
        "@type": "Message",
        "@context": "https://schema.org",
        "citation": [{"@type": "Claim", "position": 1}],
        "usageInfo": {"@id": "label"},
    }
    mention = Mention(
        type="mention", text="<at>Ana</at>", mentioned=ChannelAccount(id=ANA["id"], name="Ana")
    )

    async def logic(context):
        reply = MessageFactory.text("<at>Ana</at> [1]")
        reply.entities = [cited, mention]
        reply.recipient = ChannelAccount(id=ANA["id"], name="Ana")
        reply.recipient.additional_properties = {"isTargeted": True}
        await context.send_activity(reply)

    local_bot.classic = logic
    assert (await local_bot.post(message("hola", connector.url)))[0] == 200
    (sent,) = connector.sent
    assert sent.query == {"isTargetedActivity": "true"}
    assert sent.body["recipient"]["isTargeted"] is True
    assert sent.body["entities"][0] == {
        "type": "https://schema.org/Message",
        **cited.additional_properties,
    }
    assert sent.body["entities"][1]["mentioned"]["id"] == ANA["id"]
    assert sent.body["entities"][1]["text"] == "<at>Ana</at>"


async def test_a_turn_of_the_sdk_updates_and_deletes(local_bot, connector):
    async def logic(context):
        sent = await context.send_activity("one")
        await context.update_activity(Activity(id=sent.id, type="message", text="two"))
        await context.delete_activity(sent.id)

    local_bot.classic = logic
    assert (await local_bot.post(message("hola", connector.url)))[0] == 200
    assert [(sent.method, sent.activity_id) for sent in connector.sent] == [
        ("POST", "1700000000001"),
        ("PUT", "activity-1"),
        ("DELETE", "activity-1"),
    ]
    assert connector.sent[1].body["text"] == "two"


async def test_traces_stay_at_home_and_replies_may_be_collected(local_bot, connector):
    async def logic(context):
        await context.send_trace_activity("debug", {"a": 1})
        await context.send_activity("one")

    local_bot.classic = logic
    assert await local_bot.post(message("hola", connector.url)) == (200, None)
    assert [body["type"] for body in connector.messages] == ["message"]
    collected = message("hola", connector.url, deliveryMode="expectReplies")
    _, body = await local_bot.post(collected)
    assert [reply["type"] for reply in body["activities"]] == ["trace", "message"]
    assert len(connector.sent) == 1


async def test_a_stored_conversation_is_continued(http, connector):
    adapter = Adapter(AdapterSettings(), http)
    incoming = Activity.deserialize(message("hola", connector.url))
    reference = TurnContext.get_conversation_reference(incoming)

    async def logic(context):
        assert context.activity.name == "ContinueConversation"
        await context.send_activity("reminder")

    await adapter.continue_conversation(reference, logic, "app-id")
    assert connector.messages[0]["text"] == "reminder"
    assert connector.sent[0].conversation == "a:ana"


async def test_a_personal_conversation_is_created(http, connector):
    adapter = Adapter(AdapterSettings(), http)
    parameters = ConversationParameters(
        is_group=False,
        bot=ChannelAccount(**BOT),
        members=[ChannelAccount(id=ANA["id"])],
        tenant_id=TENANT,
    )

    async def logic(context):
        assert context.activity.name == "CreateConversation"
        assert context.activity.conversation.tenant_id == TENANT
        await context.send_activity("welcome")

    await adapter.create_conversation(None, logic, parameters, "msteams", connector.url)
    created, sent = connector.sent
    assert created.body["members"] == [{"id": ANA["id"]}]
    assert created.body["tenantID"] == TENANT  # so the SDK spells it; the service does not mind
    assert sent.conversation == "a:personal-1"
    with pytest.raises(ValueError, match="service URL"):
        await adapter.create_conversation(None, logic, parameters)


async def test_a_channel_post_is_started_through_teams_info(local_bot, connector):
    async def logic(context):
        _, sent = await TeamsInfo.send_message_to_teams_channel(
            context, MessageFactory.text("minutes"), "19:c@thread.tacv2", bot_app_id="app"
        )
        assert sent

    local_bot.classic = logic
    assert (await local_bot.post(message("hola", connector.url)))[0] == 200
    (created,) = connector.sent
    assert created.raw_path == "/v3/conversations"
    assert created.body["channelData"]["channel"] == {"id": "19:c@thread.tacv2"}
    assert created.body["activity"]["text"] == "minutes"


def test_models_become_plain_json_by_their_wire_names():
    card = Attachment(
        content_type="application/vnd.microsoft.card.hero", content=HeroCard(title="hola")
    )
    activity = Activity(
        type="message",
        timestamp=datetime(2026, 11, 21, 9, tzinfo=UTC),
        attachments=[card],
        channel_data={"x": HeroCard(text="deep")},
        from_property=ChannelAccount(id="1", aad_object_id="2"),
    )
    assert plain(activity) == {
        "type": "message",
        "timestamp": "2026-11-21T09:00:00Z",
        "attachments": [
            {"contentType": "application/vnd.microsoft.card.hero", "content": {"title": "hola"}}
        ],
        "channelData": {"x": {"text": "deep"}},
        "from": {"id": "1", "aadObjectId": "2"},
    }
