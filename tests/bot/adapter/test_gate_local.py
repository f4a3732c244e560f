"""Without a registration the bot serves programs on this machine, and nobody else."""

from types import SimpleNamespace

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.gate import Denied, Gate
from bot.keys import SigningKeys
from bot.trust import AdapterSettings, is_loopback, is_loopback_url
from tests.bot.teams_edge import message


@pytest.fixture
def gate(http):
    return Gate(AdapterSettings(), SigningKeys(http, "http://127.0.0.1:1/"))


def request(peer, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    transport = SimpleNamespace(get_extra_info=lambda name, default=None: peer)
    named.setdefault("Host", "localhost:3978")
    return make_mocked_request("POST", "/api/messages", named, transport=transport)


@pytest.mark.parametrize(
    "peer", [("127.0.0.1", 5), ("::1", 5, 0, 0), ("::ffff:127.0.0.1", 5, 0, 0)]
)
async def test_a_program_on_this_machine_is_let_in(gate, peer):
    assert await gate.admit(request(peer)) is None


@pytest.mark.parametrize("peer", [("10.0.0.7", 5), ("192.0.2.1", 5), ("2001:db8::1", 5), "", None])
async def test_another_machine_is_refused(gate, peer):
    with pytest.raises(Denied) as refusal:
        await gate.admit(request(peer))
    assert refusal.value.status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Forwarded_For": "203.0.113.5"},
        {"Forwarded": "for=203.0.113.5"},
        {"X_Forwarded_Host": "bot.example.org"},
        {"Via": "1.1 tunnel"},
    ],
)
async def test_a_stranger_who_comes_through_a_tunnel_is_refused(gate, headers):
    with pytest.raises(Denied, match="proxy"):
        await gate.admit(request(("127.0.0.1", 5), **headers))


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:3978", "127.0.0.1.nip.io", "localhost.evil.example", ""]
)
async def test_a_page_that_renamed_this_machine_is_refused(gate, host):
    with pytest.raises(Denied, match="Host"):
        await gate.admit(request(("127.0.0.1", 5), Host=host))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:3978", "[::1]:3978", "bot.localhost:1"])
async def test_this_machine_may_be_called_by_any_of_its_names(gate, host):
    assert await gate.admit(request(("127.0.0.1", 5), Host=host)) is None


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "file://", "http://localhost.evil.example", "garbage"],
)
async def test_a_page_of_another_site_is_refused(gate, origin):
    with pytest.raises(Denied, match="Origin"):
        await gate.admit(request(("127.0.0.1", 5), Origin=origin))


async def test_a_page_of_this_machine_is_let_in(gate):
    assert await gate.admit(request(("127.0.0.1", 5), Origin="http://localhost:56150")) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/emea/",
        "http://localhost@evil.example/",
        "http://name:word@localhost/",
        "http://localhost:80@evil.example/",
        "http://127.0.0.1.nip.io/",
        "http://2130706433/",
        "http://169.254.169.254/latest",
        "http://10.0.0.1/",
        "file:///etc/passwd",
        "ftp://localhost/",
        "localhost",
        "http://[::1",
        "//localhost",
    ],
)
async def test_a_service_url_on_another_machine_is_refused(local_bot, url):
    assert not is_loopback_url(url)
    status, _ = await local_bot.post(message("hola", url))
    assert status == 403
    assert not local_bot.turns


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:56150/_connector",
        "http://127.0.0.1:9",
        "http://[::1]:9/",
        "https://LOCALHOST./",
    ],
)
async def test_the_playgrounds_service_url_is_believed(local_bot, url):
    status, _ = await local_bot.post(message("hola", url))
    assert status == 200
    assert len(local_bot.turns) == 1


async def test_an_activity_without_service_url_is_refused(local_bot, connector):
    activity = message("hola", connector.url)
    del activity["serviceUrl"]
    assert (await local_bot.post(activity))[0] == 403
    assert not local_bot.turns


async def test_a_form_that_a_page_may_send_without_asking_is_refused(local_bot, connector):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        status, _ = await local_bot.post(message("hola", connector.url), Content_Type=kind)
        assert status == 415
    assert not local_bot.turns


async def test_nothing_is_sent_to_another_machine_without_registration(local_bot):
    from coalition.delivery import Failed, Undelivered

    reference = {"serviceUrl": "https://smba.example/", "conversation": {"id": "a:1"}}
    with pytest.raises(Undelivered) as failure:
        await local_bot.adapter.post(reference, {"text": "hola"})
    assert isinstance(failure.value.outcome, Failed)


def test_what_is_no_address_is_not_this_machine():
    assert not is_loopback(None)
    assert not is_loopback("")
    assert not is_loopback("0.0.0.0")
