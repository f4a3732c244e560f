"""Questions in a conversation: follow-ups, other readings as buttons, and what is on record."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.recall import FOLLOWED_FOR, Recall, Said
from knowledge.answer import Answer
from tests.bot.talking import ADMIN, ANA, BEN, GROUP, TEAM, text_of

FOLLOWED = {
    "en-US": ("What is the quorum?", "and with 9?", "9 present are not a quorum"),
    "es-PA": ("¿Cuál es el quórum?", "¿y si somos 9?", "con 9 presentes no hay quórum"),
    "pt-BR": ("Qual é o quórum?", "e se formos 9?", "com 9 presentes não há quórum"),
}
SCHEDULE = ("meetings schedule Regular meeting on 12 March 2027 at 10:00", "60", "skip", "yes")


@pytest.mark.parametrize("locale", FOLLOWED)
async def test_a_follow_up_goes_on_from_the_answer_before(team, locale):
    question, follow_up, said = FOLLOWED[locale]
    await team.say(ANA, question, locale=locale)
    answer = await team.say(ANA, follow_up, locale=locale)
    assert said in answer.said.partition("\n")[0]
    assert "half of the members" in answer.said


async def test_a_follow_up_is_in_the_language_of_what_it_follows(team):
    await team.say(ANA, "¿Cuál es el quórum?", locale="en-US")
    answer = await team.say(ANA, "¿y 9?", locale="en-US")
    assert "Términos de referencia" in answer.said


async def test_thanks_in_between_do_not_break_the_thread(team):
    await team.tell(ANA, "What is the quorum?", "thanks")
    answer = await team.say(ANA, "and with 9?")
    assert "9 present are not a quorum" in answer.said


async def test_nobody_follows_what_another_asked_or_what_was_asked_elsewhere(team):
    await team.say(ANA, "What is the quorum?", place=GROUP)
    for who, place in ((BEN, GROUP), (ANA, TEAM), (ANA, "")):
        answer = await team.say(who, "and with 9?", place=place)
        assert "9 present are not a quorum" not in answer.said


async def test_after_a_quarter_of_an_hour_nothing_is_followed(team):
    await team.say(ANA, "What is the quorum?")
    await team.clock(FOLLOWED_FOR + timedelta(minutes=1))
    answer = await team.say(ANA, "and with 9?")
    assert "9 present are not a quorum" not in answer.said


async def test_a_question_writes_nothing_in_its_turn(team, monkeypatch):
    monkeypatch.setattr("bot.tally.WRITTEN_WITHIN", 3600)
    await team.say(ANA, "What is the quorum?")
    written = []
    database = team.product.database
    monkeypatch.setattr(database, "write", lambda: written.append(True))
    await team.tell(ANA, "and with 9?", "Who drafts the minutes?")
    monkeypatch.undo()
    assert written == []


def test_only_so_many_conversations_are_remembered():
    recall, now = Recall(), datetime(2027, 1, 4, tzinfo=UTC)
    for number in range(2500):
        recall.keep(f"thread-{number}", "ana", Said(Answer("Yes."), "en", now))
    assert recall.before("thread-0", "ana", now) is None
    assert recall.before("thread-2499", "ana", now)
    assert len(recall._said) == 2000


async def test_other_readings_are_buttons_and_words(team):
    knowledge = team.product.bot._workplace.knowledge
    choosing = next(
        card.texts["en"].ask
        for card in knowledge.sources.cards.values()
        if card.choices and card.texts["en"].ask
    )
    answer = await team.say(ANA, choosing)
    assert answer.buttons
    for data in answer.buttons.values():
        assert f"- {data['say']}" in answer.said
        assert data["beside"] == "yes"
        assert (await team.press(ANA, data)).said


@pytest.mark.parametrize(
    ("question", "locale"),
    [
        ("When is the next meeting?", "en-US"),
        ("¿Cuándo es la próxima reunión?", "es-PA"),
        ("Quando é a próxima reunião?", "pt-BR"),
    ],
)
async def test_the_next_meeting_is_the_one_on_record(team, question, locale):
    assert "Regular meeting" not in (await team.say(BEN, question, locale=locale)).said
    await team.tell(ADMIN, *SCHEDULE)
    answer = await team.say(BEN, question, locale=locale)
    assert "Regular meeting" in answer.said
    assert "every two months" in answer.said


async def test_a_meeting_that_is_over_or_cancelled_is_not_the_next(team):
    await team.tell(ADMIN, *SCHEDULE)
    await team.tell(ADMIN, "meetings cancel 1", "yes")
    assert "Regular meeting" not in (await team.say(BEN, "When is the next meeting?")).said


async def test_open_minutes_say_until_when_comments_count(team):
    await team.tell(ADMIN, *SCHEDULE)
    await team.at(datetime(2027, 3, 13, 15, tzinfo=UTC))
    await team.tell(ADMIN, "minutes circulate 1 The meeting agreed on the plan.", "yes")
    asked = "Until when can I comment on the minutes now?"
    answer = await team.say(BEN, asked)
    assert "Regular meeting" in answer.said
    assert "18 March 2027" in answer.said
    await team.clock(timedelta(days=7))
    assert "Regular meeting" not in (await team.say(BEN, asked)).said


async def test_where_the_rule_needs_no_records_none_are_read(team, monkeypatch):
    read = []
    monkeypatch.setattr("bot.commands.ask.live", lambda turn: read.append(turn))
    assert "half of the members" in text_of((await team.say(ANA, "What is the quorum?")).sent[0])
    assert read == []
