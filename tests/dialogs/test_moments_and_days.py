"""Moments and days: read without guessing, asked on where the words leave something open."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.errors import Told, Unreadable
from dialogs.dates import Day, Moment
from dialogs.slots import Ambiguous, Partial
from language.reading.when import When
from tests.dialogs.asked import NOW, asking

EN, ES, PT = asking("en"), asking("es"), asking("pt")


def at(words, by=EN):
    return Moment().read(words, by).at(by.zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("words", "by"),
    [
        ("12 January 2027 at 10:00", EN),
        ("Tuesday 12 January 2027, 10am", EN),
        ("2027-01-12 10:00", EN),
        ("el martes 12 de enero de 2027 a las 10", ES),
        ("12 de janeiro de 2027 às 10h", PT),
        ("12 January 2027 at 15:00 UTC", EN),
    ],
)
def test_moment_is_the_instant_in_the_members_zone_or_the_one_named(words, by):
    assert at(words, by) == datetime(2027, 1, 12, 15, tzinfo=UTC)


def test_moment_keeps_the_zone_that_was_named():
    when = Moment().read("12 January 2027 at 10:00 Santiago time", EN)
    assert when.zone == "America/Santiago"


def test_moment_without_a_zone_is_in_the_members():
    assert Moment().read("12 January 2027 at 10:00", EN).zone == "America/Panama"


def test_past_moment_is_said_and_not_taken():
    with pytest.raises(Unreadable, match="date-past"):
        Moment().read("3 January 2027 at 10:00", EN)


def test_moment_of_this_instant_is_past():
    with pytest.raises(Unreadable, match="date-past"):
        Moment().read("4 January 2027 at 9:00 am", EN)


def test_day_without_a_time_asks_for_the_time_and_keeps_the_day():
    with pytest.raises(Partial) as partial:
        Moment().read("12 January 2027", EN)
    assert partial.value.key == "date-no-time"
    assert at(f"{partial.value.begun} 10:00") == datetime(2027, 1, 12, 15, tzinfo=UTC)


@pytest.mark.parametrize("answer", ["10:00", "10", "at 10", "10am", "a las 10", "às 10h"])
def test_begun_day_goes_on_with_the_time_as_people_write_it(answer):
    assert at(f"2027-01-12 {answer}") == datetime(2027, 1, 12, 15, tzinfo=UTC)


def test_part_of_a_day_is_no_time():
    with pytest.raises(Partial, match="date-no-time"):
        Moment().read("12 January 2027 in the morning", EN)


def test_date_that_can_be_read_in_two_ways_offers_both():
    with pytest.raises(Ambiguous) as ambiguous:
        Moment().read("05/06/2027 10:00", EN)
    days = {When.from_json(kept).at("UTC").date() for kept, _ in ambiguous.value.candidates}
    assert days == {date(2027, 6, 5), date(2027, 5, 6)}
    labels = [label for _, label in ambiguous.value.candidates]
    assert len(set(labels)) == 2
    assert all("2027" in label for label in labels)


def test_contradiction_says_what_contradicts():
    with pytest.raises(Unreadable) as unreadable:
        Moment().read("Monday 12 January 2027 at 10:00", EN)
    assert unreadable.value.key.startswith("date-")
    assert EN.t.has(unreadable.value.key)
    EN.t(unreadable.value.key, **unreadable.value.details)


@pytest.mark.parametrize("words", ["30 February 2027 at 10:00", "31 de abril de 2027 a las 10"])
def test_day_that_no_calendar_has_is_asked_again(words):
    with pytest.raises(Unreadable):
        Moment().read(words, EN)


@pytest.mark.parametrize("words", ["", "soon", "the usual", "???"])
def test_words_without_a_date_are_asked_again(words):
    with pytest.raises(Told):
        Moment().read(words, EN)


def test_series_is_not_taken_for_one_meeting():
    with pytest.raises(Unreadable, match="date-no-series"):
        Moment().read("every Tuesday at 10:00", EN)


def test_month_is_too_wide_for_a_moment():
    with pytest.raises(Unreadable, match="date-too-wide"):
        Moment().read("March 2027", EN)


def test_moment_is_kept_as_json_and_read_back():
    import json

    when = Moment().read("12 January 2027 from 10:00 to 11:30", EN)
    kept = json.loads(json.dumps(Moment().keep(when)))
    assert Moment().kept(kept) == when
    assert when.end is not None


def test_moment_in_another_zone_shows_both_clocks():
    when = Moment().read("12 January 2027 at 10:00 Santiago time", EN)
    shown = Moment().show(when, EN)
    assert "10:00" in shown
    assert "08:00" in shown or "8:00" in shown


def test_moment_at_the_members_own_clock_is_shown_once():
    when = Moment().read("12 January 2027 at 10:00", EN)
    assert Moment().show(when, EN).count("10:00") == 1


@pytest.mark.parametrize("by", [EN, ES, PT])
def test_shown_moment_has_the_weekday_and_is_read_back(by):
    when = Moment().read("2027-01-12 10:00", by)
    shown = Moment().show(when, by)
    assert any(day in shown.lower() for day in ("tuesday", "martes", "terça"))
    assert Moment().read(shown, by).at(by.zone) == when.at(by.zone)


def test_moment_is_taken_out_of_a_commands_words():
    taken = Moment().take("Regular meeting on 12 January 2027 at 10:00", EN)
    assert taken is not None
    when, rest = taken
    assert when.at("America/Panama") == datetime(2027, 1, 12, 15, tzinfo=UTC)
    assert rest == "Regular meeting"


def test_unclear_date_leaves_the_other_words():
    with pytest.raises(Ambiguous) as ambiguous:
        Moment().take("Regular meeting on 05/06/2027 at 10:00", EN)
    assert ambiguous.value.rest == "Regular meeting"


def test_words_without_a_date_give_no_moment():
    assert Moment().take("Regular meeting", EN) is None


@pytest.mark.parametrize(
    ("words", "by"), [("30 June 2027", EN), ("30 de junio de 2027", ES), ("30/06/2027", PT)]
)
def test_day_is_read(words, by):
    assert Day().read(words, by) == date(2027, 6, 30)


def test_today_is_no_past_day():
    assert Day().read("today", EN) == date(2027, 1, 4)


def test_today_is_the_day_where_the_member_is():
    """It is 4 January in Panama and 5 January in Tokyo at 18:00 UTC."""
    from dataclasses import replace

    tokyo = replace(asking(zone="Asia/Tokyo"), now=NOW + timedelta(hours=4))
    assert Day().read("today", tokyo) == date(2027, 1, 5)


@pytest.mark.parametrize("words", ["3 January 2027", "yesterday", "2020-01-01"])
def test_past_day_is_said_and_not_taken(words):
    with pytest.raises(Unreadable, match="date-past"):
        Day().read(words, EN)


@pytest.mark.parametrize("words", ["March 2027", "next year", "3 to 5 June 2027", "every Monday"])
def test_more_than_a_day_is_asked_again(words):
    with pytest.raises(Told):
        Day().read(words, EN)


def test_day_that_can_be_read_in_two_ways_offers_both():
    with pytest.raises(Ambiguous) as ambiguous:
        Day().read("05/06/2027", EN)
    assert {kept for kept, _ in ambiguous.value.candidates} == {"2027-06-05", "2027-05-06"}


@given(st.dates(date(2027, 1, 4), date(2040, 12, 31)))
@pytest.mark.parametrize("by", [EN, ES, PT])
def test_every_shown_day_is_read_back(by, day):
    assert Day().read(Day().show(day, by), by) == day
    assert Day().kept(Day().keep(day)) == day
