"""Stored questions on both engines: numbers, what waits, what was asked and for how long."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coalition.questions import KEPT_FOR, Asked, Feedback, Question, QuestionState, Reaction


def question(unit, number, **other):
    made = Question(number, "Who pays?", "who pays", "en", "ana", "Ana", unit.now, "a:ana")
    return replace(made, **other)


def asked(unit, text, **other):
    return replace(Asked(text, text.casefold(), "en", ("ToR-1",), False, unit.now), **other)


async def test_numbers_go_on_within_a_year_and_begin_anew_with_the_next(database):
    async with database.unit_of_work() as unit:
        numbers = [await unit.questions.next_number(year) for year in (2027, 2027, 2028)]
    assert numbers == ["Q-2027-0001", "Q-2027-0002", "Q-2028-0001"]


async def test_a_number_is_given_back_when_nothing_was_stored(database):
    async def stumble() -> None:
        async with database.unit_of_work() as unit:
            await unit.questions.next_number(2027)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await stumble()
    async with database.unit_of_work() as unit:
        assert await unit.questions.next_number(2027) == "Q-2027-0001"


async def test_what_waits_comes_the_oldest_first_and_by_pages(database):
    async with database.unit_of_work() as unit:
        for place in range(1, 6):
            state = QuestionState.ANSWERED if place == 2 else QuestionState.OPEN
            await unit.questions.add(question(unit, f"Q-2027-000{place}", state=state))
        pages = [await unit.questions.waiting(2, skip) for skip in (0, 2)]
    numbers = [[one.number[-1] for one in page] for page in pages]
    assert numbers == [["1", "3"], ["4", "5"]]


async def test_the_last_question_of_a_person_in_the_same_words_is_found(database):
    async with database.unit_of_work() as unit:
        await unit.questions.add(question(unit, "Q-2027-0001"))
        await unit.questions.add(question(unit, "Q-2027-0002", asked_by="ben"))
        found = await unit.questions.same("ana", "who pays")
        assert found is not None
        assert found.number == "Q-2027-0001"
        assert await unit.questions.same("ana", "who eats") is None


async def test_practice_is_what_was_added(database):
    async with database.unit_of_work() as unit:
        await unit.questions.add(question(unit, "Q-2027-0001"))
        await unit.questions.add(question(unit, "Q-2027-0002", practice_at=unit.now))
        assert [one.number for one in await unit.questions.practice()] == ["Q-2027-0002"]


async def test_the_same_words_are_counted_together_the_latest_first(database):
    async with database.unit_of_work() as unit:
        await unit.asked.add([asked(unit, "Why?"), asked(unit, "Who?", refused=True)])
        await unit.asked.add([asked(unit, "WHY?")])
        every = await unit.asked.lately(10)
        refused = await unit.asked.lately(10, refused=True)
        second = await unit.asked.lately(1, 1)
    assert [(one.text, one.times) for one in every] == [("WHY?", 2), ("Who?", 1)]
    assert [one.text for one in refused] == ["Who?"]
    assert [one.text for one in second] == ["Who?"]


async def test_a_thumb_takes_question_and_clauses_from_its_answer(database):
    async with database.unit_of_work() as unit:
        await unit.asked.add([asked(unit, "Why?", answer_id="7")])
        down = Feedback("key", "7", Reaction.DISLIKE, "No", unit.now)
        await unit.asked.mark(down)
        await unit.asked.mark(replace(down, key="other", answer_id="8"))
        (marked,) = await unit.asked.wrong(10)
        assert (marked.text, marked.units, marked.remark) == ("Why?", ("ToR-1",), "No")
        await unit.asked.mark(replace(down, reaction=Reaction.LIKE))
        assert await unit.asked.wrong(10) == []


async def test_what_was_asked_is_forgotten_after_its_time(database, clock):
    async with database.unit_of_work() as unit:
        await unit.asked.add([asked(unit, "Why?", answer_id="7")])
        await unit.asked.mark(Feedback("key", "7", Reaction.DISLIKE, "", unit.now))
    clock.move(KEPT_FOR + timedelta(days=1))
    async with database.unit_of_work() as unit:
        await unit.asked.add([asked(unit, "Who?")])
        await unit.asked.forget(unit.now - KEPT_FOR)
        assert [one.text for one in await unit.asked.lately(10)] == ["Who?"]
        assert await unit.asked.wrong(10) == []
