"""The sandbox's calendars: zones, keys, and events that make no sense."""

from typing import Any

import httpx
import pytest

from graph.sandbox.tenant import MAILBOX

EVENT = {
    "subject": "Meeting",
    "start": {"dateTime": "2027-03-09T10:00:00", "timeZone": "SA Pacific Standard Time"},
    "end": {"dateTime": "2027-03-09T11:00:00", "timeZone": "America/Panama"},
}


async def test_times_come_in_utc_or_in_the_zone_that_is_preferred(http: httpx.AsyncClient) -> None:
    place = f"/users/{MAILBOX}/calendar/events"
    made = (await http.post(place, json=EVENT)).json()
    assert made["start"] == {"dateTime": "2027-03-09T15:00:00.0000000", "timeZone": "UTC"}
    assert made["originalStartTimeZone"] == "SA Pacific Standard Time"
    prefer = {"Prefer": 'outlook.timezone="Tokyo Standard Time"'}
    refused = await http.get(f"{place}/{made['id']}", headers=prefer)
    assert refused.json()["error"]["code"] == "TimeZoneNotSupportedException"
    prefer = {"Prefer": 'outlook.timezone="America/Lima"'}
    shown = await http.get(f"{place}/{made['id']}", headers=prefer)
    assert shown.json()["start"]["dateTime"].startswith("2027-03-09T10:00:00")
    assert shown.headers["Preference-Applied"] == 'outlook.timezone="America/Lima"'


async def test_every_change_of_an_event_changes_its_key(http: httpx.AsyncClient) -> None:
    place = f"/users/{MAILBOX}/calendar/events"
    made = (await http.post(place, json=EVENT | {"transactionId": "t"})).json()
    changed = (await http.patch(f"{place}/{made['id']}", json={"subject": "Moved"})).json()
    assert changed["changeKey"] != made["changeKey"]
    assert changed["iCalUId"] == made["iCalUId"]
    refused = await http.patch(f"{place}/{made['id']}", json={"transactionId": "u"})
    assert refused.status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": None},
        {"start": {"dateTime": "tomorrow", "timeZone": "UTC"}},
        {"start": {"dateTime": "2027-03-10T10:00:00", "timeZone": "UTC"}},
        {"start": {"timeZone": "UTC"}},
    ],
)
async def test_an_event_that_makes_no_sense_is_refused(
    http: httpx.AsyncClient, wrong: dict[str, Any]
) -> None:
    answer = await http.post(f"/users/{MAILBOX}/calendar/events", json=EVENT | wrong)
    assert answer.status_code == 400


async def test_a_meeting_without_guests_is_not_cancelled_but_deleted(
    http: httpx.AsyncClient,
) -> None:
    time = {"dateTime": "2027-03-09T10:00:00", "timeZone": "UTC"}
    event = {"subject": "M", "start": time, "end": time}
    place = f"/users/{MAILBOX}/events"
    alone = (await http.post(place, json=event)).json()["id"]
    assert (await http.post(f"{place}/{alone}/cancel", json={"Comment": ""})).status_code == 400
    guest = {"emailAddress": {"address": "a@b.example"}, "type": "required"}
    invited = (await http.post(place, json=event | {"attendees": [guest]})).json()["id"]
    assert (await http.post(f"{place}/{invited}/cancel", json={"Comment": ""})).status_code == 202
    assert (await http.get(f"{place}/{invited}")).status_code == 404
