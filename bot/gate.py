"""Who may make the bot take a turn: the token, the service URL, the channel and the tenant.

The rules are those of "Authentication with the Bot Connector API" (learn.microsoft.com), stricter
in three: `exp` and the `serviceurl` claim are required, and a key without endorsements signs for
nobody.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from aiohttp import web
from yarl import URL

from bot.keys import KeysUnavailable, SigningKey, SigningKeys
from bot.trust import AdapterSettings, is_loopback, is_loopback_url

ALGORITHMS = ["RS256", "RS384", "RS512"]
CLOCK_SKEW = 300  # seconds, as the service allows
VERIFIED_KEPT = 256
# A tunnel or proxy on this machine makes a stranger look local; it says so in one of these.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")


class Denied(Exception):
    """The request is refused with this HTTP status; `reason` is for the log, not the caller."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Caller:
    """What is known of the sender before the body is read."""

    claims: Mapping[str, Any]
    endorsements: frozenset[str]


class Gate:
    """Lets in the channel with a valid token, or without registration this machine alone."""

    def __init__(self, settings: AdapterSettings, keys: SigningKeys) -> None:
        self._settings = settings
        self._keys = keys
        self._tenants = settings.accepted_tenants
        # The channel uses a token for an hour; checking its signature again costs more than the
        # rest of the turn's way in.
        self._verified: dict[str, tuple[Caller, SigningKey]] = {}

    async def admit(self, request: web.Request) -> Caller | None:
        """Judge the headers, so that a stranger's body is never parsed.

        Returns None for a local caller when the bot has no registration; raises Denied.
        """
        if not self._settings.app_id:
            _require_local(request)
            return None
        return await self._caller(_bearer(request))

    def check(self, caller: Caller | None, activity: Mapping[str, Any]) -> None:
        """Judge the activity by what its sender may say; raises Denied."""
        service_url = activity.get("serviceUrl")
        if not service_url:
            raise Denied(403, "no serviceUrl")
        if caller is None:
            if not is_loopback_url(service_url):
                raise Denied(403, "serviceUrl is not on this machine")
            return
        if caller.claims.get("serviceurl") != service_url:
            raise Denied(403, "serviceUrl is not the token's")
        channel = activity.get("channelId")
        if channel not in caller.endorsements or channel not in self._settings.channels:
            raise Denied(403, "channel not endorsed")
        if self._tenants and not _tenants_of(activity) <= self._tenants:
            raise Denied(403, "foreign tenant")

    async def _caller(self, token: str) -> Caller:
        known = self._verified.get(token)
        try:
            key = await self._keys.find(known[1].key_id if known else _key_id(token))
            if key is None:
                raise Denied(401, "unknown signing key")
            if known and known[1] is key and known[0].claims["exp"] + CLOCK_SKEW > time.time():
                return known[0]
            caller = Caller(self._claims(token, key), key.endorsements)
        except KeysUnavailable as error:
            raise Denied(503, "signing keys unavailable") from error
        except (jwt.PyJWTError, ValueError, TypeError, ArithmeticError, RecursionError) as error:
            raise Denied(401, f"token refused: {type(error).__name__}") from error
        if len(self._verified) >= VERIFIED_KEPT:
            self._verified.clear()
        self._verified[token] = (caller, key)
        return caller

    def _claims(self, token: str, key: SigningKey) -> dict[str, Any]:
        claims: dict[str, Any] = jwt.decode(
            token,
            key.key,
            algorithms=ALGORITHMS,
            audience=self._settings.app_id,
            issuer=self._settings.token_issuer,
            leeway=CLOCK_SKEW,
            options={"require": ["exp", "iss", "aud", "serviceurl"], "strict_aud": True},
        )
        return {**claims, "exp": int(claims["exp"])}


def _bearer(request: web.Request) -> str:
    headers = request.headers.getall("Authorization", [])
    scheme, _, token = headers[0].partition(" ") if len(headers) == 1 else ("", "", "")
    if scheme.lower() != "bearer" or not token.strip():
        raise Denied(401, "no bearer token")
    return token.strip()


def _key_id(token: str) -> str:
    key_id = jwt.get_unverified_header(token).get("kid")
    if not isinstance(key_id, str):
        raise Denied(401, "no key id")
    return key_id


def _tenants_of(activity: Mapping[str, Any]) -> set[str]:
    """Every tenant that the activity names; a guest's activity names the host's tenant.

    An activity that names none yields the empty name, which no list holds.
    """
    tenant = (activity.get("channelData") or {}).get("tenant")
    named = {
        activity["conversation"].get("tenantId"),
        tenant.get("id") if isinstance(tenant, dict) else None,
    }
    return {str(name).lower() for name in named if name} or {""}


def _require_local(request: web.Request) -> None:
    """Let in programs of this machine, and no page of another site open in its browser."""
    peer = request.transport.get_extra_info("peername") if request.transport else None
    if not (isinstance(peer, tuple) and is_loopback(str(peer[0]))):
        raise Denied(403, "caller is not on this machine")
    if any(name in request.headers for name in FORWARDED):
        raise Denied(403, "caller came through a proxy")
    # DNS rebinding: the browser calls 127.0.0.1 under the attacker's name.
    if not is_loopback_url(f"http://{request.host}"):
        raise Denied(403, "Host is not this machine")
    if any(not _is_local_origin(origin) for origin in request.headers.getall("Origin", [])):
        raise Denied(403, "Origin is not this machine")


def _is_local_origin(origin: str) -> bool:
    try:
        return bool(URL(origin).host) and is_loopback_url(origin)
    except ValueError:
        return False
