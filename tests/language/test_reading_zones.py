"""The rules of the zones are recent enough, and every place of the data file names one."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest

from language.reading.reader import Outcome, read_when
from language.reading.zones import zone_file

YEARS = (2025, 2026, 2027, 2028)

#: Hours from UTC in the middle of January and of July, as decreed: Paraguay stays on -3 since
#: October 2024, Mexico
#: has no summer time since October 2022 save its northern border, Chile, the United States and
#: Cuba keep theirs.
OFFSETS = {
    "America/Panama": (-5, -5),
    "America/Mexico_City": (-6, -6),
    "America/Monterrey": (-6, -6),
    "America/Cancun": (-5, -5),
    "America/Tijuana": (-8, -7),
    "America/Ciudad_Juarez": (-7, -6),
    "America/Ojinaga": (-6, -5),
    "America/Matamoros": (-6, -5),
    "America/Hermosillo": (-7, -7),
    "America/Chihuahua": (-6, -6),
    "America/Guatemala": (-6, -6),
    "America/El_Salvador": (-6, -6),
    "America/Tegucigalpa": (-6, -6),
    "America/Managua": (-6, -6),
    "America/Costa_Rica": (-6, -6),
    "America/Belize": (-6, -6),
    "America/Bogota": (-5, -5),
    "America/Guayaquil": (-5, -5),
    "America/Lima": (-5, -5),
    "America/La_Paz": (-4, -4),
    "America/Caracas": (-4, -4),
    "America/Santiago": (-3, -4),
    "America/Asuncion": (-3, -3),
    "America/Montevideo": (-3, -3),
    "America/Argentina/Buenos_Aires": (-3, -3),
    "America/Sao_Paulo": (-3, -3),
    "America/Manaus": (-4, -4),
    "America/Guyana": (-4, -4),
    "America/Paramaribo": (-3, -3),
    "America/Port_of_Spain": (-4, -4),
    "America/Jamaica": (-5, -5),
    "America/Barbados": (-4, -4),
    "America/Santo_Domingo": (-4, -4),
    "America/Port-au-Prince": (-5, -4),
    "America/Havana": (-5, -4),
    "America/Puerto_Rico": (-4, -4),
    "America/New_York": (-5, -4),
    "America/Chicago": (-6, -5),
    "America/Denver": (-7, -6),
    "America/Los_Angeles": (-8, -7),
    "Europe/Zurich": (1, 2),
    "Europe/Rome": (1, 2),
    "Africa/Nairobi": (3, 3),
    "UTC": (0, 0),
}


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("zone", OFFSETS)
def test_the_offsets_are_those_decreed(zone, year):
    january, july = (
        datetime(year, month, 15, 12, tzinfo=ZoneInfo(zone)).utcoffset() for month in (1, 7)
    )
    assert january is not None
    assert july is not None
    hours = (january.total_seconds() / 3600, july.total_seconds() / 3600)
    assert hours == OFFSETS[zone]


def test_every_place_and_abbreviation_names_a_zone_that_exists():
    known = available_timezones()
    said = zone_file()
    assert set(said["places"]) <= known
    assert set(said["abbreviations"].values()) <= known
    assert set(said["spoken"]) <= known
    assert set(said["winter"].values()) <= known


def test_no_name_stands_for_two_zones():
    owner: dict[str, str] = {}
    for zone, names in zone_file()["places"].items():
        for value in names.values():
            for name in value if isinstance(value, list) else [value]:
                assert owner.setdefault(str(name).casefold(), zone) == zone, name


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("martes 10am hora de Panamá", "America/Panama"),
        ("martes 10am hora CDMX", "America/Mexico_City"),
        ("Tuesday 10am ET", "America/New_York"),
        ("Tuesday 10am Eastern time", "America/New_York"),
        ("martes a las 10 GMT-5", "Etc/GMT+5"),
        ("martes 10:00 UTC", "UTC"),
        ("terça às 10h, horário de Brasília", "America/Sao_Paulo"),
        ("martes 10:00 (Ginebra)", "Europe/Zurich"),
        ("2027-03-12T15:00Z", "UTC"),
        ("2027-03-12T15:00-05:00", "Etc/GMT+5"),
        ("martes a las 10 en Bogotá", "America/Bogota"),
        ("mardi à 10h, heure de Genève", "Europe/Zurich"),
    ],
)
def test_a_zone_is_read_where_one_is_named(text, zone):
    when = read_when(text, "es", datetime(2027, 1, 13, 10, 30), "America/Lima").when
    assert when is not None
    assert when.zone == zone


@pytest.mark.parametrize(
    "text", ["martes a las 10", "martes por la tarde", "reunión del martes, pt 3"]
)
def test_none_is_read_where_none_is_named(text):
    reading = read_when(text, "es", datetime(2027, 1, 13, 10, 30), "America/Lima")
    assert all(when.zone is None for when in (reading.when, *reading.candidates) if when)


def test_a_place_where_the_clock_shows_another_time_is_asked_about():
    reading = read_when(
        "reunión en Santiago el martes a las 10", "es", datetime(2027, 1, 13), "America/Panama"
    )
    assert reading.outcome is Outcome.AMBIGUOUS
    assert {when.zone for when in reading.candidates} == {None, "America/Santiago"}


def test_a_place_where_the_clock_shows_the_same_time_needs_no_question():
    reading = read_when(
        "reunión en Bogotá el martes a las 10", "es", datetime(2027, 1, 13), "America/Panama"
    )
    assert reading.outcome is Outcome.VALUE


def test_eastern_standard_time_in_summer_is_asked_about():
    reading = read_when(
        "Tuesday 6 July 2027 10am EST", "en", datetime(2027, 1, 13), "America/Panama"
    )
    assert {when.zone for when in reading.candidates} == {"America/New_York", "Etc/GMT+5"}
    winter = read_when("Tuesday 19 January 10am EST", "en", datetime(2027, 1, 13), "America/Panama")
    assert winter.outcome is Outcome.VALUE
