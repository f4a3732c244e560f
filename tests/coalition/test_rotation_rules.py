"""The secretariat rotates quarterly (S55); order and start are the charter's (Q2)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.rotation import Quarter, Rotation

IOM_FIRST = Rotation(("IOM", "UNHCR", "UNICEF"), Quarter(2026, 2))

days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
quarters = st.builds(Quarter, st.integers(1900, 2200), st.integers(1, 4))
rotations = st.builds(
    Rotation,
    st.lists(st.text(min_size=1), min_size=1, max_size=9, unique=True).map(tuple),
    quarters,
)


def test_first_of_the_order_holds_the_quarter_that_the_charter_names():
    assert IOM_FIRST.secretariat_in(Quarter(2026, 2)) == "IOM"


def test_quarter_after_the_last_of_the_order_begins_the_next_round():
    held = [IOM_FIRST.secretariat_in(Quarter(2026, 2).later(step)) for step in range(5)]
    assert held == ["IOM", "UNHCR", "UNICEF", "IOM", "UNHCR"]


def test_quarters_before_the_start_are_counted_back():
    held = [IOM_FIRST.secretariat_in(Quarter(2026, 2).later(-step)) for step in range(1, 5)]
    assert held == ["UNICEF", "UNHCR", "IOM", "UNICEF"]


def test_secretariat_changes_between_the_last_day_of_march_and_the_first_of_april():
    assert IOM_FIRST.secretariat_on(date(2026, 6, 30)) == "IOM"
    assert IOM_FIRST.secretariat_on(date(2026, 7, 1)) == "UNHCR"


def test_entity_that_follows_the_last_is_the_first():
    assert IOM_FIRST.after("UNICEF") == "IOM"


def test_entity_outside_the_rotation_has_no_follower():
    with pytest.raises(ValueError, match="not in"):
        IOM_FIRST.after("ECLAC")


@given(rotations, quarters)
def test_every_member_holds_exactly_one_quarter_of_a_cycle(rotation, start):
    length = len(rotation.order)
    held = [rotation.secretariat_in(start.later(step)) for step in range(length)]
    assert sorted(held) == sorted(rotation.order)


@given(rotations, quarters)
def test_every_member_holds_exactly_one_quarter_of_a_cycle_counted_back(rotation, start):
    length = len(rotation.order)
    held = [rotation.secretariat_in(start.later(-step)) for step in range(length)]
    assert sorted(held) == sorted(rotation.order)


@given(rotations, quarters)
def test_next_quarter_belongs_to_who_follows_in_the_order(rotation, quarter):
    now = rotation.secretariat_in(quarter)
    assert rotation.secretariat_in(quarter.later(1)) == rotation.after(now)


@given(days)
def test_day_lies_in_its_quarter_and_in_no_other(day):
    quarter = Quarter.of(day)
    assert quarter.starts_on <= day < quarter.later(1).starts_on


@given(quarters, st.integers(-500, 500))
def test_going_on_and_counting_since_undo_each_other(quarter, steps):
    there = quarter.later(steps)
    assert there.since(quarter) == steps
    assert there.later(-steps) == quarter
    assert 1 <= there.number <= 4


@given(quarters, quarters)
def test_quarters_are_ordered_as_their_first_days_are(one, other):
    assert (one < other) == (one.starts_on < other.starts_on)


@given(quarters)
def test_last_day_of_a_quarter_comes_before_the_next(quarter):
    last = quarter.later(1).starts_on - timedelta(days=1)
    assert Quarter.of(last) == quarter


@given(quarters)
def test_quarter_is_read_as_the_charter_writes_it(quarter):
    assert Quarter.read(f"{quarter.year}-Q{quarter.number}") == quarter


@pytest.mark.parametrize("written", ["2026-Q5", "2026-Q0", "2026Q2", "Q2 2026", "", "2026-Q2 "])
def test_what_is_no_quarter_is_refused_with_an_example(written):
    with pytest.raises(ValueError, match="2026-Q2"):
        Quarter.read(written)
