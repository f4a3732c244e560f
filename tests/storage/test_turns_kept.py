"""What a turn needs of the database, on SQLite and PostgreSQL alike."""

from datetime import timedelta

import pytest

from coalition.errors import Stale
from coalition.members import Person, Seat
from coalition.places import Place, PlaceKind, Purpose

PERSON = Person("aad-1", "Ana", "UNICEF", Seat.ALTERNATE, "es", "America/Lima", "ana@example.org")
PLACE = Place("19:a", PlaceKind.CHANNEL, "19:t", "General", "", Purpose.NONE, {"serviceUrl": "u"})
FORM = {"command": "request", "nonce": "n", "answers": {"line": "4a"}}


async def known(database, thread="19:a;messageid=1", person="aad-1", place="19:a"):
    async with database.unit_of_work(read_only=True) as unit:
        return await unit.turns.known(thread, person, place)


async def keep(database, form, version, thread="19:a;messageid=1"):
    async with database.unit_of_work("aad-1") as unit:
        await unit.turns.keep_form(thread, "aad-1", form, version)


async def test_nothing_is_known_of_a_stranger(database):
    found = await known(database)
    assert (found.person, found.place, found.form, found.form_version) == (None, None, None, 0)


async def test_person_place_and_form_are_known_in_one_query(database):
    async with database.unit_of_work("aad-1") as unit:
        await unit.people.add(PERSON)
        await unit.places.add(PLACE)
        await unit.turns.keep_form("19:a;messageid=1", "aad-1", FORM, 0)
    found = await known(database)
    assert (found.person, found.place) == (PERSON, PLACE)
    assert (found.form, found.form_version) == (FORM, 1)


async def test_form_belongs_to_one_person_in_one_thread(database):
    await keep(database, FORM, 0)
    assert (await known(database, person="aad-2")).form is None
    assert (await known(database, thread="19:a;messageid=2")).form is None


async def test_form_is_changed_only_from_the_version_that_was_read(database):
    await keep(database, FORM, 0)
    await keep(database, {**FORM, "asked": "subject"}, 1)
    with pytest.raises(Stale):
        await keep(database, FORM, 1)
    with pytest.raises(Stale):
        await keep(database, FORM, 0)
    with pytest.raises(Stale):
        await keep(database, None, 1)
    await keep(database, None, 2)
    assert (await known(database)).form is None


async def test_same_is_claimed_once_in_a_minute(database, clock):
    async def claim():
        async with database.unit_of_work() as unit:
            return await unit.turns.claim("f")

    assert await claim()
    assert not await claim()
    clock.move(timedelta(seconds=61))
    assert await claim()


async def test_claim_that_is_rolled_back_is_free_again(database):
    async def fails():
        async with database.unit_of_work() as unit:
            assert await unit.turns.claim("f")
            raise LookupError

    with pytest.raises(LookupError):
        await fails()
    async with database.unit_of_work() as unit:
        assert await unit.turns.claim("f")


async def test_answer_is_told_again_for_a_minute(database, clock):
    async with database.unit_of_work() as unit:
        await unit.turns.claim("f")
        await unit.turns.settle("f", {"text": "Filed", "card": None})
    async with database.unit_of_work(read_only=True) as unit:
        assert await unit.turns.receipt("f") == {"text": "Filed", "card": None}
    clock.move(timedelta(seconds=61))
    async with database.unit_of_work(read_only=True) as unit:
        assert await unit.turns.receipt("f") is None


async def test_old_receipts_are_dropped(database, clock):
    async with database.unit_of_work() as unit:
        await unit.turns.claim("old")
    clock.move(timedelta(hours=2))
    async with database.unit_of_work() as unit:
        await unit.turns.claim("new")
        await unit.turns.forget_old()
    async with database.unit_of_work() as unit:
        assert await unit.turns.claim("old")
        assert not await unit.turns.claim("new")


async def test_mark_is_kept_and_changed(database):
    async with database.unit_of_work() as unit:
        assert await unit.turns.mark("clock") is None
        await unit.turns.set_mark("clock", 1.5)
        await unit.turns.set_mark("clock", 2.5)
    async with database.unit_of_work(read_only=True) as unit:
        assert await unit.turns.mark("clock") == 2.5
