"""A zone is read as people name it, and asked for again where nobody calls one so."""

from datetime import UTC, datetime

import pytest

from bot.incoming import zone_of
from coalition.charter import load_charter
from coalition.errors import Unreadable
from dialogs.slots import Asking
from dialogs.zones import Zone
from language.texts import texts

ASKING = Asking(texts("en"), load_charter(), datetime(2027, 1, 4, 14, tzinfo=UTC), "America/Panama")


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Bogotá", "America/Bogota"),
        ("hora de Lima", "America/Lima"),
        ("ET", "America/New_York"),
        ("America/Asuncion", "America/Asuncion"),
        ("gmt-5", "Etc/GMT+5"),
        ("Ciudad de México", "America/Mexico_City"),
    ],
)
def test_zone_is_read_as_people_name_it(words: str, zone: str) -> None:
    assert Zone().read(words, ASKING) == zone


@pytest.mark.parametrize("words", ["Klingon", "tomorrow", "12", "?"])
def test_what_is_no_zone_is_asked_again(words: str) -> None:
    with pytest.raises(Unreadable):
        Zone().read(words, ASKING)


def test_the_client_names_the_zone_before_the_members_setting() -> None:
    said = {"localTimezone": "America/Lima", "localTimestamp": "2027-01-04T09:00:00-03:00"}
    assert zone_of(said, "America/Bogota") == "America/Lima"


def test_the_clients_offset_counts_where_it_names_no_zone() -> None:
    said = {"localTimestamp": "2027-01-04T09:00:00.000-03:00"}
    assert zone_of(said, "America/Bogota") == "Etc/GMT+3"


def test_the_members_setting_counts_where_the_client_says_nothing() -> None:
    assert zone_of({"localTimezone": "Nowhere/Land"}, "America/Bogota") == "America/Bogota"
