"""Stand-ins for Microsoft's side of the bot, on loopback: the connector, and the token issuer.

`FakeConnector` records what the bot sends and can be told to refuse; `LocalIssuer` publishes keys,
signs tokens as the channel does, and gives the bot its access token.
"""

import asyncio
import base64
import itertools
import json
import time
from collections import deque
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa

APP_ID = "11111111-2222-3333-4444-555555555555"
TENANT = "aaaaaaaa-0000-0000-0000-00000000000a"
BOT = {"id": f"28:{APP_ID}", "name": "IBC-HM"}
ANA = {"id": "29:ana", "name": "Ana Pérez", "aadObjectId": "0000aaaa-0000-0000-0000-000000000001"}


@dataclass(frozen=True)
class Sent:
    """One request that reached the connector."""

    method: str
    conversation: str
    activity_id: str
    query: dict[str, str]
    body: dict[str, Any]
    headers: dict[str, str]
    raw_path: str


@dataclass
class Order:
    """How the connector answers one request, instead of accepting it."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    hangs: bool = False
    breaks: bool = False


class FakeConnector:
    """The channel's REST interface. `sent` is what arrived, in order."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.members: dict[str, dict[str, Any]] = {ANA["id"]: dict(ANA)}
        self._orders: deque[Order] = deque()
        self._ids = itertools.count(1)
        self._connections: set[Any] = set()
        self._release = asyncio.Event()
        app = web.Application()
        base = "/v3/conversations"
        self.channels: list[dict[str, str]] = []
        app.router.add_post(base, self._create)
        app.router.add_get("/v3/teams/{team}/conversations", self._team)
        app.router.add_get(base + "/{conversation}/pagedmembers", self._paged)
        app.router.add_get(base + "/{conversation}/members/{member}", self._member)
        app.router.add_route("*", base + "/{conversation}/activities", self._activity)
        app.router.add_route("*", base + "/{conversation}/activities/{id}", self._activity)
        self._server = TestServer(app)

    async def _team(self, request: web.Request) -> web.Response:
        return web.json_response({"conversations": self.channels})

    async def start(self) -> "FakeConnector":
        await self._server.start_server()
        return self

    async def close(self) -> None:
        self._release.set()
        await self._server.close()

    @property
    def url(self) -> str:
        """The service URL to put into activities, without a slash at its end."""
        return str(self._server.make_url("/")).rstrip("/")

    @property
    def connections(self) -> int:
        """How many TCP connections were used so far."""
        return len(self._connections)

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The bodies of what was posted, in order."""
        return [sent.body for sent in self.sent if sent.method == "POST"]

    def refuse(
        self, status: int, code: str = "", times: int = 1, body: Any = None, **headers: str
    ) -> None:
        """Answer the next requests with this status; a header is written as `Retry_After="1"`."""
        said = body if body is not None else {"error": {"code": code, "message": code}}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._orders.extend(Order(status, said, named) for _ in range(times))

    def hang(self) -> None:
        """Take the next request and never answer it."""
        self._orders.append(Order(hangs=True))

    def break_off(self) -> None:
        """Take the next request and close the connection."""
        self._orders.append(Order(breaks=True))

    async def _follow(self, request: web.Request) -> web.Response | None:
        body = await request.read()
        peer = request.transport.get_extra_info("peername") if request.transport else None
        self._connections.add(peer)
        self.sent.append(
            Sent(
                request.method,
                unquote(request.match_info.get("conversation", "")),
                unquote(request.match_info.get("id", "")),
                dict(request.query),
                json.loads(body) if body else {},
                dict(request.headers),
                request.raw_path,
            )
        )
        if not self._orders:
            return None
        order = self._orders.popleft()
        if order.hangs:
            await self._release.wait()
        if order.breaks and request.transport:
            request.transport.close()
        return web.json_response(order.body, status=order.status, headers=order.headers)

    async def _activity(self, request: web.Request) -> web.Response:
        refused = await self._follow(request)
        if refused is not None or request.method == "DELETE":
            return refused or web.Response()
        if request.method == "PUT":
            return web.json_response({"id": unquote(request.match_info["id"])})
        return web.json_response({"id": f"activity-{next(self._ids)}"}, status=201)

    async def _create(self, request: web.Request) -> web.Response:
        refused = await self._follow(request)
        return refused or web.json_response({"id": f"a:personal-{next(self._ids)}"}, status=201)

    async def _member(self, request: web.Request) -> web.Response:
        refused = await self._follow(request)
        member = self.members.get(request.match_info["member"])
        return refused or web.json_response(member or {}, status=200 if member else 404)

    async def _paged(self, request: web.Request) -> web.Response:
        """Answer two members a page, so that a reader must ask for the next."""
        refused = await self._follow(request)
        start = int(request.query.get("continuationToken", "0"))
        members = list(self.members.values())
        page: dict[str, Any] = {"members": members[start : start + 2]}
        if start + 2 < len(members):
            page["continuationToken"] = str(start + 2)
        return refused or web.json_response(page)


class LocalIssuer:
    """OpenID metadata, key set and token endpoint, with RSA keys made at run time."""

    def __init__(self) -> None:
        self.fetches = 0
        self.was_asked = asyncio.Event()
        self.token_requests: list[dict[str, str]] = []
        self.token_status = 200
        self.token_lifetime: Any = 3600
        self.endorsements: list[str] | None = ["msteams"]
        self.is_down = False
        self.is_slow: asyncio.Event | None = None  # answers when it is set
        self.extra_keys: list[dict[str, Any]] = []
        self._keys: dict[str, rsa.RSAPrivateKey] = {}
        self._names = itertools.count(1)
        self.rotate()
        app = web.Application()
        app.router.add_get("/v1/.well-known/openidconfiguration", self._metadata)
        app.router.add_get("/v1/.well-known/keys", self._key_set)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        app.router.add_post("/adfs/oauth2/token", self._token)
        app.router.add_get("/identity", self._managed)
        self._server = TestServer(app)

    async def start(self) -> "LocalIssuer":
        await self._server.start_server()
        return self

    async def close(self) -> None:
        await self._server.close()

    @property
    def url(self) -> str:
        return str(self._server.make_url("/")).rstrip("/")

    @property
    def settings(self) -> dict[str, Any]:
        """The fields of `AdapterSettings` that make a bot believe this issuer."""
        return {
            "app_id": APP_ID,
            "app_password": "not-a-secret",
            "tenant_id": TENANT,
            "openid_metadata_url": f"{self.url}/v1/.well-known/openidconfiguration",
            "login_url": f"{self.url}/{TENANT}",
        }

    @property
    def private_key(self) -> rsa.RSAPrivateKey:
        """The key that tokens are signed with now."""
        return self._keys[self.key_id]

    def rotate(self) -> str:
        """Sign with a new key from now on, withdraw the old one, and return the new key's id."""
        number = next(self._names)
        self.key_id = f"key-{number}"
        self._keys = {self.key_id: _nth_key(number)}
        return self.key_id

    def replace_key(self) -> None:
        """Publish another key under the name of the present one."""
        self._keys = {self.key_id: _nth_key(-1)}

    def token(self, service_url: str, key: Any = None, **claims: Any) -> str:
        """Return a token as the channel sends it; a claim given as None is left out."""
        now = int(time.time())
        payload = {
            "iss": "https://api.botframework.com",
            "aud": APP_ID,
            "exp": now + 3600,
            "nbf": now - 10,
            "serviceurl": service_url,
            **claims,
        }
        kept = {name: value for name, value in payload.items() if value is not None}
        signing = key or self._keys[self.key_id]
        return jwt.encode(kept, signing, "RS256", headers={"kid": self.key_id})

    async def _metadata(self, request: web.Request) -> web.Response:
        self.fetches += 1
        self.was_asked.set()
        if self.is_slow is not None:
            await self.is_slow.wait()
        if self.is_down:
            return web.Response(status=503)
        keys = f"{self.url}/v1/.well-known/keys"
        return web.json_response({"issuer": "https://api.botframework.com", "jwks_uri": keys})

    async def _key_set(self, request: web.Request) -> web.Response:
        keys = [public_jwk(name, key, self.endorsements) for name, key in self._keys.items()]
        return web.json_response({"keys": [*self.extra_keys, *keys]})

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        self.token_requests.append({name: str(value) for name, value in form.items()})
        await asyncio.sleep(0)
        if self.token_status != 200:
            return web.json_response({"error": "invalid_client"}, status=self.token_status)
        return web.json_response(self._granted())

    async def _managed(self, request: web.Request) -> web.Response:
        asked = {**dict(request.query), "header": request.headers.get("X-IDENTITY-HEADER", "")}
        self.token_requests.append(asked)
        return web.json_response(self._granted())

    def _granted(self) -> dict[str, Any]:
        token = f"token-{len(self.token_requests)}"
        return {
            "token_type": "Bearer",
            "access_token": token,
            "expires_in": self.token_lifetime,
        }


@cache
def _nth_key(number: int) -> rsa.RSAPrivateKey:
    """Making a key takes a tenth of a second, so the issuers of one run share theirs."""
    return new_key()


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_jwk(
    key_id: str, key: rsa.RSAPrivateKey, endorsements: list[str] | None
) -> dict[str, Any]:
    """Return the public half of a key as a key set publishes it."""
    numbers = key.public_key().public_numbers()
    published = {
        "kty": "RSA",
        "use": "sig",
        "kid": key_id,
        "n": _base64url(numbers.n),
        "e": _base64url(numbers.e),
        "endorsements": endorsements,
    }
    return {name: value for name, value in published.items() if value is not None}


def _base64url(number: int) -> str:
    octets = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def message(text: str, service_url: str, **fields: Any) -> dict[str, Any]:
    """Return a message of Ana's in her personal chat, as Teams sends it."""
    return {
        "type": "message",
        "id": "1700000000001",
        "timestamp": "2026-11-21T09:00:00.000Z",
        "serviceUrl": service_url,
        "channelId": "msteams",
        "from": dict(ANA),
        "recipient": dict(BOT),
        "conversation": {"id": "a:ana", "conversationType": "personal", "tenantId": TENANT},
        "channelData": {"tenant": {"id": TENANT}},
        "locale": "es-CL",
        "text": text,
        **fields,
    }


def invoke(name: str, value: Any, service_url: str, **fields: Any) -> dict[str, Any]:
    """Return an invoke of Ana's, such as a pressed card button."""
    made = message("", service_url, type="invoke", name=name, value=value, **fields)
    del made["text"]
    return made
