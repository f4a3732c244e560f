"""The charter: the documents' facts as data, and a file that is wrong is refused by name."""

from datetime import date
from pathlib import Path

import pytest

from coalition.charter import CHARTERS, load_charter
from coalition.rotation import Quarter

CHARTER = load_charter()
FILE = CHARTERS / "ibc-hm.toml"


def changed(folder: Path, old: str, new: str) -> str:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path = folder / "other.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return str(path)


def test_lists_the_entities_of_section_4_verbatim():
    """S54 and gap Q3: UNPPA stands there and is no member of RCP LAC (S2)."""
    assert len(CHARTER.entities) == len(set(CHARTER.entities)) == 21
    assert "UNPPA" in CHARTER.entities
    assert "UNPPA" not in CHARTER.platform_entities
    assert len(set(CHARTER.platform_entities)) == 24


def test_names_four_co_chairs_of_whom_three_rotate():
    """Gaps Q1 and Q2."""
    assert CHARTER.co_chairs == ("IOM", "UNHCR", "UNICEF", "ECLAC")
    assert set(CHARTER.rotation.order) == {"IOM", "UNHCR", "UNICEF"}
    assert CHARTER.rotation.starts_with == Quarter.of(date(2026, 4, 1))


def test_menu_has_seven_types_and_fifteen_lines():
    """S125 to S146, gap Q18."""
    assert [service.id for service in CHARTER.services] == list("1234567")
    lines = [line for service in CHARTER.services for line in service.line_ids()]
    assert len(lines) == 15
    assert lines[:7] == ["1a", "1b", "1c", "1d", "1e", "1f", "2a"]
    assert CHARTER.services[-1].lines == ()


def test_line_is_found_by_its_short_name():
    assert CHARTER.line_text("4a").startswith("Training sessions for UNCTs")
    assert CHARTER.service("7").name == "Other"


@pytest.mark.parametrize("line", ["4c", "8a", "1g"])
def test_line_outside_the_menu_is_none(line):
    with pytest.raises(KeyError):
        CHARTER.line_text(line)


def test_periods_are_those_of_section_4():
    """S58, S65, S66, S103."""
    rules = CHARTER.meetings
    assert (rules.notice_for_days, rules.minutes_within_days, rules.comments_for_days) == (7, 7, 5)
    assert rules.interval_for_months == 2


def test_another_coalition_has_a_file_of_its_own(tmp_path):
    other = load_charter(changed(tmp_path, 'short_name = "IBC-HM"', 'short_name = "IBC-CCR"'))
    assert other.short_name == "IBC-CCR"


def test_charter_without_an_entry_is_refused_by_the_entrys_name(tmp_path):
    with pytest.raises(ValueError, match=r"other\.toml.*notice_for_days"):
        load_charter(changed(tmp_path, "notice_for_days = 7", "other_days = 7"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('rotation = ["IOM"', 'rotation = ["IFAD"'),
        ('co_chairs = ["IOM"', 'co_chairs = ["IFAD"'),
    ],
)
def test_charter_that_names_a_stranger_is_refused(tmp_path, old, new):
    with pytest.raises(ValueError, match="IFAD"):
        load_charter(changed(tmp_path, old, new))


def test_charter_without_anybody_in_the_rotation_is_refused(tmp_path):
    with pytest.raises(ValueError, match="rotation"):
        load_charter(changed(tmp_path, 'rotation = ["IOM", "UNHCR", "UNICEF"]', "rotation = []"))


def test_charter_with_a_zone_that_is_none_is_refused(tmp_path):
    with pytest.raises(ValueError, match="Panama City"):
        load_charter(changed(tmp_path, 'zone = "America/Panama"', 'zone = "Panama City"'))


def test_charter_that_starts_with_no_quarter_is_refused(tmp_path):
    with pytest.raises(ValueError, match="2026-Q2"):
        load_charter(changed(tmp_path, '"2026-Q2"', '"spring"'))


def test_charter_that_is_not_there_is_not_found():
    with pytest.raises(FileNotFoundError):
        load_charter("ibc-of-nobody")
