"""HTTP clients for Graph and its login server, one form for both."""

from __future__ import annotations

from typing import Any

import httpx

from graph.settings import GraphSettings

# How Microsoft asks traffic to be decorated so that it is the last to be throttled
# ("Avoid getting throttled or blocked in SharePoint Online").
USER_AGENT = "NONISV|RCPLAC|IbcHmBot/0.1.0"


def http_client(settings: GraphSettings, **options: Any) -> httpx.AsyncClient:
    """A client that asks proxies and checks certificates, save for this machine itself."""
    is_remote = not settings.is_loopback
    return httpx.AsyncClient(
        headers={"User-Agent": USER_AGENT},
        timeout=httpx.Timeout(100, connect=30),
        http2=is_remote,
        trust_env=is_remote,
        verify=is_remote,
        **options,
    )
