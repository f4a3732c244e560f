"""Encrypted connections: certificates are checked; SSL_CERT_FILE names who may sign them."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from bot.adapter import Adapter, AdapterSettings
from bot.connector import open_session
from bot.proactive import Messenger
from coalition.delivery import Delivered, NotSent
from tests.bot.teams_edge import new_key


@pytest.fixture
def certificate(tmp_path):
    """A certificate for loopback that nobody but itself has signed: its file, its server side."""
    key = new_key()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a test's own authority")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (tmp_path / "authority.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (tmp_path / "key.pem").write_bytes(private)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "authority.pem", tmp_path / "key.pem")
    return str(tmp_path / "authority.pem"), context


async def outcome_over(context):
    """Send a message to an encrypted connector and return what became of it."""

    async def take(request):
        return web.json_response({"id": "1"})

    app = web.Application()
    app.router.add_post("/{path:.*}", take)
    server = TestServer(app, scheme="https")
    await server.start_server(ssl=context)
    try:
        async with open_session() as http:
            messenger = Messenger(Adapter(AdapterSettings(), http).connector)
            reference = {
                "serviceUrl": f"https://127.0.0.1:{server.port}",
                "conversation": {"id": "a:1"},
            }
            return await messenger.send(reference, {"text": "hola"})
    finally:
        await server.close()


async def test_a_certificate_of_an_unknown_authority_is_refused_before_anything_is_sent(
    certificate,
):
    _, context = certificate
    assert isinstance(await outcome_over(context), NotSent)


async def test_an_authority_that_the_environment_names_is_trusted(certificate, monkeypatch):
    authority, context = certificate
    monkeypatch.setenv("SSL_CERT_FILE", authority)
    assert await outcome_over(context) == Delivered("1")
