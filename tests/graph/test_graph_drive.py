"""Documents go into the library and come out again, through the real SDK."""

import asyncio
import dataclasses
from typing import Any

import httpx
import pytest

from graph.client import Graph
from graph.errors import (
    Conflict,
    Locked,
    NotFound,
    PreconditionFailed,
    ResyncRequired,
    Unavailable,
)
from graph.quickxor import quick_xor_hash
from graph.sandbox import items
from graph.sandbox.server import Sandbox


async def test_a_document_is_filed_with_its_folders_and_metadata(graph: Graph) -> None:
    filed = await graph.drive.put(
        "Minutes/2027",
        "Minutes 12.docx",
        b"text",
        title="Minutes of meeting 12",
        metadata={"Meeting": "12", "Filed by": "UNICEF (Secretariat)"},
    )
    assert (filed.name, filed.folder, filed.size) == ("Minutes 12.docx", "Minutes/2027", 4)
    assert filed.hash == quick_xor_hash(b"text")
    assert filed.web_url.endswith("/Minutes/2027/Minutes%2012.docx")
    assert await graph.drive.download(filed.id) == b"text"
    assert await graph.drive.get(filed.id) == filed


async def test_metadata_stands_in_columns_that_people_can_read(
    graph: Graph, http: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    filed = await graph.drive.put(
        "Reports", "r.pdf", b"1", title="Report", metadata={"Filed by": "IOM"}
    )
    drive = f"/drives/{sandbox.settings.drive_id}"
    fields = (await http.get(f"{drive}/items/{filed.id}/listItem/fields")).json()
    columns = (await http.get(f"{drive}/list/columns")).json()["value"]
    assert (fields["Title"], fields["FiledBy"]) == ("Report", "IOM")
    assert "Filed by" in [column["displayName"] for column in columns]


async def test_a_name_that_sharepoint_refuses_is_changed_and_kept(
    graph: Graph, http: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    filed = await graph.drive.put("Meetings: 2027/", "Q&A: what next?.txt", b"1")
    path = f"/drives/{sandbox.settings.drive_id}/items/{filed.id}/listItem/fields"
    assert (filed.folder, filed.name) == ("Meetings - 2027", "Q&A - what next.txt")
    assert (await http.get(path)).json()["OriginalName"] == "Q&A: what next?.txt"


@pytest.mark.parametrize(
    "name", ["100% #1.txt", "a+b & c.txt", "Ñandú ó 会議.txt", "it's.txt", "x;y,z=.txt", "a:b.txt"]
)
async def test_any_name_can_be_filed_and_found_again(graph: Graph, name: str) -> None:
    filed = await graph.drive.put("Working groups/50% + #2", name, b"1")
    found = await graph.drive.find(f"Working groups/50% + #2/{filed.name}")
    assert found is not None
    assert found.id == filed.id


async def test_the_same_document_is_filed_once(graph: Graph) -> None:
    first = await graph.drive.put("Reports", "r.pdf", b"1")
    again = await graph.drive.put("Reports", "r.pdf", b"1")
    assert again.id == first.id
    assert len(await graph.drive.list("Reports")) == 1


async def test_another_document_of_the_same_name_stands_beside_it(graph: Graph) -> None:
    await graph.drive.put("Reports", "r.pdf", b"1")
    other = await graph.drive.put("Reports", "R.PDF", b"2")
    again = await graph.drive.put("Reports", "R.PDF", b"2")
    assert other.id == again.id
    assert [item.name for item in await graph.drive.list("Reports")] == ["r 1.pdf", "r.pdf"]


async def test_replacing_makes_a_new_version_of_the_same_file(graph: Graph) -> None:
    first = await graph.drive.put("Reports", "r.pdf", b"1", conflict="replace")
    second = await graph.drive.put("Reports", "r.pdf", b"22", conflict="replace")
    assert second.id == first.id
    assert second.ctag != first.ctag
    assert await graph.drive.download(first.id) == b"22"


async def test_a_name_that_must_be_free_is_a_conflict_when_it_is_not(graph: Graph) -> None:
    await graph.drive.put("Reports", "r.pdf", b"1", conflict="fail")
    with pytest.raises(Conflict):
        await graph.drive.put("Reports", "r.pdf", b"2", conflict="fail")


@pytest.mark.parametrize("size", [1, 5_000_000])
async def test_a_version_that_somebody_changed_is_not_overwritten(graph: Graph, size: int) -> None:
    first = await graph.drive.put("Reports", "r.txt", b"1")
    second = await graph.drive.put(
        "Reports", "r.txt", b"2" * size, conflict="replace", if_match=first.etag
    )
    with pytest.raises(PreconditionFailed):
        await graph.drive.put(
            "Reports", "r.txt", b"3" * size, conflict="replace", if_match=first.etag
        )
    assert second.id == first.id
    assert await graph.drive.download(first.id) == b"2" * size


async def test_two_at_once_make_one_folder(graph: Graph) -> None:
    await asyncio.gather(
        graph.drive.put("Reports/2027/Q1", "a.txt", b"1"),
        graph.drive.put("Reports/2027/Q1", "b.txt", b"2"),
    )
    assert [item.name for item in await graph.drive.list("Reports")] == ["2027"]
    assert [item.name for item in await graph.drive.list("Reports/2027/Q1")] == ["a.txt", "b.txt"]


async def test_a_lost_answer_does_not_file_twice(graph: Graph, fail: Any) -> None:
    await fail(match="/content", method="PUT", drop="after")
    filed = await graph.drive.put("Reports", "r.pdf", b"1")
    assert [item.id for item in await graph.drive.list("Reports")] == [filed.id]


async def test_an_upload_that_never_arrived_is_said_to_be_unknown(graph: Graph, fail: Any) -> None:
    await fail(match="/content", method="PUT", drop="before")
    with pytest.raises(Unavailable) as failed:
        await graph.drive.put("Reports", "r.pdf", b"1")
    assert failed.value.outcome_unknown
    assert not await graph.drive.list("Reports")


async def test_a_file_that_is_open_in_office_is_locked(graph: Graph, fail: Any) -> None:
    await fail(match="/content", method="PUT", status=423)
    with pytest.raises(Locked):
        await graph.drive.put("Reports", "r.pdf", b"1", conflict="replace")


async def test_columns_that_change_under_our_hands_are_written_again(
    graph: Graph, fail: Any
) -> None:
    await fail(match="listItem/fields", method="PATCH", status=409)
    filed = await graph.drive.put("Reports", "r.pdf", b"1", title="Report")
    assert filed.name == "r.pdf"


async def test_a_library_whose_columns_we_may_not_make_still_takes_documents(
    graph: Graph, fail: Any
) -> None:
    await fail(match="/list/columns", method="POST", status=403)
    filed = await graph.drive.put("Reports", "r.pdf", b"1", metadata={"Meeting": "12"})
    assert await graph.drive.download(filed.id) == b"1"


async def test_what_is_gone_is_not_found_and_deleting_twice_is_fine(graph: Graph) -> None:
    filed = await graph.drive.put("Reports", "r.pdf", b"1")
    await graph.drive.delete(filed.id)
    await graph.drive.delete(filed.id)
    with pytest.raises(NotFound):
        await graph.drive.get(filed.id)
    assert await graph.drive.find("Reports/r.pdf") is None
    assert await graph.drive.list("No such folder") == ()


async def test_a_large_folder_is_listed_to_its_end(graph: Graph, sandbox: Sandbox) -> None:
    folder = items.make(sandbox.tenant, items.ROOT, "Many", None)
    with sandbox.tenant.store.transaction():
        for number in range(430):
            items.make(sandbox.tenant, folder["id"], f"{number}.txt", None)
    assert len(await graph.drive.list("Many")) == 430


@pytest.mark.parametrize("size", [10, 5_000_000])
async def test_a_file_that_sharepoint_rewrites_is_neither_doubted_nor_filed_twice(
    graph: Graph, sandbox: Sandbox, size: int
) -> None:
    sandbox.tenant.rewrites = (".docx",)
    content = b"x" * size
    first = await graph.drive.put("Minutes", "Acta.docx", content)
    again = await graph.drive.put("Minutes", "Acta.docx", content)
    other = await graph.drive.put("Minutes", "Acta.docx", b"y")
    assert first.hash != quick_xor_hash(content)
    assert first.size > size
    assert again.id == first.id
    assert other.name == "Acta 1.docx"


async def test_delta_tells_what_changed_since_the_bookmark(graph: Graph) -> None:
    everything, link = await graph.drive.delta()
    assert {"Minutes", "Reports"} <= {item.name for item in everything}
    filed = await graph.drive.put("Reports", "r.pdf", b"1")
    changed, link = await graph.drive.delta(link)
    assert [item.id for item in changed if not item.is_folder] == [filed.id]
    await graph.drive.delete(filed.id)
    changed, link = await graph.drive.delta(link)
    assert [(item.id, item.is_deleted) for item in changed if not item.is_folder] == [
        (filed.id, True)
    ]
    assert (await graph.drive.delta(link))[0] == ()


async def test_an_old_bookmark_asks_for_a_fresh_start(graph: Graph, sandbox: Sandbox) -> None:
    _, link = await graph.drive.delta()
    async with httpx.AsyncClient(trust_env=False) as client:
        await client.post(f"{sandbox.origin}/sandbox/delta/expire")
    with pytest.raises(ResyncRequired) as ended:
        await graph.drive.delta(link)
    everything, _ = await graph.drive.delta(ended.value.location)
    assert "Minutes" in [item.name for item in everything]


async def test_the_library_can_start_at_a_folder_of_the_channel(sandbox: Sandbox) -> None:
    inside = Graph(dataclasses.replace(sandbox.settings, library_root="General", drive_id=None))
    outside = Graph(sandbox.settings)
    try:
        filed = await inside.drive.put("Minutes", "m.txt", b"1")
        assert filed.folder == "Minutes"
        assert (await outside.drive.get(filed.id)).folder == "General/Minutes"
        assert [item.name for item in await inside.drive.list("")] == ["Minutes"]
    finally:
        await inside.close()
        await outside.close()
