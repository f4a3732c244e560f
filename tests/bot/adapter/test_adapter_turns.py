"""A message comes in, a reply goes out, by the product's way."""

from tests.bot.teams_edge import APP_ID, BOT, message


async def echo(turn):
    await turn.reply({"text": turn.activity["text"]})


async def test_a_local_message_is_echoed_to_its_own_conversation(local_bot, connector):
    local_bot.logic = echo
    assert await local_bot.post(message("hola", connector.url)) == (200, None)
    (sent,) = connector.sent
    assert sent.conversation == "a:ana"
    assert sent.activity_id == "1700000000001"
    assert sent.body["text"] == "hola"
    assert sent.body["from"]["id"] == BOT["id"]
    assert sent.body["recipient"]["id"] == "29:ana"
    assert "Authorization" not in sent.headers


async def test_a_signed_message_is_echoed_with_the_bots_token(registered_bot, connector, issuer):
    registered_bot.logic = echo
    token = issuer.token(connector.url)
    for _ in range(3):
        status, _ = await registered_bot.post(message("hola", connector.url), token)
        assert status == 200
    assert [sent.headers["Authorization"] for sent in connector.sent] == ["Bearer token-1"] * 3
    (asked,) = issuer.token_requests
    assert asked["client_id"] == APP_ID
    assert asked["scope"] == "https://api.botframework.com/.default"
    assert connector.connections == 1
