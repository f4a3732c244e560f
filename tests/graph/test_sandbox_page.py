"""The page shows a person what the bot has done, and runs nothing that people wrote."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest

from graph.calendar import CalendarEvent
from graph.client import Graph
from graph.sandbox.server import Sandbox
from graph.sandbox.views import heading

START = datetime(2027, 3, 9, 10, 0, tzinfo=ZoneInfo("America/Panama"))
MEETING = CalendarEvent(
    "meeting:12",
    "Regular <b>meeting</b>",
    "Agenda\n1. Opening",
    START,
    START + timedelta(hours=2),
    "America/Panama",
    "Clayton",
)


@pytest.fixture
async def page(sandbox: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        base_url=sandbox.origin, trust_env=False, verify=False, follow_redirects=True
    ) as client:
        yield client


async def test_a_newcomer_sees_the_folders_and_what_to_do(page: httpx.AsyncClient) -> None:
    text = (await page.get("/")).text
    for folder in ("Meetings", "Minutes", "Service requests", "Reports", "Terms of Reference"):
        assert folder in text
    assert "Monday 4 January 2027, 14:00 UTC" in text
    assert "No meetings ahead" in text


async def test_nothing_is_fetched_from_elsewhere(page: httpx.AsyncClient) -> None:
    text = (await page.get("/")).text.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in text
    assert text.count("<script>") == 1


async def test_a_document_is_seen_with_its_metadata_and_opened(
    graph: Graph, page: httpx.AsyncClient
) -> None:
    filed = await graph.drive.put(
        "Minutes/2027", "Acta ñ 1.txt", "contenido ñ".encode(), metadata={"Filed by": "UNICEF"}
    )
    assert "Filed by</b> UNICEF" in (await page.get("/")).text
    folder = filed.web_url.rpartition("/")[0]
    assert "Acta ñ 1.txt" in (await page.get(folder)).text
    opened = await page.get(filed.web_url)
    assert opened.text == "contenido ñ"
    assert "sandbox" in opened.headers["Content-Security-Policy"]


async def test_a_file_that_could_run_is_downloaded(graph: Graph, page: httpx.AsyncClient) -> None:
    filed = await graph.drive.put("Reports", "x.html", b"<script>alert(1)</script>")
    opened = await page.get(filed.web_url)
    assert opened.headers["Content-Disposition"].startswith("attachment")
    assert opened.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_meeting_is_seen_in_its_own_zone(graph: Graph, page: httpx.AsyncClient) -> None:
    made = await graph.calendar.put(MEETING, "t")
    text = (await page.get("/calendar")).text
    assert "March 2027" in text
    assert "10:00–12:00" in text
    assert "Panama (UTC−05:00)" in text
    assert "Regular &lt;b&gt;meeting&lt;/b&gt;" in text
    shown = (await page.get(made.web_url)).text
    assert "Tuesday 9 March 2027" in shown
    assert "1. Opening" in shown
    await graph.calendar.cancel(made.id)
    assert "taken out of the calendar" in (await page.get(made.web_url)).text
    assert "Regular" not in (await page.get("/calendar")).text


async def test_rows_and_mail_are_seen(graph: Graph, page: httpx.AsyncClient) -> None:
    await graph.lists.put_row(
        "Service requests", "SR-2027-0001", {"Title": "Data", "State": "Open"}
    )
    await graph.mail.send(["a@b.example"], "Hello", html_body="<p>Dear</p><script>x</script>")
    text = (await page.get("/")).text
    assert "SR-2027-0001" in text
    assert "a@b.example" in text
    assert "Data" in (await page.get("/lists")).text
    letter = text.partition('href="/mail/')[2].partition('"')[0]
    shown = (await page.get(f"/mail/{letter}")).text
    assert "<iframe sandbox" in shown
    assert "<script>x" not in shown


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ({"Key": "SR-1", "Title": "Data"}, "SR-1 · Data"),
        ({"Key": "SR-1", "Title": "SR-1 Data"}, "SR-1 Data"),
        ({"Key": "SR-1", "Title": "SR-1"}, "SR-1"),
        ({"Key": "SR-1"}, "SR-1"),
        ({"Title": "Data"}, "Data"),
    ],
)
def test_a_row_is_called_by_its_key_and_title_once(row: dict[str, str], shown: str) -> None:
    assert heading(row) == shown


async def test_an_open_page_learns_of_changes(graph: Graph, page: httpx.AsyncClient) -> None:
    before = (await page.get("/sandbox/version")).json()["version"]
    await graph.drive.put("Reports", "r.txt", b"1")
    assert (await page.get("/sandbox/version")).json()["version"] > before


@pytest.mark.parametrize(
    "path", ["/mail/none", "/events/none", "/lists/none", "/sites/ibc-hm/none"]
)
async def test_what_is_not_there_is_said(page: httpx.AsyncClient, path: str) -> None:
    assert (await page.get(path)).status_code == 404


@pytest.mark.parametrize("path", ["../../../etc/passwd", "..%2f..%2fsandbox.sqlite", "%00"])
async def test_nothing_outside_the_library_is_served(page: httpx.AsyncClient, path: str) -> None:
    answer = await page.get(f"/sites/ibc-hm/Shared Documents/{path}")
    assert answer.status_code in (400, 404)
