"""The window for comments: five days from circulation to the end of the day (S66, Q5, Q6)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.charter import load_charter
from coalition.minutes import Minutes, comments_close_at

CHARTER = load_charter()
ZONES = ["America/Santiago", "America/Asuncion", "America/Havana", "America/New_York", "UTC"]
instants = st.timedeltas(timedelta(), timedelta(days=15 * 365)).map(
    datetime(2020, 1, 1, tzinfo=UTC).__add__
)


def minutes(closes_at: datetime) -> Minutes:
    return Minutes(1, "Regular meeting", "Agreed.", "", closes_at, closes_at, "", "", "")


def test_window_closes_at_the_end_of_the_fifth_day_in_panama():
    circulated = datetime(2027, 1, 14, 14, tzinfo=UTC)
    assert comments_close_at(circulated, CHARTER) == datetime(2027, 1, 20, 5, tzinfo=UTC)


def test_minutes_circulated_late_in_the_evening_count_from_the_day_it_is_in_panama():
    """It is the 15th in UTC already."""
    circulated = datetime(2027, 1, 15, 4, 59, tzinfo=UTC)
    assert comments_close_at(circulated, CHARTER) == datetime(2027, 1, 20, 5, tzinfo=UTC)


def test_window_is_open_until_the_last_instant_of_the_day():
    closes_at = comments_close_at(datetime(2027, 1, 14, 14, tzinfo=UTC), CHARTER)
    open_window = minutes(closes_at)
    assert open_window.is_open(closes_at - timedelta(microseconds=1))
    assert not open_window.is_open(closes_at)


@pytest.mark.parametrize(
    ("zone", "last_day", "closes_at"),
    [
        # Midnight is skipped: the day after begins at one o'clock, at the same instant.
        ("America/Santiago", date(2027, 9, 4), datetime(2027, 9, 5, 4, tzinfo=UTC)),
        ("America/Asuncion", date(2023, 9, 30), datetime(2023, 10, 1, 4, tzinfo=UTC)),
        ("America/Havana", date(2027, 3, 13), datetime(2027, 3, 14, 5, tzinfo=UTC)),
        # The last hour comes twice: both count.
        ("America/Santiago", date(2027, 4, 3), datetime(2027, 4, 4, 4, tzinfo=UTC)),
        ("America/Asuncion", date(2024, 3, 23), datetime(2024, 3, 24, 4, tzinfo=UTC)),
        # The first hour of the day after comes twice: it is after the end both times.
        ("America/Havana", date(2027, 11, 6), datetime(2027, 11, 7, 4, tzinfo=UTC)),
        ("America/New_York", date(2027, 3, 13), datetime(2027, 3, 14, 5, tzinfo=UTC)),
        ("America/New_York", date(2027, 11, 7), datetime(2027, 11, 8, 5, tzinfo=UTC)),
    ],
)
def test_day_ends_where_the_clock_is_changed_at_midnight_too(zone, last_day, closes_at):
    charter = replace(CHARTER, zone=zone)
    noon = datetime(last_day.year, last_day.month, last_day.day, 12, tzinfo=ZoneInfo(zone))
    assert comments_close_at(noon - timedelta(days=5), charter) == closes_at


@given(st.sampled_from(ZONES), instants)
def test_window_is_at_least_five_days_and_less_than_six_and_an_hour(zone, circulated):
    closes_at = comments_close_at(circulated, replace(CHARTER, zone=zone))
    assert timedelta(days=5, hours=-1) <= closes_at - circulated <= timedelta(days=6, hours=1)


@given(st.sampled_from(ZONES), instants)
def test_window_closes_on_the_stroke_between_two_days(zone, circulated):
    charter = replace(CHARTER, zone=zone)
    closes_at = comments_close_at(circulated, charter)
    local = closes_at.astimezone(UTC).astimezone(ZoneInfo(zone))
    moment_before = (closes_at.astimezone(UTC) - timedelta(seconds=1)).astimezone(ZoneInfo(zone))
    assert moment_before.date() == circulated.astimezone(ZoneInfo(zone)).date() + timedelta(days=5)
    assert local.date() == moment_before.date() + timedelta(days=1)


@given(st.sampled_from(ZONES), instants, st.timedeltas(timedelta(), timedelta(days=40)))
def test_circulating_later_never_closes_the_window_earlier(zone, circulated, later):
    charter = replace(CHARTER, zone=zone)
    assert comments_close_at(circulated, charter) <= comments_close_at(circulated + later, charter)


@given(instants, instants)
def test_what_is_closed_stays_closed(circulated, now):
    window = minutes(comments_close_at(circulated, CHARTER))
    if not window.is_open(now):
        assert not window.is_open(now + timedelta(seconds=1))
