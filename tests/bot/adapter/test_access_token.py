"""The bot's own token: fetched once, renewed in time, and never a reason to send twice."""

import asyncio

import pytest

from bot.adapter import Adapter, AdapterSettings
from bot.references import reference_of
from bot.tokens import AccessToken
from coalition.delivery import Failed, NotSent, Undelivered
from tests.bot.teams_edge import APP_ID, message


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def token(http, issuer, clock):
    return AccessToken(http, AdapterSettings(**issuer.settings), clock)


async def test_twenty_replies_at_once_fetch_one_token(token, issuer):
    headers = await asyncio.gather(*(token.headers() for _ in range(20)))
    assert headers == [{"Authorization": "Bearer token-1"}] * 20
    assert len(issuer.token_requests) == 1
    assert issuer.token_requests[0]["grant_type"] == "client_credentials"


async def test_a_token_is_renewed_five_minutes_before_it_expires(token, issuer, clock):
    await token.headers()
    clock.now += 3299
    assert await token.headers() == {"Authorization": "Bearer token-1"}
    clock.now += 1
    assert await token.headers() == {"Authorization": "Bearer token-2"}


async def test_a_token_that_lives_shortly_is_kept_for_half_its_life(token, issuer, clock):
    issuer.token_lifetime = "60"
    await token.headers()
    clock.now += 29
    await token.headers()
    assert len(issuer.token_requests) == 1
    clock.now += 1
    await token.headers()
    assert len(issuer.token_requests) == 2


async def test_an_old_token_serves_while_a_new_one_is_refused(token, issuer, clock):
    await token.headers()
    issuer.token_status = 503
    clock.now += 3400
    assert await token.headers() == {"Authorization": "Bearer token-1"}
    clock.now += 200
    with pytest.raises(Undelivered) as failure:
        await token.headers()
    assert isinstance(failure.value.outcome, NotSent)


async def test_a_caller_who_gives_up_does_not_take_the_token_from_the_others(token):
    first, second = (asyncio.create_task(token.headers()) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    assert (await second)["Authorization"].startswith("Bearer token-")


async def test_a_secret_that_is_refused_sends_nothing_and_is_not_logged(
    http, issuer, connector, capsys
):
    issuer.token_status = 401
    adapter = Adapter(AdapterSettings(**issuer.settings), http)
    with pytest.raises(Undelivered) as failure:
        await adapter.post(reference_of(message("", connector.url)), {"text": "hola"})
    assert isinstance(failure.value.outcome, NotSent)
    assert not connector.sent
    shown = capsys.readouterr()
    assert "invalid_client" in shown.out + shown.err
    assert "not-a-secret" not in shown.out + shown.err


async def test_a_token_that_the_channel_refuses_is_renewed_once(http, issuer, connector):
    adapter = Adapter(AdapterSettings(**issuer.settings), http)
    reference = reference_of(message("", connector.url))
    connector.refuse(401)
    assert await adapter.post(reference, {"text": "hola"}) == "activity-1"
    assert [sent.headers["Authorization"] for sent in connector.sent] == [
        "Bearer token-1",
        "Bearer token-2",
    ]
    connector.refuse(401, "BotNotRegistered", times=3)
    with pytest.raises(Undelivered) as failure:
        await adapter.post(reference, {"text": "hola"})
    assert failure.value.outcome == Failed("BotNotRegistered")
    assert len(connector.sent) == 4


async def test_a_managed_identity_asks_the_machine_instead_of_a_login(http, issuer):
    settings = AdapterSettings(
        app_id=APP_ID,
        app_type="UserAssignedMSI",
        tenant_id="t",
        identity_endpoint=f"{issuer.url}/identity",
        identity_header="machine",
    )
    assert await AccessToken(http, settings).headers() == {"Authorization": "Bearer token-1"}
    (asked,) = issuer.token_requests
    assert asked["resource"] == "https://api.botframework.com"
    assert asked["client_id"] == APP_ID
    assert asked["header"] == "machine"


async def test_a_login_may_be_an_ad_fs(http, issuer):
    settings = AdapterSettings(**{**issuer.settings, "login_url": f"{issuer.url}/adfs"})
    assert await AccessToken(http, settings).headers() == {"Authorization": "Bearer token-1"}


def test_the_login_of_the_public_cloud_follows_from_the_kind_of_registration():
    single = AdapterSettings(app_id="x", tenant_id="T")
    assert single.login_url == "https://login.microsoftonline.com/T"
    many = AdapterSettings(app_id="x", app_type="MultiTenant")
    assert many.login_url == "https://login.microsoftonline.com/botframework.com"


async def test_without_registration_no_token_is_asked_for(http):
    assert await AccessToken(http, AdapterSettings()).headers() == {}
