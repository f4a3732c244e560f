"""Invokes are always answered with a valid body, also when a handler raises (R5)."""

import pytest

from tests.bot.talking import ANA, BEN

CARD = "application/vnd.microsoft.card.adaptive"
KINDS = {
    CARD,
    "application/vnd.microsoft.activity.message",
    "application/vnd.microsoft.error",
}


def check(answer):
    """The shape that "Universal Actions for Adaptive Cards" asks for."""
    assert answer.status == 200
    assert answer.body["type"] in KINDS
    assert isinstance(answer.body["statusCode"], int)
    if answer.body["type"] == CARD:
        assert answer.body["value"]["type"] == "AdaptiveCard"
        assert answer.body["value"]["body"]
    elif answer.body["type"].endswith("error"):
        assert set(answer.body["value"]) == {"code", "message"}
    else:
        assert isinstance(answer.body["value"], str)


@pytest.mark.parametrize(
    "data",
    [
        {"say": "help"},
        {"say": "help", "beside": "yes"},
        {"say": "secretariat"},
        {"say": "What is the quorum?"},
        {"say": "xyzzy"},
        {"say": ""},
        {},
        {"form": "gone"},
        {"say": "yes", "form": "gone"},
        {"say": "meetings schedule"},
        {"say": "minutes comment 1", "with": "comment", "comment": "Late?"},
        {"say": "minutes comment 1", "with": "comment"},
        {"say": ["a", "list"]},
        {"say": {"an": "object"}, "form": 7},
        {"line": "4a"},
    ],
)
async def test_whatever_is_pressed_gets_a_valid_body(team, data):
    check(await team.press(BEN, data))


@pytest.mark.parametrize("value", [None, "text", [], {"action": "text"}, {"action": None}, {}])
async def test_press_without_a_proper_action_gets_a_valid_body(team, value):
    activity = team._activity("invoke", ANA, "", "en-US")
    activity |= {"name": "adaptiveCard/action", "value": value}
    check(await team._post(activity))


@pytest.mark.parametrize(
    "name",
    ["task/fetch", "task/submit", "composeExtension/query", "message/submitAction", "signin"],
)
async def test_invoke_that_the_bot_has_no_use_for_is_answered(team, name):
    activity = team._activity("invoke", ANA, "", "en-US") | {"name": name, "value": {}}
    answer = await team._post(activity)
    assert answer.status == 200
    assert isinstance(answer.body, dict)


@pytest.fixture
def broken(team, monkeypatch):
    """The product with a handler that raises."""
    from dataclasses import replace

    async def fails(turn, request):
        raise RuntimeError("The secret plan of Ana")

    router = team.product.bot._dialogue.router
    commands = [
        replace(command, handler=fails, check=None)
        if command.name in ("secretariat", "minutes comment")
        else command
        for command in router.commands
    ]
    for command in commands:
        for words, entries in router._by_words.items():
            router._by_words[words] = [
                (command, languages) if known.name == command.name else (known, languages)
                for known, languages in entries
            ]
    router.commands = tuple(commands)
    return team


async def test_handler_that_raises_answers_a_press_with_an_apology_and_a_number(broken):
    answer = await broken.press(BEN, {"say": "secretariat"})
    check(answer)
    said = answer.body["value"]["message"]
    assert "Something went wrong" in said
    assert "secret plan" not in str(answer.body)


async def test_handler_that_raises_answers_a_message_with_one_apology(broken):
    answer = await broken.say(BEN, "secretariat")
    assert answer.status == 200
    assert len(answer.sent) == 1
    assert "Something went wrong" in answer.said


async def test_handler_that_raises_apologises_in_the_chosen_language(broken):
    await broken.say(BEN, "language português")
    assert "Algo deu errado" in (await broken.say(BEN, "secretariat")).said


async def test_handler_that_raises_drops_the_form_so_that_it_cannot_recur(broken):
    await broken.tell(BEN, "minutes comment", "1")
    assert "Something went wrong" in (await broken.say(BEN, "Add the venue")).said
    assert "nothing open" in (await broken.say(BEN, "yes")).said


async def test_after_a_defect_the_bot_goes_on(broken):
    await broken.say(BEN, "secretariat")
    assert "21 entities" in (await broken.say(BEN, "members")).said
