"""Fetches what a member attached, from Microsoft's storage only."""

from fnmatch import fnmatch

import aiohttp
from yarl import URL

from jobs.engine import RetryLater

#: What one document may weigh, in bytes.
LARGEST = 100 * 1024 * 1024


class NotFetched(Exception):
    """The file is not to be had; `reason` is the key of a sentence that says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Fetcher:
    """`hosts` are the patterns of names that files may come from, such as `*.sharepoint.com`.

    An address in a message is a member's word: without this list the bot would fetch from
    inside the network it runs in.
    """

    def __init__(self, http: aiohttp.ClientSession, hosts: tuple[str, ...]) -> None:
        self._http = http
        self._hosts = hosts

    async def fetch(self, url: str) -> bytes:
        """The content of a file; raises NotFetched, or RetryLater when its server is away."""
        try:
            # Read once, by the library that fetches: two readers may see two hosts in one address.
            address = URL(url)
        except ValueError as error:
            raise NotFetched("host") from error
        host = (address.host or "").lower()
        is_local = host in ("127.0.0.1", "localhost") and host in self._hosts
        if not any(fnmatch(host, pattern) for pattern in self._hosts):
            raise NotFetched("host")
        if address.scheme != "https" and not is_local:
            raise NotFetched("host")
        try:
            async with self._http.get(address, allow_redirects=False) as response:
                return await _content(response)
        except aiohttp.InvalidURL as error:
            raise NotFetched("host") from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise RetryLater(30, "attachment") from error


async def _content(response: aiohttp.ClientResponse) -> bytes:
    if response.status in (429, 502, 503, 504):
        raise RetryLater(30, "attachment")
    if response.status != 200:
        raise NotFetched("gone")
    parts, size = [], 0
    async for part in response.content.iter_chunked(1 << 16):
        size += len(part)
        if size > LARGEST:
            raise NotFetched("large")
        parts.append(part)
    return b"".join(parts)
