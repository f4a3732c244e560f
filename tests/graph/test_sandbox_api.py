"""The sandbox answers other clients as Graph does: addresses, refusals, pages, versions."""

import json
from typing import Any

import httpx
import pytest

from graph.sandbox.addresses import segments_of
from graph.sandbox.server import Sandbox
from graph.sandbox.tenant import DRIVE_ID, GROUP_ID, MAILBOX, SITE_ID

DRIVE = f"/drives/{DRIVE_ID}"


@pytest.mark.parametrize(
    ("path", "segments"),
    [
        ("drives/D/root", ["drives", "D", "items", "root"]),
        ("drives/D/root/children", ["drives", "D", "items", "root", "children"]),
        ("drives/D/root:/a%20b/x.txt", ["drives", "D", "items", "root:/a b/x.txt"]),
        ("drives/D/root:/a/x.txt:/content", ["drives", "D", "items", "root:/a/x.txt", "content"]),
        (
            "drives/D/items/root%3A%2Fa%20b%2Fx.txt%3A/content",
            ["drives", "D", "items", "root:/a b/x.txt", "content"],
        ),
        (
            "drives/D/items/01A:/x%23%25.txt:/content",
            ["drives", "D", "items", "01A:/x#%.txt", "content"],
        ),
        ("drives/D/items/root/delta()", ["drives", "D", "items", "root", "delta"]),
        ("drives/D/root/microsoft.graph.delta()", ["drives", "D", "items", "root", "delta"]),
        ("sites/S/drive/root:/a", ["drives", DRIVE_ID, "items", "root:/a"]),
        (f"groups/{GROUP_ID}/drive", ["drives", DRIVE_ID]),
        ("sites/host.example:/sites/ibc-hm", ["sites", SITE_ID]),
        ("sites/host.example:/sites/ibc-hm:/lists", ["sites", SITE_ID, "lists"]),
    ],
)
def test_every_way_to_write_an_address_is_understood(path: str, segments: list[str]) -> None:
    assert segments_of(path) == segments


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 400, "BadRequest"),
        ("DELETE", DRIVE, 405, "Request_BadRequest"),
        ("GET", "/drives/b!other", 404, "itemNotFound"),
        ("GET", f"{DRIVE}/items/01NONE", 404, "itemNotFound"),
        ("GET", f"{DRIVE}/root:/none.txt", 404, "itemNotFound"),
        ("DELETE", f"{DRIVE}/root", 403, "accessDenied"),
        ("GET", f"{DRIVE}/root/content", 400, "invalidRequest"),
        ("GET", f"/sites/{SITE_ID}/lists/none", 404, "itemNotFound"),
        ("GET", "/users/nobody@example.org/calendars", 404, "ErrorInvalidUser"),
        ("GET", f"/users/{MAILBOX}/calendars/none/events", 404, "ErrorItemNotFound"),
        ("GET", f"/users/{MAILBOX}/events/none", 404, "ErrorItemNotFound"),
        ("GET", f"/users/{MAILBOX}/calendarView", 400, "ErrorInvalidParameter"),
        ("GET", f"/groups/{GROUP_ID}/events", 403, "ErrorAccessDenied"),
        ("GET", "/subscriptions/none", 404, "ResourceNotFound"),
        ("GET", f"{DRIVE}/root/children?$top=many", 400, "BadRequest"),
        ("POST", f"/users/{MAILBOX}/events", 400, "BadRequest"),
    ],
)
async def test_what_graph_refuses_is_refused_in_its_form(
    http: httpx.AsyncClient, method: str, path: str, status: int, code: str
) -> None:
    answer = await http.request(method, path)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code)
    assert error["innerError"]["request-id"] == answer.headers["request-id"]


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer abc", "Basic abc"])
async def test_a_request_without_a_token_of_ours_is_refused(sandbox: Sandbox, token: str) -> None:
    headers = {"Authorization": token} if token else {}
    async with httpx.AsyncClient(trust_env=False, verify=False) as client:
        answer = await client.get(f"{sandbox.base_url}{DRIVE}", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "InvalidAuthenticationToken"
    assert "WWW-Authenticate" in answer.headers


async def test_a_refresh_token_opens_no_door_of_graph(sandbox: Sandbox) -> None:
    from graph.sandbox.tokens import issued

    token = issued(sandbox.tenant, {"use": "refresh"}, 100)
    async with httpx.AsyncClient(trust_env=False, verify=False) as client:
        headers = {"Authorization": f"Bearer {token}"}
        answer = await client.get(f"{sandbox.base_url}{DRIVE}", headers=headers)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "name", ["a:b.txt", "con", "~$a.docx", "x.", " x", 'q".txt', "_vti_.txt", "a" * 256]
)
async def test_names_that_sharepoint_refuses_are_refused(
    http: httpx.AsyncClient, name: str
) -> None:
    body = {"name": name, "folder": {}}
    answer = await http.post(f"{DRIVE}/root/children", json=body)
    assert answer.json()["error"]["code"] == "nameContainsInvalidCharacters"


async def test_a_version_that_is_not_the_present_one_changes_nothing(
    http: httpx.AsyncClient,
) -> None:
    made = (await http.put(f"{DRIVE}/root:/a.txt:/content", content=b"1")).json()
    item, old = f"{DRIVE}/items/{made['id']}", {"If-Match": '"{OTHER},9"'}
    assert (await http.patch(item, json={"name": "b.txt"}, headers=old)).status_code == 412
    assert (await http.put(f"{item}/content", content=b"2", headers=old)).status_code == 412
    assert (await http.delete(item, headers=old)).status_code == 412
    new = {"If-Match": made["eTag"]}
    renamed = (await http.patch(item, json={"name": "b.txt"}, headers=new)).json()
    assert renamed["eTag"] != made["eTag"]
    assert renamed["cTag"] == made["cTag"]


async def test_content_comes_from_another_origin_without_a_token(
    http: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    await http.put(f"{DRIVE}/root:/a.txt:/content", content=b"hello")
    answer = await http.get(f"{DRIVE}/root:/a.txt:/content")
    location = answer.headers["Location"]
    assert answer.status_code == 302
    assert not location.startswith(sandbox.origin)
    async with httpx.AsyncClient(trust_env=False, verify=False) as plain:
        assert (await plain.get(location)).content == b"hello"
    assert (await http.get(location)).status_code == 401


async def test_upload_sessions_keep_to_their_rules(http: httpx.AsyncClient) -> None:
    opened = await http.post(f"{DRIVE}/root:/a.bin:/createUploadSession", json={})
    url = opened.json()["uploadUrl"]
    piece = bytes(327_680)

    async def send(content_range: str, content: bytes = piece) -> httpx.Response:
        return await plain.put(url, content=content, headers={"Content-Range": content_range})

    async with httpx.AsyncClient(trust_env=False, verify=False) as plain:
        assert (await send("bytes 0-99/400000", piece[:100])).status_code == 400
        assert (await send("nonsense")).status_code == 400
        assert (await send("bytes 327680-655359/655360")).status_code == 416
        taken = await send("bytes 0-327679/655361")
        assert (taken.status_code, taken.json()["nextExpectedRanges"]) == (202, ["327680-"])
        assert (await plain.get(url)).json()["nextExpectedRanges"] == ["327680-"]
        assert (await send("bytes 327680-327680/327681", b"x")).status_code == 400
        assert (await send("bytes 0-327679/655361")).status_code == 416
        assert (await plain.delete(url)).status_code == 204
        assert (await plain.get(url)).status_code == 404
    assert (await http.get(f"{DRIVE}/root:/a.bin")).status_code == 404


async def test_delta_pages_leave_nothing_out_and_bookmark_at_the_end(
    http: httpx.AsyncClient,
) -> None:
    for number in range(7):
        await http.put(f"{DRIVE}/root:/{number}.txt:/content", content=b"1")
    names, page = set(), (await http.get(f"{DRIVE}/root/delta?$top=3")).json()
    while "@odata.nextLink" in page:
        assert len(page["value"]) <= 3
        names |= {item["name"] for item in page["value"]}
        page = (await http.get(page["@odata.nextLink"])).json()
    names |= {item["name"] for item in page["value"]}
    assert {f"{number}.txt" for number in range(7)} | {"Minutes"} <= names
    await http.delete(f"{DRIVE}/root:/3.txt")
    (gone,) = [
        item
        for item in (await http.get(page["@odata.deltaLink"])).json()["value"]
        if "deleted" in item
    ]
    assert "name" not in gone


async def test_latest_bookmarks_without_listing(http: httpx.AsyncClient) -> None:
    page = (await http.get(f"{DRIVE}/root/delta?token=latest")).json()
    assert page["value"] == []
    await http.put(f"{DRIVE}/root:/a.txt:/content", content=b"1")
    changed = (await http.get(page["@odata.deltaLink"])).json()["value"]
    assert "a.txt" in [item["name"] for item in changed]


async def test_columns_have_the_rules_of_sharepoint(http: httpx.AsyncClient) -> None:
    lists = f"/sites/{SITE_ID}/lists"
    key = {"name": "Key", "text": {}, "indexed": True, "enforceUniqueValues": True}
    await http.post(lists, json={"displayName": "L", "columns": [key, {"name": "A", "text": {}}]})
    rows = f"{lists}/L/items"

    async def status(fields: dict[str, str]) -> int:
        return (await http.post(rows, json={"fields": fields})).status_code

    assert await status({"Key": "1", "A": "x"}) == 201
    assert await status({"Key": "1"}) == 409
    assert await status({"Nothing": "1"}) == 400
    assert await status({"A": "y" * 256}) == 400
    assert (await http.post(lists, json={"displayName": "l"})).status_code == 409
    assert (await http.get(rows, params={"$filter": "fields/A eq 'x'"})).status_code == 400
    found = await http.get(rows, params={"$filter": "fields/Key eq '1'", "$expand": "fields"})
    assert [row["fields"]["A"] for row in found.json()["value"]] == ["x"]
    honor = {"Prefer": "HonorNonIndexedQueriesWarningMayFailRandomly"}
    found = await http.get(rows, params={"$filter": "fields/A eq 'x'"}, headers=honor)
    assert len(found.json()["value"]) == 1


async def test_the_places_of_the_coalition_lead_to_each_other(http: httpx.AsyncClient) -> None:
    site = (await http.get("/sites/sandbox.sharepoint.com:/sites/ibc-hm")).json()
    group = (await http.get(f"/groups/{GROUP_ID}")).json()
    drives = (await http.get(f"/sites/{site['id']}/drives")).json()["value"]
    mailbox = (await http.get(f"/users/{MAILBOX}")).json()
    (calendar,) = (await http.get(f"/users/{MAILBOX}/calendars")).json()["value"]
    assert site["id"] == SITE_ID
    assert site["displayName"] == group["displayName"]
    assert [drive["id"] for drive in drives] == [DRIVE_ID]
    assert drives[0] == {
        key: value for key, value in (await http.get(DRIVE)).json().items() if key in drives[0]
    }
    assert (mailbox["mail"], calendar["name"]) == (MAILBOX, "RCP LAC joint calendar")


async def test_select_leaves_what_was_asked_for(http: httpx.AsyncClient) -> None:
    found = (await http.get(f"{DRIVE}/root/children?$select=name,id")).json()["value"]
    assert all({key for key in one if "@" not in key} == {"name", "id"} for one in found)


async def test_faults_wait_are_shown_and_can_be_taken_back(
    http: httpx.AsyncClient, sandbox: Sandbox, fail: Any
) -> None:
    await fail(match="/drives/", status=429, retry_after=7, times=2)
    throttled = await http.get(DRIVE)
    assert (throttled.status_code, throttled.headers["Retry-After"]) == (429, "7")
    faults = f"{sandbox.origin}/sandbox/faults"
    assert json.loads((await http.get(faults)).text)["faults"][0]["times"] == 1
    assert (await http.delete(faults)).status_code == 204
    assert (await http.get(DRIVE)).status_code == 200
    assert (await http.post(faults, json={"unknown": 1})).status_code == 400
