"""An invoke always gets an answer that the client can show, whatever happened."""

import pytest

from bot.invokes import card_body, error_body, message_body
from tests.bot.teams_edge import invoke, message

CARD = {"type": "AdaptiveCard", "version": "1.5", "body": []}
PRESSED = {"action": {"type": "Action.Execute", "verb": "minutes-comment", "data": {}}}
NAMES = [
    "adaptiveCard/action",
    "task/fetch",
    "task/submit",
    "composeExtension/query",
    "composeExtension/fetchTask",
    "composeExtension/submitAction",
    "config/fetch",
    "config/submit",
    "message/submitAction",
    "fileConsent/invoke",
    "application/search",
    "something/new",
]


def is_shown(name, body):
    """Say whether a body has the shape that the documentation of this invoke asks for."""
    if name == "adaptiveCard/action":
        kinds = {
            "application/vnd.microsoft.card.adaptive": dict,
            "application/vnd.microsoft.activity.message": str,
            "application/vnd.microsoft.error": dict,
        }
        return isinstance(body["statusCode"], int) and isinstance(
            body["value"], kinds[body["type"]]
        )
    if name in ("task/fetch", "task/submit"):
        return body == {} or body["task"]["type"] in ("message", "continue")
    return isinstance(body, dict)


async def test_the_body_that_the_logic_returns_is_the_answer(local_bot, connector):
    async def logic(turn):
        assert turn.is_invoke
        assert turn.name == "adaptiveCard/action"
        return card_body(CARD)

    local_bot.logic = logic
    status, body = await local_bot.post(invoke("adaptiveCard/action", PRESSED, connector.url))
    assert status == 200
    assert body == {
        "statusCode": 200,
        "type": "application/vnd.microsoft.card.adaptive",
        "value": CARD,
    }


@pytest.mark.parametrize("name", NAMES)
async def test_an_invoke_that_fails_gets_a_body_to_show(local_bot, connector, name):
    async def logic(turn):
        raise RuntimeError("defect")

    async def apologise(turn, error):
        assert isinstance(error, RuntimeError)
        return "Lo siento"

    local_bot.logic, local_bot.on_error = logic, apologise
    status, body = await local_bot.post(invoke(name, PRESSED, connector.url))
    assert status == 200
    assert body == error_body(name, "Lo siento")
    assert is_shown(name, body)
    if name == "adaptiveCard/action":
        assert body["statusCode"] == 500
        assert body["value"] == {"code": "InternalServerError", "message": "Lo siento"}


@pytest.mark.parametrize("name", NAMES)
async def test_an_apology_that_fails_too_still_leaves_a_body(local_bot, connector, name):
    async def logic(turn):
        raise RuntimeError("defect")

    async def apologise(turn, error):
        raise ValueError("the apology is broken")

    local_bot.logic, local_bot.on_error = logic, apologise
    status, body = await local_bot.post(invoke(name, PRESSED, connector.url))
    assert status == 200
    assert is_shown(name, body)


@pytest.mark.parametrize("name", NAMES)
async def test_an_invoke_without_answer_gets_a_valid_one(local_bot, connector, name):
    status, body = await local_bot.post(invoke(name, PRESSED, connector.url))
    assert status == 200
    assert is_shown(name, body)


async def test_a_body_that_is_no_json_is_a_defect_like_any_other(local_bot, connector):
    async def logic(turn):
        return {"value": object()}

    local_bot.logic = logic
    status, body = await local_bot.post(invoke("adaptiveCard/action", PRESSED, connector.url))
    assert status == 200
    assert body["type"] == "application/vnd.microsoft.error"


async def test_an_invoke_without_a_name_is_answered(local_bot, connector):
    activity = invoke("", None, connector.url)
    del activity["name"]
    assert await local_bot.post(activity) == (200, {})


async def test_a_message_that_fails_is_taken_all_the_same_so_that_it_is_not_sent_again(
    local_bot, connector
):
    apologies = []

    async def logic(turn):
        raise RuntimeError("defect")

    async def apologise(turn, error):
        apologies.append(await turn.reply({"text": "Perdón"}))

    local_bot.logic, local_bot.on_error = logic, apologise
    assert await local_bot.post(message("hola", connector.url)) == (200, None)
    assert apologies == ["activity-1"]
    assert connector.messages[0]["text"] == "Perdón"


async def test_replies_wait_for_the_answer_when_the_channel_asks_for_that(local_bot, connector):
    async def logic(turn):
        await turn.reply({"text": "uno"})
        await turn.reply({"type": "message", "text": "dos"})

    local_bot.logic = logic
    activity = message("hola", connector.url, deliveryMode="expectReplies")
    status, body = await local_bot.post(activity)
    assert status == 200
    assert [reply["text"] for reply in body["activities"]] == ["uno", "dos"]
    assert {reply["type"] for reply in body["activities"]} == {"message"}
    assert not connector.sent


async def test_an_invoke_that_expects_replies_gets_both(local_bot, connector):
    async def logic(turn):
        await turn.reply({"text": "uno"})
        return message_body(turn.name, "hecho")

    local_bot.logic = logic
    pressed = invoke("adaptiveCard/action", PRESSED, connector.url, deliveryMode="expectReplies")
    _, body = await local_bot.post(pressed)
    assert body["activities"][0]["text"] == "uno"
    assert body["body"]["value"] == "hecho"
