"""Meetings: notice (S58, S59), the clash of gap Q7, and reminders by the wall clock (R8)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.charter import load_charter
from coalition.errors import Refused
from coalition.meetings import (
    MINUTES_DUE,
    Meeting,
    MeetingKind,
    MeetingState,
    all_reminders,
    check_notice,
    close_before,
    invitation_by,
    minutes_by,
    reminders,
)

RULES = load_charter().meetings
PANAMA = "America/Panama"

#: Zones of the region, with and without changes of the clock, at midnight and at two.
ZONES = [
    "America/Santiago",
    "America/Asuncion",
    "America/Havana",
    "America/Port-au-Prince",
    "America/Mexico_City",
    "America/Tijuana",
    "America/Panama",
    "America/New_York",
]


def meeting(
    day: date = date(2027, 1, 12),
    at: time = time(10),
    kind: MeetingKind = MeetingKind.REGULAR,
    zone: str = PANAMA,
    id: int = 1,
) -> Meeting:
    starts_at = datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
    return Meeting("Regular meeting", kind, starts_at, zone, 60, "", "", "", id=id)


def due(of: Meeting) -> dict[str, datetime]:
    return {reminder.name: reminder.due_at for reminder in all_reminders(of, RULES)}


def test_invitation_goes_out_seven_days_before():
    assert invitation_by(date(2027, 1, 12), RULES) == date(2027, 1, 5)


def test_regular_meeting_in_seven_days_has_its_notice():
    check_notice(meeting(), date(2027, 1, 5), RULES)


def test_regular_meeting_in_six_days_is_refused_with_the_earliest_day():
    with pytest.raises(Refused) as refused:
        check_notice(meeting(), date(2027, 1, 6), RULES)
    assert refused.value.key == "meetings-short-notice"
    assert refused.value.details["earliest"] == date(2027, 1, 13)
    assert refused.value.details["invitation"] == date(2027, 1, 5)


@pytest.mark.parametrize("kind", [kind for kind in MeetingKind if kind is not MeetingKind.REGULAR])
def test_other_kinds_may_be_called_on_the_day(kind):
    check_notice(meeting(kind=kind), date(2027, 1, 12), RULES)


def test_notice_is_counted_to_the_day_where_the_meeting_is_held():
    """20:00 in Tijuana is the next day in UTC and in Panama's evening it is not."""
    late = meeting(day=date(2027, 1, 12), at=time(20), zone="America/Tijuana")
    assert late.day == date(2027, 1, 12)
    with pytest.raises(Refused):
        check_notice(late, date(2027, 1, 6), RULES)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(-30, 60))
def test_notice_is_refused_exactly_when_less_than_seven_days_are_left(today, days):
    held = meeting(day=today + timedelta(days=days))
    try:
        check_notice(held, today, RULES)
        assert days >= 7
    except Refused as refused:
        assert days < 7
        check_notice(meeting(day=refused.details["earliest"]), today, RULES)


def test_minutes_are_due_a_week_after_the_meeting():
    assert minutes_by(date(2027, 1, 12), RULES) == date(2027, 1, 19)


def test_meeting_eleven_days_after_another_leaves_no_time_for_its_minutes():
    """Seven days to circulate and five for comments (Q7)."""
    earlier = meeting(day=date(2027, 1, 12), id=1)
    assert close_before(meeting(day=date(2027, 1, 23), id=2), [earlier], RULES) == earlier


def test_meeting_twelve_days_after_another_leaves_time_enough():
    earlier = meeting(day=date(2027, 1, 12), id=1)
    assert close_before(meeting(day=date(2027, 1, 24), id=2), [earlier], RULES) is None


def test_meeting_is_not_close_to_itself_nor_to_a_later_one():
    held = meeting(id=2)
    later = meeting(day=date(2027, 1, 13), id=3)
    assert close_before(held, [held, later], RULES) is None


def test_meeting_lasts_as_long_as_was_said():
    assert meeting().ends_at - meeting().starts_at == timedelta(minutes=60)


def test_only_a_cancelled_meeting_is_cancelled():
    assert not meeting().is_cancelled
    assert replace(meeting(), state=MeetingState.CANCELLED).is_cancelled


def test_ladder_has_a_week_a_day_an_hour_and_the_minutes():
    assert due(meeting()) == {
        "T-7d": datetime(2027, 1, 5, 15, tzinfo=UTC),
        "T-1d": datetime(2027, 1, 11, 15, tzinfo=UTC),
        "T-1h": datetime(2027, 1, 12, 14, tzinfo=UTC),
        MINUTES_DUE: datetime(2027, 1, 17, 15, tzinfo=UTC),
    }


def test_meeting_scheduled_late_does_not_remind_of_the_past():
    now = datetime(2027, 1, 11, 16, tzinfo=UTC)
    assert [reminder.name for reminder in reminders(meeting(), RULES, now)] == ["T-1h", MINUTES_DUE]


def test_reminder_that_is_due_this_instant_is_not_sent_again():
    now = datetime(2027, 1, 11, 15, tzinfo=UTC)
    assert "T-1d" not in [reminder.name for reminder in reminders(meeting(), RULES, now)]


#: Meetings on the days after a change of the clock: the day before is a day of 23 or 25 hours.
CHANGES = [
    ("America/Santiago", date(2027, 4, 4)),
    ("America/Santiago", date(2027, 9, 5)),
    ("America/Asuncion", date(2024, 3, 24)),
    ("America/Asuncion", date(2023, 10, 1)),
    ("America/Havana", date(2027, 3, 14)),
    ("America/Havana", date(2027, 11, 7)),
    ("America/New_York", date(2027, 3, 14)),
    ("America/New_York", date(2027, 11, 7)),
]


@pytest.mark.parametrize(("zone", "change"), CHANGES)
@pytest.mark.parametrize("after", range(1, 8))
def test_reminders_come_at_the_same_wall_clock_across_a_change(zone, change, after):
    ladder = due(meeting(day=change + timedelta(days=after), zone=zone))
    there = {name: at.astimezone(ZoneInfo(zone)) for name, at in ladder.items()}
    assert there["T-7d"].time() == there["T-1d"].time() == there[MINUTES_DUE].time() == time(10)
    assert there["T-7d"].date() == change + timedelta(days=after - 7)
    assert ladder["T-1h"] == meeting(day=change + timedelta(days=after), zone=zone).starts_at - (
        timedelta(hours=1)
    )


@pytest.mark.parametrize(("zone", "change"), CHANGES)
def test_change_of_the_clock_really_lies_between_reminder_and_meeting(zone, change):
    """The table above would be idle if these days had no change."""
    held = meeting(day=change + timedelta(days=1), zone=zone)
    before = due(held)["T-7d"]
    assert held.starts_at - before != timedelta(days=7)


@given(
    st.sampled_from(ZONES),
    st.dates(date(2026, 1, 1), date(2029, 12, 31)),
    st.integers(8, 20),
)
def test_reminders_of_three_years_come_in_order_and_at_the_hour_of_the_meeting(zone, day, hour):
    held = meeting(day=day, at=time(hour), zone=zone)
    ladder = due(held)
    assert ladder["T-7d"] < ladder["T-1d"] < ladder["T-1h"] < held.starts_at < ladder[MINUTES_DUE]
    for name in ("T-7d", "T-1d", MINUTES_DUE):
        assert ladder[name].astimezone(ZoneInfo(zone)).hour == hour
    assert ladder[MINUTES_DUE].astimezone(ZoneInfo(zone)).date() < minutes_by(day, RULES)


@given(
    st.sampled_from(ZONES),
    st.dates(date(2026, 1, 1), date(2029, 12, 31)),
    st.integers(0, 23),
    st.integers(1, 60),
)
def test_no_deadline_of_a_later_meeting_comes_earlier(zone, day, hour, later):
    first = meeting(day=day, at=time(hour), zone=zone)
    second = meeting(day=day + timedelta(days=later), at=time(hour), zone=zone)
    assert all(due(first)[name] <= due(second)[name] for name in due(first))
    assert minutes_by(first.day, RULES) < minutes_by(second.day, RULES)


@given(st.sampled_from(ZONES), st.dates(date(2026, 1, 1), date(2029, 12, 31)))
def test_stored_meeting_has_the_same_reminders_as_the_one_just_read(zone, day):
    """Storage gives instants in UTC back, whatever zone they were written in."""
    held = meeting(day=day, zone=zone)
    written = replace(held, starts_at=held.starts_at.astimezone(ZoneInfo(zone)))
    assert due(written) == due(held)
