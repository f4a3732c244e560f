"""Messenger: what the outbox learns about a message, and how a personal chat is opened."""

import pytest

from bot.adapter import Adapter, AdapterSettings
from bot.proactive import Messenger
from bot.references import reference_of
from coalition.delivery import Delivered, Failed, Undelivered, Unreachable
from tests.bot.teams_edge import ANA, BOT, TENANT, message


@pytest.fixture
def messenger(http):
    return Messenger(Adapter(AdapterSettings(), http).connector)


@pytest.fixture
def reference(connector):
    return reference_of(message("hola", connector.url))


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (403, "BotDisabledByAdmin", Unreachable("bot-disabled-by-admin", "wait-for-message")),
        (403, "BotNotInConversationRoster", Unreachable("not-in-roster", "wait-for-install")),
        (403, "ConversationBlockedByUser", Unreachable("blocked-by-user", "drop-reference")),
        (403, "ForbiddenOperationException", Unreachable("not-installed", "wait-for-install")),
        (403, "NotEnoughPermissions", Unreachable("not-enough-permissions", "ask-administrator")),
        (403, "InvalidBotApiHost", Unreachable("wrong-host", "wait-for-message")),
        (403, "SomethingNew", Unreachable("forbidden", "ask-administrator")),
        (404, "ConversationNotFound", Unreachable("conversation-gone", "drop-reference")),
        (404, "ActivityNotFoundInConversation", Unreachable("message-gone", "drop-message")),
        (404, "", Unreachable("not-found", "wait-for-message")),
        (401, "BotNotRegistered", Failed("BotNotRegistered")),
        (400, "BadSyntax", Failed("BadSyntax")),
        (413, "MessageSizeTooBig", Failed("MessageSizeTooBig")),
        (302, "", Failed("http-302")),
        (501, "", Failed("http-501")),
        (
            403,
            {"errorCode": 209, "message": '{\r\n "subCode": "MessageWritesBlocked",\r\n}'},
            Unreachable("writes-blocked", "wait-for-install"),
        ),
        (403, {"errorCode": 209}, Unreachable("writes-blocked", "wait-for-install")),
        (
            403,
            {"error": {"code": "Forbidden", "message": "User blocked the conversation with bot"}},
            Unreachable("blocked-by-user", "drop-reference"),
        ),
        (
            403,
            {"error": {"code": "X", "innerHttpError": {"body": {"code": "BotDisabledByAdmin"}}}},
            Unreachable("bot-disabled-by-admin", "wait-for-message"),
        ),
        (
            404,
            {"error": {"code": "NotFound", "message": "Conversation not found."}},
            Unreachable("conversation-gone", "drop-reference"),
        ),
        (403, [1], Unreachable("forbidden", "ask-administrator")),
        (403, {"error": None}, Unreachable("forbidden", "ask-administrator")),
    ],
)
async def test_each_refusal_has_a_reason_and_a_remedy(
    messenger, connector, reference, status, body, expected
):
    if isinstance(body, str):
        connector.refuse(status, body)
    else:
        connector.refuse(status, body=body)
    assert await messenger.send(reference, {"text": "hola"}) == expected
    assert len(connector.sent) == 1


async def test_a_personal_chat_is_opened_with_a_member_of_a_team(messenger, connector, reference):
    reference["conversation"]["id"] = "19:team@thread.tacv2"
    chat = await messenger.open_personal(reference, ANA["id"], TENANT)
    (sent,) = connector.sent
    assert sent.raw_path == "/v3/conversations"
    assert sent.body == {
        "isGroup": False,
        "bot": BOT,
        "members": [{"id": ANA["id"]}],
        "tenantId": TENANT,
        "channelData": {"tenant": {"id": TENANT}},
    }
    assert chat["conversation"]["id"] == "a:personal-1"
    assert chat["conversation"]["conversationType"] == "personal"
    assert chat["serviceUrl"] == connector.url
    assert await messenger.send(chat, {"text": "hola"}) == Delivered("activity-2")
    assert connector.sent[1].conversation == "a:personal-1"


async def test_a_personal_chat_that_cannot_be_opened_says_why(messenger, connector, reference):
    connector.refuse(403, "BotNotInConversationRoster")
    with pytest.raises(Undelivered) as failure:
        await messenger.open_personal(reference, ANA["id"], TENANT)
    assert failure.value.outcome == Unreachable("not-in-roster", "wait-for-install")


async def test_a_message_that_is_gone_already_counts_as_deleted(messenger, connector, reference):
    connector.refuse(404, "ActivityNotFoundInConversation")
    assert await messenger.delete(reference, "17") == Delivered("17")
    connector.refuse(404, "ConversationNotFound")
    outcome = await messenger.delete(reference, "17")
    assert outcome == Unreachable("conversation-gone", "drop-reference")


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"serviceUrl": None, "conversation": {"id": "a:1"}},
        {"serviceUrl": "", "conversation": {"id": "a:1"}},
        {"serviceUrl": "http://localhost:1", "conversation": None},
        {"serviceUrl": "http://localhost:1", "conversation": {"id": 5}},
        {"serviceUrl": "http://localhost:99999999", "conversation": {"id": "a:1"}},
    ],
)
async def test_a_reference_that_is_none_fails_instead_of_breaking_the_outbox(messenger, broken):
    assert isinstance(await messenger.send(broken, {"text": "hola"}), Failed)
    assert isinstance(await messenger.update(broken, "1", {"text": "hola"}), Failed)
    assert isinstance(await messenger.delete(broken, "1"), Failed)
