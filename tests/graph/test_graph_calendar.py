"""Meetings stand in the joint calendar once, move with their changes, and go when cancelled."""

import dataclasses
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from graph.calendar import Calendar, CalendarEvent, again
from graph.client import Graph
from graph.errors import NotConfigured, Unavailable
from graph.sandbox.server import Sandbox

START = datetime(2027, 3, 9, 10, 0, tzinfo=ZoneInfo("America/Panama"))
MEETING = CalendarEvent(
    key="meeting:12",
    subject="Regular meeting",
    body="Agenda\n1. Opening & quorum\n2. <Draft> plan",
    starts_at=START,
    ends_at=START + timedelta(hours=2),
    zone="America/Panama",
    location="Clayton",
    web_link="https://teams.example/meeting?a=1&b=2",
)
WINDOW = (START - timedelta(days=30), START + timedelta(days=30))


@pytest.fixture
def calendar(graph: Graph) -> Calendar:
    return graph.calendar


async def test_a_meeting_stands_in_the_calendar_at_its_time(calendar: Calendar) -> None:
    made = await calendar.put(MEETING, "meeting:12:1")
    (seen,) = await calendar.view(*WINDOW)
    assert (seen.id, seen.key, seen.subject) == (made.id, "meeting:12", "Regular meeting")
    assert (seen.starts_at, seen.ends_at) == (MEETING.starts_at, MEETING.ends_at)
    assert (seen.location, seen.change_key) == ("Clayton", made.change_key)


async def test_its_words_are_never_markup(
    calendar: Calendar, http: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    made = await calendar.put(MEETING, "t")
    place = f"/users/{sandbox.settings.calendar_mailbox}/events/{made.id}"
    body = (await http.get(place)).json()["body"]["content"]
    assert "Opening &amp; quorum<br>" in body
    assert "&lt;Draft&gt;" in body
    assert 'href="https://teams.example/meeting?a=1&amp;b=2"' in body


@pytest.mark.parametrize(
    "zone",
    [
        "America/Panama",
        "America/Asuncion",
        "America/Mexico_City",
        "America/Santiago",
        "America/Argentina/Buenos_Aires",
        "Europe/Zurich",
        "Asia/Manila",
        "UTC",
    ],
)
async def test_every_zone_keeps_its_instant(calendar: Calendar, zone: str) -> None:
    start = datetime(2027, 7, 9, 10, 0, tzinfo=ZoneInfo(zone))
    wanted = dataclasses.replace(
        MEETING, starts_at=start, ends_at=start + timedelta(hours=1), zone=zone
    )
    await calendar.put(wanted, "t")
    (seen,) = await calendar.view(start - timedelta(days=1), start + timedelta(days=1))
    assert seen.starts_at == start


async def test_the_same_transaction_makes_one_event(calendar: Calendar) -> None:
    first = await calendar.put(MEETING, "meeting:12:1")
    assert await calendar.put(MEETING, "meeting:12:1") == first
    assert len(await calendar.view(*WINDOW)) == 1


async def test_a_lost_answer_makes_one_event(calendar: Calendar, fail: Any) -> None:
    await fail(match="/events", method="POST", drop="after")
    await fail(match="/events", method="POST", status=503, retry_after=0)
    await calendar.put(MEETING, "meeting:12:1")
    assert len(await calendar.view(*WINDOW)) == 1


async def test_a_retry_brings_the_event_to_its_present_state(calendar: Calendar) -> None:
    await calendar.put(MEETING, "meeting:12:1")
    moved = dataclasses.replace(MEETING, subject="Regular meeting (moved)")
    await calendar.put(moved, "meeting:12:1")
    (seen,) = await calendar.view(*WINDOW)
    assert seen.subject == "Regular meeting (moved)"


async def test_only_what_differs_is_sent(
    calendar: Calendar, http: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    made = await calendar.put(MEETING, "t")
    place = f"/users/{sandbox.settings.calendar_mailbox}/events/{made.id}"
    await http.patch(place, json={"importance": "high"})
    before = (await http.get(place)).json()
    moved = dataclasses.replace(
        MEETING,
        starts_at=START + timedelta(days=1),
        ends_at=START + timedelta(days=1, hours=2),
        location="",
    )
    changed = await calendar.put(moved, "t", made.id)
    after = (await http.get(place)).json()
    assert changed.id == made.id
    assert after["start"]["dateTime"].startswith("2027-03-10T15:00:00")
    assert after["location"]["displayName"] == ""
    assert [after[name] for name in ("importance", "body", "subject")] == [
        before[name] for name in ("importance", "body", "subject")
    ]


async def test_nothing_is_sent_when_nothing_differs(calendar: Calendar) -> None:
    made = await calendar.put(MEETING, "t")
    assert await calendar.put(MEETING, "t", made.id) == made


async def test_the_join_block_of_teams_survives_a_new_text(
    calendar: Calendar, http: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    online = dataclasses.replace(MEETING, is_online=True)
    made = await calendar.put(online, "t")
    place = f"/users/{sandbox.settings.calendar_mailbox}/events/{made.id}"
    join = (await http.get(place)).json()["onlineMeeting"]["joinUrl"]
    for text in ("New agenda", "Newer agenda"):
        await calendar.put(dataclasses.replace(online, body=text), "t", made.id)
        content = (await http.get(place)).json()["body"]["content"]
        assert content.count(join) == 1
        assert content.count(text) == 1
        assert "quorum" not in content


async def test_an_event_that_somebody_deleted_comes_back_once(calendar: Calendar) -> None:
    made = await calendar.put(MEETING, "t")
    await calendar.cancel(made.id)
    back = await calendar.put(MEETING, "t", made.id)
    assert back.id != made.id
    assert await calendar.put(MEETING, "t", made.id) == back
    assert [seen.id for seen in await calendar.view(*WINDOW)] == [back.id]


async def test_a_used_up_transaction_finds_the_event_by_our_key(
    calendar: Calendar, fail: Any
) -> None:
    made = await calendar.put(MEETING, "t")
    await fail(match="/events", method="POST", status=400, code="ErrorDuplicateTransactionId")
    assert await calendar.put(MEETING, "other") == made


async def test_an_event_deleted_before_we_kept_its_id_comes_back(calendar: Calendar) -> None:
    made = await calendar.put(MEETING, "t")
    await calendar.cancel(made.id)
    back = await calendar.put(MEETING, "t")
    assert await calendar.put(MEETING, "t") == back
    assert [seen.id for seen in await calendar.view(*WINDOW)] == [back.id]


async def test_cancelling_twice_is_fine(calendar: Calendar) -> None:
    made = await calendar.put(MEETING, "t")
    await calendar.cancel(made.id)
    await calendar.cancel(made.id)
    assert await calendar.view(*WINDOW) == []


async def test_an_event_is_found_by_our_key(calendar: Calendar) -> None:
    wanted = dataclasses.replace(MEETING, key="it's:1")
    made = await calendar.put(wanted, "t")
    assert await calendar.find("it's:1") == made
    assert await calendar.find("meeting:13") is None


async def test_a_long_view_is_read_to_its_end(calendar: Calendar) -> None:
    for number in range(13):
        await calendar.put(dataclasses.replace(MEETING, key=f"meeting:{number}"), f"t{number}")
    seen = await calendar.view(*WINDOW)
    assert {one.key for one in seen} == {f"meeting:{number}" for number in range(13)}


async def test_a_zone_that_exchange_reads_otherwise_is_corrected(
    calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Rules that are older than ours: the server takes the zone for another one.
    monkeypatch.setattr("graph.sandbox.events.iana_name", lambda name: "Europe/Berlin")
    monkeypatch.setattr(
        "graph.sandbox.events.zone_of",
        lambda name: ZoneInfo("UTC" if name == "UTC" else "Europe/Berlin"),
    )
    await calendar.put(MEETING, "t")
    (seen,) = await calendar.view(*WINDOW)
    assert seen.starts_at == START


async def test_a_zone_that_exchange_does_not_know_is_sent_in_utc(
    calendar: Calendar, fail: Any
) -> None:
    await fail(match="/events", method="POST", status=400, code="TimeZoneNotSupportedException")
    await calendar.put(MEETING, "t")
    (seen,) = await calendar.view(*WINDOW)
    assert seen.starts_at == START


async def test_a_service_that_stays_away_is_said_to_be_away(calendar: Calendar, fail: Any) -> None:
    await fail(match="/events", status=503, retry_after=0, times=9)
    with pytest.raises(Unavailable):
        await calendar.put(MEETING, "t")


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        dataclasses.replace(MEETING, starts_at=START.replace(tzinfo=None))
    with pytest.raises(ValueError, match="before it starts"):
        dataclasses.replace(MEETING, ends_at=START - timedelta(hours=1))


def test_the_transaction_of_a_second_life_is_always_the_same() -> None:
    assert again("t", "id") == again("t", "id")
    assert len({again("t", "id"), again("t", "other"), again("u", "id")}) == 3


async def test_without_a_place_the_calendar_says_what_is_missing(sandbox: Sandbox) -> None:
    nowhere = Graph(dataclasses.replace(sandbox.settings, calendar_mailbox=None))
    try:
        with pytest.raises(NotConfigured, match="mailbox"):
            await nowhere.calendar.view(*WINDOW)
    finally:
        await nowhere.close()
