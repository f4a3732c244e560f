"""Writes to the channel's REST interface: plain JSON in, the id of the activity out.

A create is not idempotent and takes no key, and the service may accept it and still answer 5xx,
so it is sent again on 429 alone; see docs of "Rate limiting" and "Status codes" for bots in Teams.
"""

import asyncio
import os
import ssl
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from urllib.request import getproxies

import aiohttp
from yarl import URL

from bot.references import addressed, is_targeted
from bot.refusals import MESSAGE_GONE, ambiguous, outcome_of, throttled_for
from bot.tokens import AccessToken
from bot.trust import AdapterSettings, is_loopback_url
from coalition.delivery import Failed, NotSent, Throttled, Undelivered

TURN_PATIENCE = 4.0  # seconds that a turn may wait in all for the service to take a reply
TIMEOUT = aiohttp.ClientTimeout(total=None, connect=5, sock_connect=5, sock_read=10)
RETRY_CONNECTION = 10.0


def open_session() -> aiohttp.ClientSession:
    """Return the one HTTP session of the process: a pool, kept alive, never without time limits.

    Idle connections are dropped before the service drops them, because a message written into a
    connection that is just closing would be lost in doubt.
    """
    # aiohttp made its own context when it was imported, before anybody read SSL_CERT_FILE.
    named = os.environ.get("SSL_CERT_FILE") or os.environ.get("SSL_CERT_DIR")
    trusted = ssl.create_default_context() if named else True
    pool = aiohttp.TCPConnector(limit=100, keepalive_timeout=10, ttl_dns_cache=60, ssl=trusted)
    # aiohttp looks for proxies in the environment at each request, which is slow, so only if any.
    behind_proxy = bool({"http", "https", "all"} & getproxies().keys())
    if behind_proxy:
        _keep_loopback_direct()
    return aiohttp.ClientSession(
        connector=pool,
        timeout=TIMEOUT,
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=behind_proxy,
    )


def _keep_loopback_direct() -> None:
    """No proxy can reach this machine's loopback, where the Playground and the sandbox live."""
    excepted = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    os.environ["no_proxy"] = ",".join(filter(None, [excepted, "localhost", "127.0.0.1", "::1"]))


class Connector:
    """The channel, as the bot writes to it. Every failure is raised as `Undelivered`."""

    def __init__(
        self, http: aiohttp.ClientSession, settings: AdapterSettings, token: AccessToken
    ) -> None:
        self._http = http
        self._token = token
        self._local_only = not settings.app_id

    async def post(
        self, reference: Mapping[str, Any], activity: Mapping[str, Any], patience: float = 0.0
    ) -> str:
        """Send an activity and return its id; `patience` is in seconds, for 429 only."""
        outgoing = addressed(reference, activity)
        path = _activities(reference, activity.get("replyToId"), is_targeted(outgoing))
        return _id(await self.call("POST", reference["serviceUrl"], path, outgoing, patience))

    async def put(
        self,
        reference: Mapping[str, Any],
        activity_id: str,
        activity: Mapping[str, Any],
        patience: float = 0.0,
    ) -> str:
        """Replace an activity and return its id, which seldom changes."""
        outgoing = addressed(reference, {**activity, "id": activity_id})
        targeted = is_targeted(outgoing)
        if targeted:  # "400 recipient present on edit": who sees it cannot be changed
            del outgoing["recipient"]
        path = _activities(reference, activity_id, targeted)
        answer = await self.call("PUT", reference["serviceUrl"], path, outgoing, patience)
        return _id(answer) or activity_id

    async def delete(
        self,
        reference: Mapping[str, Any],
        activity_id: str,
        targeted: bool = False,
        patience: float = 0.0,
    ) -> None:
        """Delete an activity; one that is gone already is deleted."""
        path = _activities(reference, activity_id, targeted)
        try:
            await self.call("DELETE", reference["serviceUrl"], path, None, patience)
        except Undelivered as error:
            if error.outcome != MESSAGE_GONE:
                raise

    async def create(
        self, service_url: str, parameters: Mapping[str, Any], patience: float = 0.0
    ) -> dict[str, Any]:
        """Open a conversation and return `id`, perhaps `activityId` and `serviceUrl`."""
        return await self.call("POST", service_url, "/v3/conversations", parameters, patience)

    async def member(
        self, reference: Mapping[str, Any], member_id: str, patience: float = 0.0
    ) -> dict[str, Any]:
        """Return a member of a conversation: id, name, aadObjectId, userPrincipalName, email."""
        path = f"{_conversation(reference)}/members/{quote(member_id, safe='')}"
        return await self.call("GET", reference["serviceUrl"], path, None, patience)

    async def members(
        self, reference: Mapping[str, Any], patience: float = 0.0
    ) -> list[dict[str, Any]]:
        """Return all members of a conversation, page by page (500 a page at most)."""
        found: list[dict[str, Any]] = []
        token = ""
        while True:
            path = f"{_conversation(reference)}/pagedmembers?pageSize=500"
            path += f"&continuationToken={quote(token, safe='')}" if token else ""
            page = await self.call("GET", reference["serviceUrl"], path, None, patience)
            found.extend(page.get("members") or [])
            following = str(page.get("continuationToken") or "")
            if following in ("", token):
                return found
            token = following

    async def call(
        self,
        method: str,
        service_url: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        patience: float = 0.0,
    ) -> dict[str, Any]:
        """Return the service's JSON answer; raises Undelivered."""
        if self._local_only and not is_loopback_url(service_url):
            raise Undelivered(Failed("without registration only this machine is written to"))
        url = URL(service_url.rstrip("/") + path, encoded=True)
        deadline = time.monotonic() + patience
        renewed = False
        for attempt in range(8):
            headers = await self._token.headers()
            status, answer, retry_after = await self._once(method, url, body, headers)
            if 200 <= status < 300:
                return answer
            if status == 401 and headers and not renewed:
                # Refused before anything was done: once more with a new token.
                self._token.forget(headers)
                renewed = True
                continue
            if status != 429:
                raise Undelivered(outcome_of(method, status, answer))
            wait_for = throttled_for(retry_after, attempt)
            if time.monotonic() + wait_for > deadline:
                raise Undelivered(Throttled(wait_for))
            await asyncio.sleep(wait_for)
        raise Undelivered(Throttled(RETRY_CONNECTION))

    async def _once(
        self, method: str, url: URL, body: Mapping[str, Any] | None, headers: Mapping[str, str]
    ) -> tuple[int, dict[str, Any], str | None]:
        try:
            async with self._http.request(
                method, url, json=body, headers=headers, timeout=TIMEOUT, allow_redirects=False
            ) as response:
                answer = await _answer(response)
                return response.status, answer, response.headers.get("Retry-After")
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Undelivered(NotSent(RETRY_CONNECTION, type(error).__name__)) from error
        except (aiohttp.InvalidURL, TypeError, ValueError) as error:
            raise Undelivered(Failed(type(error).__name__)) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Undelivered(ambiguous(method, type(error).__name__)) from error


async def _answer(response: aiohttp.ClientResponse) -> dict[str, Any]:
    """Return the body as an object: once there is a status, a broken body changes nothing."""
    try:
        answer = await response.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _id(answer: Mapping[str, Any]) -> str:
    return str(answer.get("id") or "")


def _activities(reference: Mapping[str, Any], activity_id: Any, targeted: bool) -> str:
    path = f"{_conversation(reference)}/activities"
    if activity_id:
        path += f"/{quote(str(activity_id), safe='')}"
    return f"{path}?isTargetedActivity=true" if targeted else path


def _conversation(reference: Mapping[str, Any]) -> str:
    return f"/v3/conversations/{quote(reference['conversation']['id'], safe='')}"
