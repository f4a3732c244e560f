"""Rows of a SharePoint list: one for each key, whatever happens on the way."""

import asyncio
from typing import Any

import httpx
import pytest

from graph.client import Graph
from graph.columns import internal_name
from graph.errors import Unavailable
from graph.sandbox.server import Sandbox

LIST = "Service requests"


async def test_a_row_is_made_with_its_list_and_columns(graph: Graph) -> None:
    await graph.lists.put_row(LIST, "SR-2027-0001", {"Title": "Data", "Needed by": "12 Jan"})
    (row,) = await graph.lists.rows(LIST)
    assert (row["Key"], row["Title"], row["NeededBy"]) == ("SR-2027-0001", "Data", "12 Jan")


async def test_the_same_key_is_the_same_row(graph: Graph) -> None:
    first = await graph.lists.put_row(LIST, "SR-2027-0001", {"State": "Filed"})
    again = await graph.lists.put_row(LIST, "SR-2027-0001", {"State": "Done", "Owner": "IOM"})
    other = await graph.lists.put_row(LIST, "SR-2027-0002", {"State": "Filed"})
    rows = await graph.lists.rows(LIST)
    assert first == again != other
    assert [row["State"] for row in rows] == ["Done", "Filed"]
    assert rows[0]["Owner"] == "IOM"


async def test_a_key_with_a_quote_is_found(graph: Graph) -> None:
    first = await graph.lists.put_row(LIST, "it's 'quoted'", {})
    assert await graph.lists.put_row(LIST, "it's 'quoted'", {}) == first


async def test_long_text_is_kept_whole_in_a_long_column_and_cut_in_others(graph: Graph) -> None:
    text = "línea\n" * 200
    await graph.lists.put_row(LIST, "1", {"Details": text, "Note": "y" * 400}, long=["Details"])
    (row,) = await graph.lists.rows(LIST)
    assert row["Details"] == text
    assert row["Note"] == "y" * 254 + "…"


async def test_a_lost_answer_makes_one_row(graph: Graph, fail: Any) -> None:
    await fail(match="/items$", method="POST", drop="after")
    await graph.lists.put_row(LIST, "1", {"State": "Filed"})
    assert len(await graph.lists.rows(LIST)) == 1


async def test_two_at_once_make_one_list_and_one_row(sandbox: Sandbox) -> None:
    one, other = Graph(sandbox.settings), Graph(sandbox.settings)
    try:
        ids = await asyncio.gather(
            one.lists.put_row(LIST, "1", {"State": "a"}),
            other.lists.put_row(LIST, "1", {"State": "b"}),
        )
        assert ids[0] == ids[1]
        assert len(await one.lists.rows(LIST)) == 1
    finally:
        await one.close()
        await other.close()


async def test_a_row_that_somebody_deleted_is_made_again(
    graph: Graph, http: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    row = await graph.lists.put_row(LIST, "1", {"State": "a"})
    await http.delete(f"/sites/{sandbox.settings.site_id}/lists/{LIST}/items/{row}")
    await graph.lists.put_row(LIST, "1", {"State": "b"})
    assert [row["State"] for row in await graph.lists.rows(LIST)] == ["b"]


async def test_a_list_that_somebody_deleted_is_made_again(
    graph: Graph, http: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    await graph.lists.put_row(LIST, "1", {"State": "a"})
    gone = await http.delete(f"/sites/{sandbox.settings.site_id}/lists/{LIST}")
    assert gone.status_code == 204
    await graph.lists.put_row(LIST, "1", {"State": "b"})
    assert [row["State"] for row in await graph.lists.rows(LIST)] == ["b"]


async def test_a_column_that_somebody_made_is_used(
    graph: Graph, http: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    await graph.lists.put_row(LIST, "1", {})
    column = {"name": "State", "displayName": "State", "text": {}}
    await http.post(f"/sites/{sandbox.settings.site_id}/lists/{LIST}/columns", json=column)
    await graph.lists.put_row(LIST, "1", {"State": "a"})
    assert (await graph.lists.rows(LIST))[0]["State"] == "a"


async def test_a_list_that_is_not_there_has_no_rows(graph: Graph) -> None:
    assert await graph.lists.rows("Nothing") == []


async def test_graph_away_is_said_so_that_the_job_comes_back(graph: Graph, fail: Any) -> None:
    await fail(match="/lists", status=500, times=9)
    with pytest.raises(Unavailable):
        await graph.lists.put_row(LIST, "1", {})


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("Title", "Title"),
        ("Needed by", "NeededBy"),
        ("State", "State"),
        ("Created", "IbcCreated"),
        ("7 days", "Ibc7Days"),
        ("¿?", "Column"),
        ("A very long name of a column that nobody would give", "AVeryLongNameOfAColumnThatNobody"),
    ],
)
def test_a_column_has_a_plain_name_inside(column: str, name: str) -> None:
    assert internal_name(column) == name
