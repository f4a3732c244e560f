"""Who may ask: the login server's token endpoint, and the check of a token.

Tokens end by the real clock, not by the sandbox's, which can be moved.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from typing import Any

import jwt
from aiohttp import web

from graph.sandbox.tenant import APP_NAME, CLIENT_ID, CLIENT_SECRET, TENANT_ID, Refusal, Tenant

AUDIENCE = "https://graph.microsoft.com"
LIFETIME = 3599  # seconds
ROLES = ["Sites.Selected", "Calendars.ReadWrite", "Mail.Send"]
SCOPES = "Group.ReadWrite.All User.Read"
SERVICE_ACCOUNT = "ibc-hm-calendar@sandbox.example"


def routes(tenant: Tenant) -> list[web.RouteDef]:
    """The login server's addresses."""

    async def token(request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        return _granted(tenant, form)

    async def device_code(request: web.Request) -> web.Response:
        return web.json_response(
            {
                "device_code": issued(tenant, {"use": "device"}, 900),
                "user_code": "SANDBOX1",
                "verification_uri": f"{tenant.origin}/",
                "expires_in": 900,
                "interval": 1,
                "message": "The sandbox signs its service account in by itself.",
            }
        )

    return [
        web.post("/{tenant}/oauth2/v2.0/token", token),
        web.post("/{tenant}/oauth2/v2.0/devicecode", device_code),
    ]


def _granted(tenant: Tenant, form: Mapping[str, str]) -> web.Response:
    grant = form.get("grant_type", "")
    if form.get("client_id") != CLIENT_ID:
        return _refused("unauthorized_client", "AADSTS700016: the application is not known.")
    if grant == "client_credentials":
        if form.get("client_secret") != CLIENT_SECRET:
            return _refused("invalid_client", "AADSTS7000215: the client secret is wrong.")
        claims = {"idtyp": "app", "roles": ROLES}
        return web.json_response(_body(tenant, claims))
    kept = {
        "refresh_token": ("refresh", form.get("refresh_token", "")),
        "urn:ietf:params:oauth:grant-type:device_code": ("device", form.get("device_code", "")),
    }.get(grant)
    if kept is None:
        return _refused("unsupported_grant_type", "AADSTS70003: the grant is not supported.", 400)
    use, proof = kept
    claims = read(tenant, proof) or {}
    if claims.get("use") != use:
        return _refused("invalid_grant", "AADSTS70000: the grant is not valid.", 400)
    body = _body(tenant, {"idtyp": "user", "scp": SCOPES, "upn": SERVICE_ACCOUNT})
    refresh = issued(tenant, {"use": "refresh"}, 90 * 86_400)
    return web.json_response({**body, "refresh_token": refresh})


def _body(tenant: Tenant, claims: Mapping[str, Any]) -> dict[str, Any]:
    token = issued(tenant, {"aud": AUDIENCE, **claims}, LIFETIME)
    return {"token_type": "Bearer", "expires_in": LIFETIME, "access_token": token}


def _refused(error: str, description: str, status: int = 401) -> web.Response:
    return web.json_response({"error": error, "error_description": description}, status=status)


def issued(tenant: Tenant, claims: Mapping[str, Any], lifetime: float) -> str:
    """A token signed with this sandbox's own key; `lifetime` in seconds."""
    named = {"tid": TENANT_ID, "appid": CLIENT_ID, "app_displayname": APP_NAME}
    named |= {"jti": secrets.token_hex(8)}
    ends = {"iat": int(time.time()), "exp": int(time.time() + lifetime)}
    return jwt.encode({**named, **claims, **ends}, tenant.store.secret("tokens"), "HS256")


def read(tenant: Tenant, token: str) -> dict[str, Any] | None:
    """The claims of a token of ours that has not ended, or None; its audience is not looked at."""
    try:
        return jwt.decode(
            token,
            tenant.store.secret("tokens"),
            algorithms=["HS256"],
            options={"verify_aud": False, "require": ["exp"]},
        )
    except jwt.InvalidTokenError:
        return None


def caller(tenant: Tenant, request: web.Request) -> dict[str, Any]:
    """The claims of the request's token; 401 when it has none that is valid for Graph."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    challenge = {"WWW-Authenticate": f'Bearer realm="", authorization_uri="{tenant.origin}"'}
    if kind.lower() != "bearer" or not token:
        raise Refusal(401, "InvalidAuthenticationToken", "Access token is empty.", challenge)
    claims = read(tenant, token)
    if claims is None or claims.get("aud") != AUDIENCE:
        message = "Lifetime validation failed, or the token is not for Graph."
        raise Refusal(401, "InvalidAuthenticationToken", message, challenge)
    return claims
