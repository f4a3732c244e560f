"""The SDK's own ways keep working: TurnContext, TeamsActivityHandler, TestAdapter."""

import pytest
from botbuilder.core.adapters import TestAdapter as SdkTestAdapter
from botbuilder.core.teams import TeamsActivityHandler
from botbuilder.schema import (
    AdaptiveCardInvokeResponse,
    Attachment,
)
from botbuilder.schema.teams import (
    TaskModuleContinueResponse,
    TaskModuleResponse,
    TaskModuleTaskInfo,
)

from tests.bot.teams_edge import ANA, invoke, message

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


async def test_the_test_adapter_of_the_sdk_drives_the_same_handler():
    adapter = SdkTestAdapter(Handler().on_turn)  # type: ignore[arg-type]  # the SDK's hint is careless
    await adapter.test("hola", "echo hola")
