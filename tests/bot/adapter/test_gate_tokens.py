"""Who may make a registered bot take a turn: only the channel, with a token for this activity."""

import base64
import json
import time

import jwt
import pytest
import time_machine
from cryptography.hazmat.primitives import serialization

from bot.adapter import AdapterSettings
from tests.bot.teams_edge import ANA, TENANT, message, new_key, public_jwk


async def refused(bot, activity, token=None, **headers):
    """Post and return the status, having made sure that no turn ran."""
    status, body = await bot.post(activity, token, **headers)
    assert not bot.turns
    assert status in (401, 403)
    assert "error" in body
    return status


def segment(value):
    octets = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


@pytest.fixture
def activity(connector):
    return message("hola", connector.url)


async def test_a_request_without_token_is_refused_even_from_this_machine(registered_bot, activity):
    assert await refused(registered_bot, activity) == 401


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "Bearer garbage",
        "Bearer a.b.c",
        "Bearer ..",
        "Basic dXNlcjpwYXNz",
        "Bearer eyJhbGciOiJSUzI1NiJ9.e30.AAAA",
        "Bearer " + "[" * 4000 + ".e30.AAAA",
        "Bearer " + segment(b"[" * 3000) + ".e30.AAAA",
        "Bearer " + segment({"alg": "RS256", "kid": ["key-1"]}) + ".e30.AAAA",
        "Bearer " + segment({"alg": "RS256", "kid": "key-1"}) + ".AAAA.AAAA",
    ],
)
async def test_a_header_that_holds_no_token_is_refused(registered_bot, activity, header):
    assert await refused(registered_bot, activity, header + " ") == 401


async def test_a_good_token_under_another_scheme_is_refused(
    registered_bot, activity, issuer, connector
):
    token = issuer.token(connector.url)
    for scheme in ("Basic", "Token", "BearerX", ","):
        assert await refused(registered_bot, activity, f"{scheme} {token}") == 401
    assert (await registered_bot.post(activity, f"bearer {token}"))[0] == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": 1_700_000_000},
        {"exp": None},
        {"exp": "soon"},
        {"exp": 1e400},
        {"nbf": 4_000_000_000},
        {"iss": "https://login.microsoftonline.com/x/v2.0"},
        {"iss": None},
        {"aud": "99999999-2222-3333-4444-555555555555"},
        {"aud": ["11111111-2222-3333-4444-555555555555", "other"]},
        {"aud": None},
        {"serviceurl": None},
    ],
)
async def test_a_token_with_a_wrong_claim_is_refused(
    registered_bot, activity, issuer, connector, claims
):
    token = issuer.token(connector.url, **claims)
    assert await refused(registered_bot, activity, token) == 401


async def test_a_token_signed_with_another_key_is_refused(
    registered_bot, activity, issuer, connector
):
    token = issuer.token(connector.url, key=new_key())
    assert await refused(registered_bot, activity, token) == 401


async def test_a_token_that_brings_its_own_key_is_refused(
    registered_bot, activity, issuer, connector
):
    own = new_key()
    headers = {"kid": issuer.key_id, "jwk": public_jwk(issuer.key_id, own, ["msteams"])}
    claims = jwt.decode(issuer.token(connector.url), options={"verify_signature": False})
    token = jwt.encode(claims, own, "RS256", headers=headers)
    assert await refused(registered_bot, activity, token) == 401


async def test_an_unsigned_token_is_refused(registered_bot, activity, issuer, connector):
    claims = jwt.decode(issuer.token(connector.url), options={"verify_signature": False})
    for algorithm in ("none", "None", "NONE"):
        head = segment({"alg": algorithm, "typ": "JWT", "kid": issuer.key_id})
        assert await refused(registered_bot, activity, f"{head}.{segment(claims)}.") == 401


async def test_a_token_signed_with_the_public_key_as_a_secret_is_refused(
    registered_bot, activity, issuer, connector
):
    import hashlib
    import hmac

    public = issuer.private_key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    claims = jwt.decode(issuer.token(connector.url), options={"verify_signature": False})
    signed = f"{segment({'alg': 'HS256', 'kid': issuer.key_id})}.{segment(claims)}"
    seal = segment(hmac.new(public, signed.encode(), hashlib.sha256).digest())
    assert await refused(registered_bot, activity, f"{signed}.{seal}") == 401


async def test_a_token_is_refused_once_it_has_expired_though_it_was_good_before(
    registered_bot, activity, issuer, connector
):
    token = issuer.token(connector.url)
    assert (await registered_bot.post(activity, token))[0] == 200
    registered_bot.turns.clear()
    with time_machine.travel(time.time() + 3600 + 301, tick=True):
        assert await refused(registered_bot, activity, token) == 401


async def test_clocks_may_differ_by_less_than_five_minutes(
    registered_bot, activity, issuer, connector
):
    now = int(time.time())
    token = issuer.token(connector.url, exp=now - 200, nbf=now + 200)
    assert (await registered_bot.post(activity, token))[0] == 200


async def test_a_channel_that_the_key_does_not_endorse_is_refused(
    registered_bot, issuer, connector
):
    activity = message("hola", connector.url, channelId="webchat")
    assert await refused(registered_bot, activity, issuer.token(connector.url)) == 403


async def test_a_channel_where_callers_name_themselves_is_refused_though_endorsed(
    registered_bot, issuer, connector
):
    issuer.endorsements = ["msteams", "directline"]
    activity = message("hola", connector.url, channelId="directline")
    assert await refused(registered_bot, activity, issuer.token(connector.url)) == 403


@pytest.mark.parametrize("endorsements", [[], ["msteam"], ["skype", "webchat"], None])
async def test_a_key_that_does_not_endorse_teams_signs_for_nobody(
    registered_bot, activity, issuer, connector, endorsements
):
    issuer.endorsements = endorsements
    assert await refused(registered_bot, activity, issuer.token(connector.url)) == 403


async def test_an_activity_without_channel_is_refused(registered_bot, activity, issuer, connector):
    del activity["channelId"]
    assert await refused(registered_bot, activity, issuer.token(connector.url)) == 403


@pytest.mark.parametrize("change", [lambda url: url + "/", lambda url: url.upper(), lambda url: ""])
async def test_a_service_url_other_than_the_tokens_is_refused(
    registered_bot, activity, issuer, connector, change
):
    token = issuer.token(connector.url)
    activity["serviceUrl"] = change(connector.url)
    assert await refused(registered_bot, activity, token) == 403
    del activity["serviceUrl"]
    assert await refused(registered_bot, activity, token) == 403


@pytest.mark.parametrize(
    ("conversation_tenant", "channel_tenant"),
    [("other", "other"), (TENANT, "other"), ("other", TENANT), ("other", None), (None, "other")],
)
async def test_a_foreign_tenant_is_refused(
    registered_bot, activity, issuer, connector, conversation_tenant, channel_tenant
):
    activity["conversation"]["tenantId"] = conversation_tenant
    activity["channelData"] = {"tenant": {"id": channel_tenant}}
    assert await refused(registered_bot, activity, issuer.token(connector.url)) == 403


async def test_an_activity_that_names_no_tenant_is_refused(
    registered_bot, activity, issuer, connector
):
    del activity["conversation"]["tenantId"]
    channels: list = [None, {}, {"tenant": "x"}, {"tenant": {}}]
    for channel in channels:
        activity["channelData"] = channel
        assert await refused(registered_bot, activity, issuer.token(connector.url)) == 403


async def test_a_guest_is_served_because_its_activity_names_the_hosts_tenant(
    registered_bot, activity, issuer, connector
):
    activity["from"] = {**ANA, "tenantId": "the-guests-own-tenant"}
    activity["conversation"]["tenantId"] = TENANT.upper()
    assert (await registered_bot.post(activity, issuer.token(connector.url)))[0] == 200


async def test_a_list_of_tenants_widens_what_is_accepted(http, issuer):
    settings = AdapterSettings(**issuer.settings, tenants=frozenset({TENANT, "SECOND"}))
    assert settings.accepted_tenants == {TENANT, "second"}
    everybody = AdapterSettings(**{**issuer.settings, "tenant_id": ""}, app_type="MultiTenant")
    assert everybody.accepted_tenants == frozenset()


def test_a_registration_without_its_tenant_is_refused_at_start():
    for kind in ("SingleTenant", "UserAssignedMSI"):
        with pytest.raises(ValueError, match="tenant"):
            AdapterSettings(app_id="x", app_type=kind)


def test_secrets_do_not_show_in_the_settings_text():
    shown = repr(
        AdapterSettings(app_id="x", tenant_id="t", app_password="hush", identity_header="hush")
    )
    assert "hush" not in shown


async def test_a_strangers_body_is_not_read(registered_bot):
    status, _ = await registered_bot.post(body=b"{" * 100)
    assert status == 401


async def test_the_token_is_not_in_the_log(registered_bot, activity, issuer, connector, capsys):
    token = issuer.token(connector.url, aud="other")
    await refused(registered_bot, activity, token)
    shown = capsys.readouterr()
    assert "request-refused" in shown.out + shown.err
    assert token not in shown.out + shown.err
