"""A service account signs in once, so that a group's calendar can be written in its name.

The way is the device code: the operator opens a page, types a code and signs in as the service
account; no password passes through the bot. What stays is a refresh token in a file.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from graph.credentials import DELEGATED_SCOPE, object_in, write_refresh_token
from graph.errors import NotConfigured, Unauthorized, Unavailable
from graph.http import http_client
from graph.settings import LOGIN_URL, GraphSettings

GRANT = "urn:ietf:params:oauth:grant-type:device_code"
STILL_WAITING = ("authorization_pending", "slow_down")


async def sign_in(settings: GraphSettings, show: Callable[[str], None]) -> Path:
    """Sign the service account in; the file that now keeps its refresh token.

    `show` gets the sentence that names the page and the code. Waits until the person is done;
    Unauthorized is raised when the code ran out or the sign-in was declined.
    """
    if settings.token_file is None:
        raise NotConfigured("A service account needs the file that keeps its sign-in.")
    login = f"{(settings.login_url or LOGIN_URL).rstrip('/')}/{settings.tenant_id}/oauth2/v2.0"
    async with http_client(settings) as http:
        asked = {"client_id": settings.client_id, "scope": DELEGATED_SCOPE}
        code = await _post(http, f"{login}/devicecode", asked)
        if "device_code" not in code:
            raise Unauthorized(401, str(code.get("error", "")))
        show(str(code["message"]))
        granted = await _granted(http, f"{login}/token", settings, code)
    token = str(granted["refresh_token"])
    await asyncio.to_thread(write_refresh_token, settings.token_file, token)
    return settings.token_file


async def _granted(
    http: httpx.AsyncClient, url: str, settings: GraphSettings, code: dict[str, Any]
) -> dict[str, Any]:
    form = {
        "grant_type": GRANT,
        "client_id": settings.client_id,
        "device_code": str(code["device_code"]),
    }
    pause = float(code.get("interval", 5))
    while True:
        answer = await _post(http, url, form)
        if "refresh_token" in answer:
            return answer
        error = str(answer.get("error", ""))
        if error not in STILL_WAITING:
            raise Unauthorized(401, error)
        pause += 5 if error == "slow_down" else 0
        await asyncio.sleep(pause)


async def _post(http: httpx.AsyncClient, url: str, form: dict[str, str]) -> dict[str, Any]:
    try:
        answer = await http.post(url, data=form)
    except httpx.TransportError as unreached:
        raise Unavailable(0, "loginUnreachable") from unreached
    body = object_in(answer)
    if body is None:
        raise Unavailable(answer.status_code, "loginFailed")
    return body
