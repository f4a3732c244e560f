"""The bot's own access token, with which it writes to the channel."""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

import aiohttp
import structlog

from bot.trust import AdapterSettings
from coalition.delivery import NotSent, Undelivered

log = structlog.get_logger()

RENEWED_BEFORE = 300.0  # seconds before it expires
FETCH_TIMEOUT = aiohttp.ClientTimeout(total=8, connect=5)
# learn.microsoft.com: "How to use managed identities on an Azure VM to acquire an access token"
VIRTUAL_MACHINE_IDENTITY = "http://169.254.169.254/metadata/identity/oauth2/token"


class AccessToken:
    """One token for the channel, kept until five minutes before it expires, fetched by one."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        settings: AdapterSettings,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._http = http
        self._settings = settings
        self._clock = clock
        self._token = ""
        self._renewed_at = float("-inf")
        self._expires_at = float("-inf")
        self._fetching = asyncio.Lock()

    async def headers(self) -> dict[str, str]:
        """Return the Authorization header, or none when the bot has no registration.

        Raises Undelivered(NotSent) when no token can be had: nothing was sent then.
        """
        if not self._settings.app_id:
            return {}
        if self._clock() >= self._renewed_at:
            async with self._fetching:
                if self._clock() >= self._renewed_at:
                    await self._renew()
        return {"Authorization": f"Bearer {self._token}"}

    def forget(self, headers: Mapping[str, str]) -> None:
        """Drop a token that the channel refused, unless another has taken its place."""
        if headers.get("Authorization") == f"Bearer {self._token}":
            self._renewed_at = self._expires_at = float("-inf")

    async def _renew(self) -> None:
        try:
            answer = await self._fetch()
            token, lifetime = str(answer["access_token"]), float(answer.get("expires_in", 3600))
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
            log.error("access-token-unavailable", error=type(error).__name__)
            if self._clock() < self._expires_at:
                return
            raise Undelivered(NotSent(60.0, "no access token")) from error
        self._token = token
        self._expires_at = self._clock() + lifetime
        # A token that lives less than ten minutes is renewed in the middle of its life.
        self._renewed_at = self._clock() + max(lifetime - RENEWED_BEFORE, lifetime / 2)

    async def _fetch(self) -> Mapping[str, Any]:
        managed = self._settings.app_type == "UserAssignedMSI"
        request = self._from_machine() if managed else self._from_login()
        async with request as response:
            answer = await response.json(content_type=None)
            if response.status == 200 and isinstance(answer, dict):
                return answer
            # "error" is a word such as invalid_client; the description may hold more, so it stays.
            error = answer.get("error") if isinstance(answer, dict) else None
            log.error("access-token-refused", status=response.status, error=error)
            raise ValueError("access token refused")

    def _from_login(self) -> Any:
        settings = self._settings
        form = {
            "grant_type": "client_credentials",
            "client_id": settings.app_id,
            "client_secret": settings.app_password,
            "scope": _scope(settings.oauth_scope),
        }
        url = _token_url(settings.login_url)
        return self._http.post(url, data=form, timeout=FETCH_TIMEOUT, allow_redirects=False)

    def _from_machine(self) -> Any:
        """Ask App Service (it names an endpoint) or the virtual machine for the bot's identity."""
        settings = self._settings
        url = settings.identity_endpoint or VIRTUAL_MACHINE_IDENTITY
        query = {
            "resource": settings.oauth_scope.removesuffix("/.default"),
            "client_id": settings.app_id,
            "api-version": "2019-08-01" if settings.identity_endpoint else "2018-02-01",
        }
        headers = {"Metadata": "true", "X-IDENTITY-HEADER": settings.identity_header}
        return self._http.get(url, params=query, headers=headers, timeout=FETCH_TIMEOUT)


def _scope(scope: str) -> str:
    return scope if scope.endswith("/.default") else f"{scope}/.default"


def _token_url(login_url: str) -> str:
    """Return the token endpoint of a login URL; AD FS has no version in its path."""
    base = login_url.rstrip("/")
    if base.endswith("/token"):
        return base
    return f"{base}/oauth2/token" if base.endswith("/adfs") else f"{base}/oauth2/v2.0/token"
