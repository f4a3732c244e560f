"""What is printed reads back as the same value, in every language."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language.dates import say_day, say_instant, say_when, zone_name
from language.reading.grammar.parts import HOURS, hours_on
from language.reading.reader import Grain, When, read_when
from language.reading.repeating import Bounds, Hours, recurrence
from language.reading.rules import Speaker
from language.reading.values import Clash, Clock, Repeat
from language.reading.words import lexicons
from language.reading.zones import zone_file

NOW = datetime(2027, 1, 13, 10, 30)
LANGUAGES = sorted(lexicons())
ZONES = [None, *zone_file()["places"], "Etc/GMT+5", "Etc/GMT-9", "America/Nuuk", "Pacific/Easter"]

days = st.dates(date(2026, 1, 1), date(2031, 12, 31))
clocks = st.times().map(lambda at: at.replace(second=0, microsecond=0))
zones = st.sampled_from(ZONES)


def moments():
    return st.builds(
        lambda day, at, zone: When(datetime.combine(day, at), grain=Grain.MINUTE, zone=zone),
        days,
        clocks,
        zones,
    )


def same_day(draw_start, minutes, zone):
    end = draw_start + timedelta(minutes=minutes)
    if end.date() != draw_start.date():
        end = draw_start.replace(hour=23, minute=59)
        draw_start = draw_start.replace(hour=min(draw_start.hour, 22))
    return When(draw_start, end, Grain.MINUTE, zone=zone)


def meetings():
    starts = st.builds(datetime.combine, days, clocks)
    return st.builds(same_day, starts, st.integers(1, 600), zones)


def spans_of_days():
    return st.builds(
        lambda day, length: When(day, day + timedelta(days=length)), days, st.integers(1, 60)
    )


def long_meetings():
    starts = st.builds(datetime.combine, days, clocks)
    return st.builds(
        lambda start, hours: When(start, start + timedelta(hours=hours), Grain.MINUTE),
        starts,
        st.integers(25, 200),
    )


def periods():
    monday = days.map(lambda day: When(day - timedelta(days=day.weekday()), grain=Grain.WEEK))
    month = days.map(lambda day: When(day.replace(day=1), grain=Grain.MONTH))
    quarter = days.map(
        lambda day: When(
            day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1), grain=Grain.QUARTER
        )
    )
    year = days.map(lambda day: When(day.replace(month=1, day=1), grain=Grain.YEAR))
    return st.one_of(monday, month, quarter, year)


def parts():
    def build(day, part):
        start, end = hours_on(day, part)
        return When(start, end, Grain.MINUTE, part=part)

    return st.builds(build, days, st.sampled_from(sorted(HOURS)))


def rules():
    weekdays = st.sets(st.integers(0, 6), min_size=1, max_size=4).map(
        lambda found: tuple(sorted(found))
    )
    interval = st.sampled_from([1, 1, 2, 3])
    repeat = st.one_of(
        st.builds(lambda every: Repeat("DAILY", every), interval),
        st.builds(lambda every, found: Repeat("WEEKLY", every, found), interval, weekdays),
        st.builds(
            lambda every, day, nth: Repeat("MONTHLY", every, (day,), nth=nth),
            interval,
            st.integers(0, 6),
            st.sampled_from([-1, 1, 2, 3, 4]),
        ),
        st.builds(
            lambda every, day: Repeat("MONTHLY", every, month_day=day),
            interval,
            st.sampled_from([-1, 1, 15, 28]),
        ),
        st.builds(
            lambda month, day: Repeat("YEARLY", month=month, month_day=day),
            st.integers(1, 12),
            st.integers(1, 28),
        ),
    )
    limit = st.sampled_from(["none", "until", "count"])

    def build(said, begin, clock, stop, zone):
        bounds = Bounds(
            begin=begin,
            until=begin + timedelta(days=400) if stop == "until" else None,
            count=7 if stop == "count" else None,
        )
        hours = Hours(clock=Clock(clock.hour, clock.minute, sure=True)) if clock else Hours()
        found = recurrence(said, bounds, hours, Speaker(NOW, False, False))
        assert not isinstance(found, Clash)
        return When(found.start, found.end, found.grain, found.rule, zone)

    return st.builds(build, repeat, days, st.one_of(st.none(), clocks), limit, zones)


values = st.one_of(
    moments(),
    meetings(),
    long_meetings(),
    spans_of_days(),
    periods(),
    parts(),
    rules(),
    days.map(When),
)


@given(values, st.sampled_from(LANGUAGES))
@settings(max_examples=2000, deadline=None)
def test_what_is_printed_reads_back_as_the_same_value(when, language):
    said = say_when(when, language)
    assert read_when(said, language, NOW, "America/Panama").when == when, said


@given(values)
@settings(max_examples=300, deadline=None)
def test_a_value_survives_json(when):
    assert When.from_json(when.as_json()) == when


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("zone", [zone for zone in ZONES if zone])
def test_every_printed_zone_is_read_as_itself(zone, language):
    when = When(datetime(2027, 3, 2, 15), grain=Grain.MINUTE, zone=zone)
    said = say_when(when, language)
    assert read_when(said, language, NOW, "Asia/Tokyo").when == when, said


def test_a_moment_is_printed_with_weekday_time_and_zone():
    when = When(datetime(2027, 1, 12, 10), grain=Grain.MINUTE)
    assert (
        say_when(when, "es", "America/Panama")
        == "martes 12 de enero de 2027, 10:00 (hora de Panamá)"
    )
    assert say_when(when, "en", "America/Panama") == "Tuesday 12 January 2027, 10:00 (Panama time)"
    assert say_when(when, "pt") == "terça-feira, 12 de janeiro de 2027, 10:00"


def test_the_named_zone_is_printed_before_the_one_of_the_reader():
    when = When(datetime(2027, 1, 12, 10), grain=Grain.MINUTE, zone="Europe/Zurich")
    assert say_when(when, "es", "America/Panama").endswith("(hora de Ginebra)")


def test_an_instant_is_printed_on_the_clock_of_its_zone():
    at = datetime(2027, 1, 12, 15, 0, tzinfo=UTC)
    assert say_instant(at, "America/Panama", "en") == "Tuesday 12 January 2027, 10:00 (Panama time)"
    with pytest.raises(ValueError, match="zone"):
        say_instant(at.replace(tzinfo=None), "America/Panama", "en")


def test_a_day_is_printed_with_its_weekday():
    assert say_day(date(2027, 1, 12), "es") == "martes 12 de enero de 2027"
    assert say_day(date(2027, 1, 12), "fr") == "mardi 12 janvier 2027"


def test_a_zone_without_a_name_keeps_its_own():
    assert zone_name("America/Nuuk", "es") == "America/Nuuk"
    assert zone_name("Etc/GMT+5", "es") == "GMT-5"


def test_an_unknown_language_is_printed_in_english():
    assert say_day(date(2027, 1, 12), "de") == "Tuesday 12 January 2027"


def test_a_clock_time_under_a_grain_of_days_is_refused():
    with pytest.raises(ValueError, match="grain"):
        When(datetime(2027, 1, 12, 10), grain=Grain.DAY)
    with pytest.raises(ValueError, match="grain"):
        When(date(2027, 1, 12), grain=Grain.MINUTE)


def test_a_day_starts_at_midnight_of_the_default_zone():
    at = When(date(2027, 1, 12)).at("America/Panama")
    assert at == datetime(2027, 1, 12, 5, tzinfo=UTC)


def test_a_named_zone_wins_over_the_default():
    when = When(datetime(2027, 1, 12, 10), grain=Grain.MINUTE, zone="Europe/Zurich")
    assert when.at("America/Panama") == datetime(2027, 1, 12, 9, tzinfo=UTC)
