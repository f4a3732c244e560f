"""The keys that the channel signs its tokens with, fetched when needed and kept for a day."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import jwt
import structlog

log = structlog.get_logger()

# "Refresh at least every 24 hours": Bot Connector authentication, step 3.
KEPT_FOR = 24 * 3600.0
# Callers who invent key ids must not make us hammer the issuer.
UNKNOWN_KEY_PAUSE = 10.0
FETCH_TIMEOUT = aiohttp.ClientTimeout(total=5)


class KeysUnavailable(Exception):
    """The issuer could not be asked, so no token can be judged."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One public key, and the channels it may sign for."""

    key_id: str
    key: Any
    endorsements: frozenset[str]


class SigningKeys:
    """The issuer's key set. A key id seen for the first time makes it ask again, at once."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        metadata_url: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._http = http
        self._metadata_url = metadata_url
        self._clock = clock
        self._keys: dict[str, SigningKey] = {}
        self._stale_at = float("-inf")
        self._may_ask_at = float("-inf")
        self._fetching = asyncio.Lock()

    async def find(self, key_id: str) -> SigningKey | None:
        """Return the key of that id, or None when the issuer does not have it.

        Raises KeysUnavailable when the issuer has never answered.
        """
        key = self._keys.get(key_id)
        if key is not None and self._clock() < self._stale_at:
            return key
        async with self._fetching:
            if key_id not in self._keys or self._clock() >= self._stale_at:
                await self._refresh()
        if not self._keys:
            raise KeysUnavailable(self._metadata_url)
        return self._keys.get(key_id)

    async def _refresh(self) -> None:
        if self._clock() < self._may_ask_at:
            return
        first = not self._keys
        try:
            self._keys = _usable(await self._fetch())
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
            # Old keys stay in use: refusing everybody would be worse than a day-old key.
            log.error("signing-keys-unavailable", url=self._metadata_url, error=repr(error))
            self._may_ask_at = self._clock() + (1.0 if first else UNKNOWN_KEY_PAUSE)
            return
        self._stale_at = self._clock() + KEPT_FOR
        # The first answer may be seconds older than a rotation, so it grants one more question.
        self._may_ask_at = self._clock() + (0.0 if first else UNKNOWN_KEY_PAUSE)

    async def _fetch(self) -> list[Mapping[str, Any]]:
        metadata = await self._get(self._metadata_url)
        keys = (await self._get(metadata["jwks_uri"]))["keys"]
        if not isinstance(keys, list) or not keys:
            raise ValueError("an empty key set")
        return keys

    async def _get(self, url: str) -> Any:
        async with self._http.get(url, timeout=FETCH_TIMEOUT, allow_redirects=False) as response:
            response.raise_for_status()
            return await response.json(content_type=None)


def _usable(keys: Iterable[Mapping[str, Any]]) -> dict[str, SigningKey]:
    """Keep the RSA keys; a key of a kind that we cannot read must not cost us the others."""
    usable = {}
    for key in keys:
        try:
            if key["kty"] == "RSA":
                endorsed = frozenset(key.get("endorsements") or ())
                key_id = str(key["kid"])
                public = jwt.PyJWK(dict(key), "RS256").key
                usable[key_id] = SigningKey(key_id, public, endorsed)
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            log.warning("signing-key-unreadable", error=repr(error))
    return usable
