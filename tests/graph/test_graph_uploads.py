"""Large files go in fragments, through plain requests that carry no token."""

import os
from typing import Any

import pytest

from graph import uploads
from graph.client import Graph
from graph.errors import Conflict, QuotaExceeded, Unavailable
from graph.quickxor import quick_xor_hash


@pytest.fixture(autouse=True)
def small_fragments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "SIMPLE_LARGEST", 1000)
    monkeypatch.setattr(uploads, "FRAGMENT", 327_680)


LARGE = os.urandom(3 * 327_680 + 17)


async def test_a_large_file_arrives_whole(graph: Graph) -> None:
    filed = await graph.drive.put("Reports", "Annex 50% #1.pdf", LARGE)
    assert filed.hash == quick_xor_hash(LARGE)
    assert await graph.drive.download(filed.id) == LARGE


async def test_a_file_of_whole_fragments_has_no_empty_one_at_its_end(graph: Graph) -> None:
    content = os.urandom(2 * 327_680)
    filed = await graph.drive.put("Reports", "a.pdf", content)
    assert filed.size == len(content)


async def test_an_empty_file_is_put_whole(graph: Graph) -> None:
    filed = await graph.drive.put("Reports", "empty.txt", b"")
    assert await graph.drive.download(filed.id) == b""


async def test_a_fragment_whose_answer_was_lost_is_not_sent_again(graph: Graph, fail: Any) -> None:
    await fail(match="/_files/upload/", method="PUT", drop="after")
    filed = await graph.drive.put("Reports", "a.pdf", LARGE)
    assert await graph.drive.download(filed.id) == LARGE


async def test_a_fragment_that_did_not_arrive_is_sent_again(graph: Graph, fail: Any) -> None:
    await fail(match="/_files/upload/", method="PUT", drop="before")
    await fail(match="/_files/upload/", method="PUT", status=503, retry_after=0)
    await fail(match="/_files/upload/", method="PUT", status=429, retry_after=0)
    await fail(match="/_files/upload/", method="PUT", status=416)
    filed = await graph.drive.put("Reports", "a.pdf", LARGE)
    assert await graph.drive.download(filed.id) == LARGE


async def test_a_session_that_is_not_known_yet_is_asked_again(graph: Graph, fail: Any) -> None:
    await fail(match="/_files/upload/", method="PUT", status=404)
    filed = await graph.drive.put("Reports", "a.pdf", LARGE)
    assert await graph.drive.download(filed.id) == LARGE


async def test_a_session_that_ended_starts_over(graph: Graph, fail: Any) -> None:
    await fail(match="/_files/upload/", method="PUT", status=404, times=2)
    filed = await graph.drive.put("Reports", "a.pdf", LARGE)
    assert await graph.drive.download(filed.id) == LARGE


async def test_a_lost_last_answer_does_not_file_twice(
    graph: Graph, fail: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "FRAGMENT", 4 * 327_680)
    await fail(match="/_files/upload/", method="PUT", drop="after")
    filed = await graph.drive.put("Reports", "a.pdf", LARGE)
    assert [item.id for item in await graph.drive.list("Reports")] == [filed.id]


async def test_a_service_that_stays_away_is_given_up(graph: Graph, fail: Any) -> None:
    await fail(match="/_files/upload/", method="PUT", status=503, retry_after=0, times=50)
    with pytest.raises(Unavailable):
        await graph.drive.put("Reports", "a.pdf", LARGE)


async def test_no_space_is_said_at_once(graph: Graph, fail: Any) -> None:
    await fail(match="createUploadSession", status=507)
    with pytest.raises(QuotaExceeded):
        await graph.drive.put("Reports", "a.pdf", LARGE)


async def test_large_files_keep_to_the_conflict_rule(graph: Graph) -> None:
    first = await graph.drive.put("Reports", "a.pdf", LARGE)
    with pytest.raises(Conflict):
        await graph.drive.put("Reports", "a.pdf", LARGE + b"1", conflict="fail")
    replaced = await graph.drive.put("Reports", "a.pdf", LARGE + b"1", conflict="replace")
    beside = await graph.drive.put("Reports", "a.pdf", LARGE + b"2", conflict="rename")
    assert (replaced.id, beside.name) == (first.id, "a 1.pdf")
