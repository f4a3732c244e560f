"""The channel's signing keys: fetched when needed, at once when new, never at a stranger's whim."""

import asyncio

import jwt
import pytest
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict

from bot.adapter import Adapter, AdapterSettings
from bot.gate import Denied, Gate
from bot.keys import SigningKeys
from tests.bot.teams_edge import message, new_key


async def refused(bot, activity, token):
    """Post and make sure that it was refused and that no turn ran."""
    assert (await bot.post(activity, token))[0] == 401
    assert not bot.turns
    return True


@pytest.fixture
def activity(connector):
    return message("hola", connector.url)


async def test_a_rotated_key_is_fetched_at_once(registered_bot, activity, issuer, connector):
    old = issuer.token(connector.url)
    assert (await registered_bot.post(activity, old))[0] == 200
    issuer.rotate()
    assert (await registered_bot.post(activity, issuer.token(connector.url)))[0] == 200
    assert issuer.fetches == 2
    # The withdrawn key signs for nobody any more, not even a token that was good a moment ago.
    registered_bot.turns.clear()
    assert await refused(registered_bot, activity, old)


async def test_invented_key_ids_do_not_make_the_bot_hammer_the_issuer(
    registered_bot, activity, issuer, connector
):
    good = issuer.token(connector.url)
    assert (await registered_bot.post(activity, good))[0] == 200
    registered_bot.turns.clear()
    forged = jwt.encode({"exp": 4_000_000_000}, new_key(), "RS256", headers={"kid": "invented"})
    await asyncio.gather(*(refused(registered_bot, activity, forged) for _ in range(20)))
    assert issuer.fetches == 2
    assert (await registered_bot.post(activity, good))[0] == 200


async def test_many_first_callers_cause_one_fetch(registered_bot, activity, issuer, connector):
    token = issuer.token(connector.url)
    answers = await asyncio.gather(*(registered_bot.post(activity, token) for _ in range(10)))
    assert {status for status, _ in answers} == {200}
    assert issuer.fetches == 1


async def test_without_an_issuer_nobody_is_let_in_and_the_channel_is_told_to_come_again(
    registered_bot, activity, issuer, connector
):
    issuer.is_down = True
    status, _ = await registered_bot.post(activity, issuer.token(connector.url))
    assert status == 503
    assert not registered_bot.turns


async def test_known_keys_stay_in_use_while_the_issuer_is_down(http, issuer):
    now = [0.0]
    keys = SigningKeys(http, issuer.settings["openid_metadata_url"], lambda: now[0])
    assert await keys.find(issuer.key_id)
    issuer.is_down = True
    now[0] = 25 * 3600.0
    assert await keys.find(issuer.key_id)
    assert issuer.fetches == 2
    assert await keys.find(issuer.key_id)
    assert issuer.fetches == 2  # and it is not asked at every message
    issuer.is_down = False
    now[0] += 11
    old = issuer.key_id
    issuer.rotate()
    assert await keys.find(issuer.key_id)
    assert await keys.find(old) is None


async def test_keys_are_fetched_again_after_a_day(http, issuer):
    now = [0.0]
    keys = SigningKeys(http, issuer.settings["openid_metadata_url"], lambda: now[0])
    await keys.find(issuer.key_id)
    now[0] = 23 * 3600.0
    await keys.find(issuer.key_id)
    assert issuer.fetches == 1
    now[0] = 24 * 3600.0
    await keys.find(issuer.key_id)
    assert issuer.fetches == 2


async def test_a_key_that_cannot_be_read_does_not_cost_the_others(http, issuer):
    issuer.extra_keys = [{"kty": "RSA", "kid": "broken", "n": "!"}, {"kty": "EC", "kid": "ec"}, {}]
    keys = SigningKeys(http, issuer.settings["openid_metadata_url"])
    assert await keys.find(issuer.key_id)
    assert await keys.find("broken") is None


async def test_the_bot_goes_on_working_while_the_issuer_is_slow(
    registered_bot, activity, issuer, connector
):
    issuer.is_slow = asyncio.Event()
    waiting = asyncio.create_task(registered_bot.post(activity, issuer.token(connector.url)))
    reference = {"serviceUrl": connector.url, "conversation": {"id": "a:other"}}
    adapter: Adapter = registered_bot.adapter
    await issuer.was_asked.wait()
    assert await adapter.post(reference, {"text": "meanwhile"})
    assert not waiting.done()
    issuer.is_slow.set()
    assert (await waiting)[0] == 200


def request(*tokens):
    headers = CIMultiDict(("Authorization", f"Bearer {token}") for token in tokens)
    return make_mocked_request("POST", "/api/messages", headers)


async def test_a_key_that_is_replaced_under_its_old_name_ends_the_old_ones_tokens(http, issuer):
    now = [0.0]
    settings = AdapterSettings(**issuer.settings)
    gate = Gate(settings, SigningKeys(http, settings.openid_metadata_url, lambda: now[0]))
    token = issuer.token("http://localhost:1")
    assert (await gate.admit(request(token))) is await gate.admit(request(token))
    issuer.replace_key()
    now[0] = 24 * 3600.0
    with pytest.raises(Denied) as refusal:
        await gate.admit(request(token))
    assert refusal.value.status == 401
    assert await gate.admit(request(issuer.token("http://localhost:1")))


async def test_two_tokens_at_once_are_refused(http, issuer):
    settings = AdapterSettings(**issuer.settings)
    gate = Gate(settings, SigningKeys(http, settings.openid_metadata_url))
    good = issuer.token("http://localhost:1")
    with pytest.raises(Denied, match="no bearer token"):
        await gate.admit(request(good, "other"))
    assert await gate.admit(request(good))


async def test_the_memory_of_good_tokens_has_an_end(http, issuer, monkeypatch):
    monkeypatch.setattr("bot.gate.VERIFIED_KEPT", 3)
    settings = AdapterSettings(**issuer.settings)
    gate = Gate(settings, SigningKeys(http, settings.openid_metadata_url))
    for number in range(10):
        assert await gate.admit(request(issuer.token("http://localhost:1", jti=str(number))))
        assert len(gate._verified) <= 3
