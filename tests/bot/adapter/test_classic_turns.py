"""The SDK's own ways keep working: TurnContext, TeamsActivityHandler, TestAdapter."""

import pytest
from botbuilder.core import MessageFactory, TurnContext
from botbuilder.core.adapters import TestAdapter as SdkTestAdapter
from botbuilder.core.teams import TeamsActivityHandler, TeamsInfo
from botbuilder.schema import (
    Activity,
    AdaptiveCardInvokeResponse,
    Attachment,
    ChannelAccount,
    ConversationParameters,
    Entity,
    HeroCard,
    Mention,
)
from botbuilder.schema.teams import (
    TaskModuleContinueResponse,
    TaskModuleResponse,
    TaskModuleTaskInfo,
)

from bot.adapter import Adapter, AdapterSettings
from bot.plain import plain
from tests.bot.teams_edge import ANA, BOT, TENANT, invoke, message

CARD = {"type": "AdaptiveCard", "version": "1.5", "body": []}
PRESSED = {
    "action": {"type": "Action.Execute", "verb": "minutes-comment", "data": {"id": 12}},
    "trigger": "manual",
}


class Handler(TeamsActivityHandler):
    def __init__(self):
        self.seen = []

    async def on_message_activity(self, turn_context):
        self.seen.append(turn_context.turn_state.get("activity-json"))
        await turn_context.send_activity(f"echo {turn_context.activity.text}")

    async def on_adaptive_card_invoke(self, turn_context, invoke_value):
        return AdaptiveCardInvokeResponse(
            status_code=200, type="application/vnd.microsoft.card.adaptive", value=CARD
        )

    async def on_teams_task_module_fetch(self, turn_context, task_module_request):
        card = Attachment(content_type="application/vnd.microsoft.card.adaptive", content=CARD)
        shown = TaskModuleTaskInfo(title="Comment", card=card)
        return TaskModuleResponse(task=TaskModuleContinueResponse(value=shown))


@pytest.fixture
def classic_bot(local_bot):
    handler = Handler()
    local_bot.handler = handler
    local_bot.classic = handler.on_turn
    return local_bot


async def test_a_handler_of_the_sdk_answers_a_message(classic_bot, connector):
    activity = message("hola", connector.url)
    assert await classic_bot.post(activity) == (200, None)
    (sent,) = connector.sent
    assert sent.body["text"] == "echo hola"
    assert sent.body["recipient"]["id"] == ANA["id"]
    assert sent.activity_id == activity["id"]
    assert classic_bot.handler.seen == [activity]


async def test_an_activity_that_the_sdk_cannot_read_is_refused(classic_bot, connector):
    odd = message("hola", connector.url, timestamp="yesterday", expiration={"a": 1})
    assert (await classic_bot.post(odd))[0] == 400
    assert not connector.sent


async def test_a_pressed_card_is_answered_with_a_card(classic_bot, connector):
    status, body = await classic_bot.post(invoke("adaptiveCard/action", PRESSED, connector.url))
    assert status == 200
    assert body["statusCode"] == 200
    assert body["value"] == CARD


async def test_a_dialog_is_opened(classic_bot, connector):
    status, body = await classic_bot.post(invoke("task/fetch", {"data": {}}, connector.url))
    assert status == 200
    assert body["task"]["type"] == "continue"
    assert body["task"]["value"]["title"] == "Comment"
    assert body["task"]["value"]["card"]["content"] == CARD


@pytest.mark.parametrize(
    "value", [None, {}, {"action": None}, {"action": {"type": "Action.Submit"}}, {"action": 5}]
)
async def test_a_malformed_press_gets_an_error_to_show(classic_bot, connector, value):
    status, body = await classic_bot.post(invoke("adaptiveCard/action", value, connector.url))
    assert status == 200
    assert body["type"] == "application/vnd.microsoft.error"
    assert body["statusCode"] in (400, 500)
    assert isinstance(body["value"]["message"], str)


@pytest.mark.parametrize("name", ["task/submit", "composeExtension/query", "something/new"])
async def test_an_invoke_that_the_handler_does_not_know_gets_a_body(classic_bot, connector, name):
    status, body = await classic_bot.post(invoke(name, {}, connector.url))
    assert status == 200
    assert isinstance(body, dict)


async def test_a_turn_that_fails_reaches_the_error_handler_of_the_sdk(local_bot, connector):
    async def logic(context):
        raise RuntimeError("defect")

    async def apologise(context, error):
        await context.send_activity(f"sorry: {error}")

    local_bot.classic = logic
    local_bot.adapter.on_turn_error = apologise
    assert (await local_bot.post(message("hola", connector.url)))[0] == 200
    assert connector.messages[0]["text"] == "sorry: defect"


async def test_a_turn_that_fails_without_that_handler_reaches_ours(local_bot, connector):
    async def logic(context):
        raise RuntimeError("defect")

    async def apologise(turn, error):
        await turn.reply({"text": "sorry"})
        return "sorry"

    local_bot.classic, local_bot.on_error = logic, apologise
    status, body = await local_bot.post(invoke("adaptiveCard/action", PRESSED, connector.url))
    assert status == 200
    assert body["value"]["message"] == "sorry"
    assert connector.messages[0]["text"] == "sorry"


async def test_middleware_of_the_sdk_runs(classic_bot, connector):
    class Shout:
        async def on_turn(self, context, logic):
            context.activity.text = context.activity.text.upper()
            return await logic()

    classic_bot.adapter.use(Shout())
    await classic_bot.post(message("hola", connector.url))
    assert connector.messages[0]["text"] == "echo HOLA"


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


async def test_the_test_adapter_of_the_sdk_drives_the_same_handler():
    adapter = SdkTestAdapter(Handler().on_turn)
    step = await adapter.test("hola", "echo hola")
    await step.assert_no_reply("one answer is enough")


def test_models_become_plain_json_by_their_wire_names():
    from datetime import UTC, datetime

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
