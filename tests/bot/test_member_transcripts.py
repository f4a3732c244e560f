"""Transcripts of people: members, the secretariat of the quarter, the import (S49 to S55)."""

from datetime import timedelta

import pytest

from bot.commands.members import read_people
from coalition.errors import Refused
from coalition.members import Seat
from tests.bot.talking import ADMIN, ANA, BEN, IRIS, visible_of

TABLE = """id,name,entity,seat,email,zone
aad-carl,Carl Díaz,WFP,alternate,carl@example.org,America/Lima
aad-dora,"Dora, Ñandú",UN Women,Technical co-chair,,
"""
ENTITIES = ("WFP", "UN Women")


async def people(talk):
    async with talk.product.database.unit_of_work(read_only=True) as unit:
        return {person.id: person for person in await unit.people.everybody()}


async def test_members_are_the_entities_of_the_charter_with_their_people(team):
    """S54, Q3."""
    answer = await team.say(BEN, "members")
    assert "21" in answer.said
    for shown in ("UNPPA", "UNICEF", "Ana Pérez", "co-chair", "secretariat"):
        assert shown in visible_of(answer.sent[0])
    assert "alternate" in answer.said


@pytest.mark.parametrize("words", ["members UNICEF", "members unicef", "miembros de UNICEF"])
async def test_one_entity_is_shown_with_its_seats(team, words):
    """S50: no alternate is named."""
    answer = await team.say(BEN, words)
    assert "Ana Pérez" in answer.said


async def test_entity_with_several_words_is_found(team):
    assert "UN Women" in (await team.say(BEN, "members UN Women")).said


async def test_entity_that_is_none_is_not_passed_over(team):
    answer = await team.say(BEN, "members IFAD")
    assert "IFAD" in answer.said


async def test_secretariat_is_named_with_the_next_ones_and_the_assumption(team):
    """S55, Q2."""
    answer = await team.say(BEN, "secretariat")
    assert "IOM is the secretariat in Q1 2027" in answer.said
    assert answer.said.index("UNHCR") < answer.said.index("UNICEF")
    assert "Assumed" in answer.said


async def test_secretariat_changes_with_the_quarter(team):
    await team.clock(timedelta(days=90))
    assert "UNHCR is the secretariat in Q2 2027" in (await team.say(BEN, "secretariat")).said


async def test_rights_of_the_secretariat_go_over_with_the_quarter(team):
    await team.tell(ANA, "request", "4b", "Training", "Two days", "Panama", "member", "skip", "yes")
    await team.clock(timedelta(days=90))
    answer = await team.say(IRIS, "request accept SR-2027-0001")
    assert "UNHCR" in answer.said


async def test_administrator_imports_people_from_a_table(team):
    answer = await team.say(ADMIN, f"members import {TABLE}")
    assert "2 people imported" in answer.said
    known = await people(team)
    assert known["aad-carl"].seat is Seat.ALTERNATE
    assert known["aad-carl"].zone == "America/Lima"
    assert known["aad-dora"].name == "Dora, Ñandú"


async def test_table_is_asked_for_and_pasted(team):
    await team.say(ADMIN, "members import")
    assert "2 people imported" in (await team.say(ADMIN, TABLE)).said


async def test_imported_member_keeps_the_language_that_they_chose(team):
    await team.say(BEN, "language español")
    table = "id,name,entity,seat\naad-ben,Benjamin Okello,WFP,alternate"
    await team.say(ADMIN, f"members import {table}")
    ben = (await people(team))["aad-ben"]
    assert (ben.name, ben.seat, ben.language) == ("Benjamin Okello", Seat.ALTERNATE, "es")


async def test_imported_zone_is_used_where_the_client_names_none(team):
    await team.say(ADMIN, f"members import {TABLE}")
    assert (await people(team))["aad-carl"].email == "carl@example.org"


@pytest.mark.parametrize("who", [ANA, BEN, IRIS])
async def test_import_is_for_administrators(team, who):
    before = await people(team)
    assert "administrators" in (await team.say(who, f"members import {TABLE}")).said
    assert await people(team) == before


async def test_import_with_wrong_lines_names_them_and_takes_nothing_over(team):
    wrong = TABLE + "aad-x,X,IFAD,staff\n,Nobody,WFP,staff\naad-y,Y,WFP,president\n"
    answer = await team.say(ADMIN, f"members import {wrong}")
    assert "4, 5, 6" in answer.said
    assert "aad-carl" not in await people(team)


async def test_import_without_the_columns_says_which_are_needed(team):
    answer = await team.say(ADMIN, "members import name;entity\nAna;WFP")
    assert "id, name, entity, seat" in answer.said


def test_table_with_semicolons_and_a_mark_in_front_is_read():
    """As Excel writes it in Spanish."""
    table = "\ufeffID;Name;Entity;Seat\r\naad-1;Ana;WFP;Representative\r\n"
    (person,) = read_people(table, ENTITIES)
    assert (person.id, person.entity, person.seat) == ("aad-1", "WFP", Seat.REPRESENTATIVE)


def test_table_with_tabs_is_read():
    """As it is pasted from a sheet."""
    table = "id\tname\tentity\tseat\naad-1\tAna, María\tUN Women\tstaff"
    (person,) = read_people(table, ENTITIES)
    assert person.name == "Ana, María"


def test_person_without_a_seat_is_staff():
    (person,) = read_people("id,name,entity,seat\n1,Ana,WFP,", ENTITIES)
    assert person.seat is Seat.STAFF


def test_observer_needs_no_entity():
    (person,) = read_people("id,name,entity,seat\n1,Ana,,observer", ENTITIES)
    assert person.seat is Seat.OBSERVER


def test_same_person_twice_is_refused():
    with pytest.raises(Refused, match="members-lines-wrong"):
        read_people("id,name,entity,seat\n1,Ana,WFP,staff\n1,Ben,WFP,staff", ENTITIES)


@pytest.mark.parametrize("table", ["", "id,name,entity,seat", "a,b\n1,2", "\n\n"])
def test_table_without_people_is_refused(table):
    with pytest.raises(Refused, match="members-columns"):
        read_people(table, ENTITIES)
