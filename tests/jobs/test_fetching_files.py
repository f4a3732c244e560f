"""Fetching attachments: from Microsoft's storage only, never from inside the network (SSRF)."""

import aiohttp
import pytest

from jobs.fetching import Fetcher, NotFetched


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example.org/a",
        "http://example.sharepoint.com/a",
        "https://sharepoint.com.evil.example.org/a",
        "https://evilsharepoint.com/a",
        "https://example.sharepoint.com@evil.example.org/a",
        "https://evil.example.org#.sharepoint.com",
        "https://evil.example.org\\.sharepoint.com/a",
        "http://127.0.0.1/a",
        "http://[::1]/a",
        "http://localhost:3978/health",
        "http://169.254.169.254/latest",
        "https://169.254.169.254/latest",
        "ftp://example.sharepoint.com/a",
        "file:///etc/passwd",
        "//example.sharepoint.com/a",
        "",
        "x",
    ],
)
async def test_foreign_address_is_refused_without_a_call(url):
    async with aiohttp.ClientSession() as http:
        with pytest.raises(NotFetched) as refused:
            await Fetcher(http, ("*.sharepoint.com",)).fetch(url)
    assert refused.value.reason == "host"


@pytest.mark.parametrize("url", ["https://[::1", "https://example.sharepoint.com:port/a"])
async def test_address_that_is_none_is_refused(url):
    async with aiohttp.ClientSession() as http:
        with pytest.raises(NotFetched):
            await Fetcher(http, ("*.sharepoint.com",)).fetch(url)
