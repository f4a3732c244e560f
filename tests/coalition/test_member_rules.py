"""People: who may convene, who is secretariat, who has no alternate (S49, S50, S55, S56, S64)."""

from datetime import date

import pytest

from coalition.charter import load_charter
from coalition.members import (
    Person,
    Seat,
    entities_without_alternate,
    is_secretariat,
    may_convene,
    seats,
)

CHARTER = load_charter()
IOM_QUARTER, UNHCR_QUARTER = date(2027, 3, 31), date(2027, 4, 1)


def of(entity: str, seat: Seat = Seat.REPRESENTATIVE) -> Person:
    return Person("id", "Somebody", entity, seat)


@pytest.mark.parametrize("entity", ["IOM", "UNHCR", "UNICEF", "ECLAC"])
def test_co_chairs_may_convene_in_every_quarter(entity):
    assert may_convene(of(entity), IOM_QUARTER, CHARTER)
    assert may_convene(of(entity), UNHCR_QUARTER, CHARTER)


def test_member_that_is_no_co_chair_may_not_convene():
    assert not may_convene(of("WFP"), IOM_QUARTER, CHARTER)


def test_observer_of_a_co_chair_may_not_convene():
    assert not may_convene(of("IOM", Seat.OBSERVER), IOM_QUARTER, CHARTER)


def test_person_without_entity_may_nothing():
    assert not may_convene(of("", Seat.STAFF), IOM_QUARTER, CHARTER)
    assert not is_secretariat(of("", Seat.STAFF), IOM_QUARTER, CHARTER)


def test_secretariat_is_handed_over_with_the_quarter():
    assert is_secretariat(of("IOM"), IOM_QUARTER, CHARTER)
    assert not is_secretariat(of("IOM"), UNHCR_QUARTER, CHARTER)
    assert is_secretariat(of("UNHCR", Seat.STAFF), UNHCR_QUARTER, CHARTER)


def test_co_chair_out_of_its_quarter_is_no_secretariat():
    assert not is_secretariat(of("ECLAC"), IOM_QUARTER, CHARTER)


def test_seats_hold_the_people_of_one_entity_only():
    people = [of("IOM"), of("IOM", Seat.ALTERNATE), of("WFP")]
    assert {seat: len(held) for seat, held in seats("IOM", people).items() if held} == {
        Seat.REPRESENTATIVE: 1,
        Seat.ALTERNATE: 1,
    }


def test_entities_without_alternate_are_all_but_those_that_named_one():
    lacking = entities_without_alternate(CHARTER, [of("IOM", Seat.ALTERNATE), of("WFP")])
    assert "IOM" not in lacking
    assert "WFP" in lacking
    assert len(lacking) == len(CHARTER.entities) - 1


@pytest.mark.parametrize(
    ("person", "label"),
    [
        (Person("1", "Ana Pérez", "UNICEF"), "Ana Pérez (UNICEF)"),
        (Person("1", "UNICEF (Secretariat)", "UNICEF"), "UNICEF (Secretariat)"),
        (Person("1", "", "UNICEF"), "UNICEF"),
        (Person("1", "Ana Pérez"), "Ana Pérez"),
        (Person("29:1x"), "29:1x"),
    ],
)
def test_label_names_the_person_with_the_entity(person, label):
    assert person.label == label
