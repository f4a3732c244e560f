"""Tokens for Graph: from Entra ID, from the sandbox, or for a service account that signed in."""

from __future__ import annotations

import asyncio
import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import httpx

from graph.errors import NotConfigured, Unauthorized, Unavailable
from graph.http import http_client
from graph.settings import GRAPH_SCOPE, LOGIN_URL, GraphSettings

if TYPE_CHECKING:
    from azure.core.credentials_async import AsyncTokenCredential

EARLY = 300  # seconds before its end that a token is renewed
DELEGATED_SCOPE = (
    "https://graph.microsoft.com/Group.ReadWrite.All https://graph.microsoft.com/User.Read "
    "offline_access"
)


class Credential(Protocol):
    """Something that has a token for Graph."""

    async def token(self) -> str:
        """A token that is valid now."""

    def forget(self) -> None:
        """The last token was refused: the next one is fetched anew."""

    async def close(self) -> None:
        """Let go of connections."""


class EntraCredential:
    """The application's own token through azure-identity, which keeps and renews it."""

    def __init__(self, settings: GraphSettings) -> None:
        self._settings = settings
        self._azure: AsyncTokenCredential | None = None

    async def token(self) -> str:
        from azure.core.exceptions import AzureError, ClientAuthenticationError

        if self._azure is None:
            self._azure = await asyncio.to_thread(self._open)
        try:
            return str((await self._azure.get_token(GRAPH_SCOPE)).token)
        except ClientAuthenticationError as refused:
            raise Unauthorized(401, "clientAuthentication") from refused
        except AzureError as unreached:
            raise Unavailable(0, "loginUnreachable") from unreached

    def _open(self) -> AsyncTokenCredential:
        from azure.identity.aio import ClientSecretCredential, DefaultAzureCredential

        named = self._settings
        if named.client_secret is None:
            return DefaultAzureCredential(managed_identity_client_id=named.client_id)
        return ClientSecretCredential(named.tenant_id, named.client_id, named.client_secret)

    def forget(self) -> None:
        """Nothing to do: azure-identity renews by itself and hides its cache."""

    async def close(self) -> None:
        if self._azure is not None:
            await self._azure.close()


class _Endpoint:
    """The token endpoint of a login server, asked with a form; keeps the token it got."""

    def __init__(self, settings: GraphSettings) -> None:
        login = (settings.login_url or LOGIN_URL).rstrip("/")
        self._url = f"{login}/{settings.tenant_id}/oauth2/v2.0/token"
        self._http = http_client(settings)
        self._lock = asyncio.Lock()
        self._token, self._until = "", 0.0

    async def fetch(self, form: dict[str, str]) -> dict[str, Any]:
        async with self._lock:
            return await self._ask(form)

    async def _ask(self, form: dict[str, str]) -> dict[str, Any]:
        try:
            answer = await self._http.post(self._url, data=form)
        except httpx.TransportError as unreached:
            raise Unavailable(0, "loginUnreachable") from unreached
        granted = object_in(answer)
        if granted is None or answer.status_code >= 500 or answer.status_code == 429:
            raise Unavailable(answer.status_code, "loginFailed")
        if answer.status_code != 200:
            raise Unauthorized(401, str(granted.get("error", "")))
        self._token = str(granted["access_token"])
        self._until = time.monotonic() + float(granted["expires_in"])
        return granted

    def held(self) -> str:
        return self._token if time.monotonic() < self._until - EARLY else ""

    def forget(self) -> None:
        self._token, self._until = "", 0.0

    async def close(self) -> None:
        await self._http.aclose()


def object_in(answer: httpx.Response) -> dict[str, Any] | None:
    """The JSON object of an answer; None for what a proxy or a captive page puts in its place."""
    try:
        body = answer.json()
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


class SecretCredential(_Endpoint):
    """The application's own token by its secret, for a login server over plain HTTP (sandbox).

    azure-identity insists on https for every authority, so it cannot talk to loopback.
    """

    def __init__(self, settings: GraphSettings) -> None:
        super().__init__(settings)
        self._form = {
            "grant_type": "client_credentials",
            "client_id": settings.client_id,
            "client_secret": settings.client_secret or "",
            "scope": GRAPH_SCOPE,
        }

    async def token(self) -> str:
        return self.held() or str((await self.fetch(self._form))["access_token"])


class AccountCredential(_Endpoint):
    """A service account's token by the refresh token that its one sign-in left in a file.

    The refresh token changes at every use and lives 90 days unused, so the file is written anew
    each time. `graph.sign_in` writes it first.
    """

    def __init__(self, settings: GraphSettings) -> None:
        super().__init__(settings)
        self._file = settings.token_file
        self._client_id = settings.client_id
        self._secret = settings.client_secret

    async def token(self) -> str:
        if held := self.held():
            return held
        if self._file is None:
            raise NotConfigured("A service account needs the file that keeps its sign-in.")
        form = {
            "grant_type": "refresh_token",
            "client_id": self._client_id,
            "scope": DELEGATED_SCOPE,
            "refresh_token": await asyncio.to_thread(read_refresh_token, self._file),
        }
        if self._secret:
            form["client_secret"] = self._secret
        granted = await self.fetch(form)
        if "refresh_token" in granted:
            await asyncio.to_thread(write_refresh_token, self._file, str(granted["refresh_token"]))
        return str(granted["access_token"])


def read_refresh_token(file: Path) -> str:
    """The kept refresh token; NotConfigured when the account never signed in."""
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))["refresh_token"])
    except (OSError, ValueError, KeyError) as absent:
        raise NotConfigured("The service account has not signed in yet.") from absent


def write_refresh_token(file: Path, token: str) -> None:
    """Keep a refresh token, readable by the owner alone, replacing the file in one step."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    with open(os.open(new, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as out:
        json.dump({"refresh_token": token}, out)
    new.replace(file)


def application_credential(settings: GraphSettings) -> Credential:
    """The application's own credential: through azure-identity, or the sandbox's login."""
    return SecretCredential(settings) if settings.login_url else EntraCredential(settings)
