"""What was asked and marked: counted behind the turns, without names, shown to the secretariat."""

import json
import logging
from dataclasses import fields

import pytest

from coalition.questions import Asked, Feedback, Reaction
from tests.bot.talking import ADMIN, ANA, BEN, IRIS, SECRETARIAT, TEAM

ASKED = "Who repairs the coffee machine on Sundays?"


def thumb(talk, who, value, *, answer_id="", place=""):
    """A thumb under the last answer, as Teams sends it."""
    return talk._activity("invoke", who, place, "en-US") | {
        "name": "message/submitAction",
        "replyToId": answer_id or last_id(talk),
        "value": {"actionName": "feedback", "actionValue": value},
    }


async def mark(talk, who, reaction, remark="", **where):
    value = {"reaction": reaction, "feedback": json.dumps({"feedbackText": remark})}
    return await talk._post(thumb(talk, who, value, **where))


def last_id(talk):
    """The id that the connector gave to the last message: it counts them."""
    return f"activity-{len(talk.connector.messages)}"


async def wrong(talk):
    await talk.product.bot._workplace.enquiries.tally.flush()
    async with talk.product.database.unit_of_work(read_only=True) as unit:
        return await unit.asked.wrong(100)


async def lately(talk, **only):
    await talk.product.bot._workplace.enquiries.tally.flush()
    async with talk.product.database.unit_of_work(read_only=True) as unit:
        return [(one.text, one.times) for one in await unit.asked.lately(100, **only)]


def test_neither_a_question_nor_a_thumb_has_room_for_a_person():
    names = {part.name for kind in (Asked, Feedback) for part in fields(kind)}
    assert not {name for name in names if "person" in name or name.endswith("_by")}


async def test_an_answer_asks_for_thumbs_and_small_talk_does_not(team):
    answer, thanks = await team.say(ANA, "What is the quorum?"), await team.say(ANA, "thanks")
    assert answer.sent[0]["channelData"]["feedbackLoopEnabled"] is True
    assert "channelData" not in thanks.sent[0]


async def test_a_thumb_is_kept_with_question_clauses_and_words(team):
    await team.say(ANA, "What is the quorum?")
    answer = await mark(team, ANA, "dislike", "It is counted by person")
    assert (answer.status, answer.body) == (200, {})
    assert answer.sent == []
    (marked,) = await wrong(team)
    assert marked.text == "What is the quorum?"
    assert marked.units
    assert marked.remark == "It is counted by person"


async def test_a_thumb_up_is_not_among_what_is_wrong(team):
    await team.say(ANA, "What is the quorum?")
    await mark(team, ANA, "like")
    assert await wrong(team) == []


async def test_who_marks_again_has_changed_their_mind(team):
    await team.say(ANA, "What is the quorum?", place=TEAM)
    the_answer = last_id(team)
    for reaction in ("dislike", "like", "dislike", "dislike"):
        await mark(team, ANA, reaction, answer_id=the_answer, place=TEAM)
        seen = await wrong(team)
    assert len(seen) == 1
    await mark(team, BEN, "dislike", answer_id=the_answer, place=TEAM)
    assert len(await wrong(team)) == 2


async def test_a_thumb_after_the_batch_was_written_finds_its_question(team):
    await team.say(ANA, ASKED)
    the_answer = last_id(team)
    assert await lately(team) == [(ASKED, 1)]
    await mark(team, ANA, "dislike", answer_id=the_answer)
    assert [marked.text for marked in await wrong(team)] == [ASKED]


@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        [],
        {},
        {"actionName": "feedback"},
        {"actionName": "feedback", "actionValue": "like"},
        {"actionName": "feedback", "actionValue": {"reaction": ["like"]}},
        {"actionName": "other", "actionValue": {"reaction": "dislike"}},
        {"actionName": "feedback", "actionValue": {"reaction": "shrug"}},
    ],
)
async def test_what_is_no_thumb_is_answered_and_passed_over(team, value):
    await team.say(ANA, "What is the quorum?")
    activity = team._activity("invoke", ANA, "", "en-US")
    activity |= {"name": "message/submitAction", "replyToId": last_id(team), "value": value}
    answer = await team._post(activity)
    assert (answer.status, answer.body) == (200, {})
    assert await wrong(team) == []


@pytest.mark.parametrize("feedback", [None, "", "{}", "[" * 9000, 7, {"a": 1}])
async def test_a_thumb_with_unreadable_words_still_counts(team, feedback):
    await team.say(ANA, "What is the quorum?")
    activity = thumb(team, ANA, {"reaction": "dislike", "feedback": feedback})
    assert (await team._post(activity)).body == {}
    (marked,) = await wrong(team)
    assert len(marked.remark) <= 1000


async def test_a_thumb_as_the_playground_sends_it_is_for_the_last_answer(team):
    await team.tell(ANA, ASKED, "What is the quorum?", "thanks")
    await team.say(BEN, ASKED)
    activity = thumb(team, ANA, {"reaction": "dislike", "feedback": "By person"})
    del activity["replyToId"]
    assert (await team._post(activity)).body == {}
    (marked,) = await wrong(team)
    assert (marked.text, marked.remark) == ("What is the quorum?", "By person")


async def test_a_thumb_under_an_answer_that_nobody_knows_is_passed_over(team):
    assert (await mark(team, ANA, "dislike", answer_id="gone")).body == {}
    assert await wrong(team) == []


async def test_the_same_question_in_other_clothes_is_counted_together(team):
    await team.say(ANA, "What is the quorum?")
    await team.say(BEN, "what is the QUORUM")
    await team.tell(BEN, ASKED, "thanks", "requests")
    assert await lately(team) == [(ASKED, 1), ("what is the QUORUM", 2)]
    assert await lately(team, refused=True) == [(ASKED, 1)]


async def test_an_activity_sent_again_is_counted_once(team):
    await team.say(ANA, ASKED, id="same")
    await team.say(ANA, ASKED, id="same")
    assert await lately(team) == [(ASKED, 1)]


async def test_what_waits_is_written_when_the_program_ends(team):
    await team.say(ANA, ASKED)
    await team.product.bot.close()
    async with team.product.database.unit_of_work(read_only=True) as unit:
        assert [one.text for one in await unit.asked.lately(10)] == [ASKED]


async def test_what_could_not_be_written_is_written_later(team, monkeypatch):
    tally = team.product.bot._workplace.enquiries.tally
    database = team.product.database
    await team.say(ANA, ASKED)

    def away(*given):
        raise ConnectionError

    monkeypatch.setattr(database, "unit_of_work", away)
    with pytest.raises(ConnectionError):
        await tally.flush()
    monkeypatch.undo()
    assert await lately(team) == [(ASKED, 1)]


async def test_nothing_that_was_asked_is_logged(team, caplog, capsys):
    caplog.set_level(logging.DEBUG)
    await team.say(ANA, ASKED)
    await mark(team, ANA, "dislike", "It is mine")
    await lately(team)
    said = caplog.text + "".join(capsys.readouterr())
    assert "coffee machine" not in said
    assert "It is mine" not in said


async def test_the_secretariat_sees_what_was_asked_refused_and_marked(team):
    await team.say(ANA, "What is the quorum?")
    await mark(team, ANA, "dislike", "Counted by person")
    await team.say(BEN, ASKED)
    await team.say(BEN, "ask the secretariat")
    shown = await team.say(IRIS, "questions")
    for said in ("What is the quorum?", "Counted by person", ASKED, "Q-2027-0001", "1 time"):
        assert said in shown.said
    assert "Ana" not in shown.said
    assert "Ben" not in shown.said
    assert [data["say"] for data in shown.buttons.values()] == ["question Q-2027-0001"]


@pytest.mark.parametrize(
    ("words", "locale", "said"),
    [
        ("questions", "en-US", "Refused: not in the documents"),
        ("consultas", "es-PA", "Sin respuesta: no está en los documentos"),
        ("perguntas", "pt-BR", "Sem resposta: não está nos documentos"),
    ],
)
async def test_the_overview_is_in_three_languages(team, words, locale, said):
    await team.say(BEN, ASKED)
    shown = await team.say(IRIS, words, locale=locale, place=SECRETARIAT)
    assert said in shown.said


async def test_before_anything_was_asked_the_overview_says_so(team):
    assert "Nothing has been asked yet" in (await team.say(ADMIN, "questions")).said


async def test_the_overview_goes_on_page_by_page_and_fits_a_card(team):
    for number in range(12):
        words = f"{'Who repairs machine ' * 20}{number}?"
        await team.tell(BEN, words, f"ask the secretariat {words}")
    seen: set[str] = set()
    shown = await team.say(IRIS, "questions")
    for _ in range(3):
        assert len(json.dumps(shown.card)) < 28_000
        assert len(shown.buttons) <= 6
        for data in shown.buttons.values():
            assert f"`{data['say']}`" in shown.said
        seen |= {label for label in shown.buttons if label.startswith("Q-")}
        if "More" in shown.buttons:
            shown = await team.press(IRIS, shown.buttons["More"])
    assert len(seen) == 12
    assert "More" not in shown.buttons
    assert "nothing more" in (await team.say(IRIS, "questions 9")).said


def test_the_thumbs_have_the_names_that_teams_gives_them():
    assert {str(reaction) for reaction in Reaction} == {"like", "dislike"}
