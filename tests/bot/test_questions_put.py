"""Questions to the secretariat: put once, answered once, told once, kept as practice, in three
languages."""

from datetime import timedelta

import pytest

from tests.bot.talking import ADMIN, ANA, BEN, GROUP, IRIS, SECRETARIAT, TEAM, text_of

ASKED = "Who repairs the coffee machine on Sundays?"
PUT = "Put it to the secretariat"
LANGUAGES = {
    "en-US": (ASKED, PUT, "ask the secretariat", "Put to the secretariat"),
    "es-PA": (
        "¿Quién repara la cafetera los domingos?",
        "Consultar a la secretaría",
        "consultar a la secretaría",
        "Consultado a la secretaría",
    ),
    "pt-BR": (
        "Quem conserta a máquina de café aos domingos?",
        "Consultar a secretaria",
        "consultar a secretaria",
        "Consulta enviada à secretaria",
    ),
}


async def stored(talk):
    async with talk.product.database.unit_of_work(read_only=True) as unit:
        return await unit.questions.find()


async def put(talk, who=ANA, **how):
    await talk.say(who, ASKED, **how)
    return await talk.say(who, "ask the secretariat", **how)


async def answered(talk):
    await put(talk)
    await talk.work()
    return await talk.say(IRIS, "answer Q-2027-0001 UNOPS does.")


def in_the_channel(sent):
    return [body for body in sent if body["conversation"]["id"].startswith(SECRETARIAT)]


@pytest.mark.parametrize("locale", LANGUAGES)
async def test_what_is_refused_can_be_put_to_the_secretariat_by_button(team, locale):
    asked, label, words, said = LANGUAGES[locale]
    refusal = await team.say(ANA, asked, locale=locale)
    assert refusal.buttons[label]["say"] == f"{words} {asked}"
    assert f"`{words} {asked}`" in refusal.said
    pressed = await team.press(ANA, refusal.buttons[label], locale=locale)
    assert said in pressed.said
    assert "IOM" in pressed.said
    (question,) = await stored(team)
    assert (question.number, question.text) == ("Q-2027-0001", asked)
    assert question.language == locale[:2]


@pytest.mark.parametrize("locale", LANGUAGES)
async def test_what_was_refused_last_can_be_put_by_words_alone(team, locale):
    asked, _, words, said = LANGUAGES[locale]
    await team.say(ANA, asked, locale=locale)
    assert said in (await team.say(ANA, words, locale=locale)).said
    assert [question.text for question in await stored(team)] == [asked]


async def test_any_question_can_be_put_in_its_own_words(team):
    await team.say(ANA, "ask the secretariat: Who pays for lunch?")
    assert [question.text for question in await stored(team)] == ["Who pays for lunch?"]


async def test_without_a_refused_question_the_words_are_asked_for(team):
    assert "Write it behind the words" in (await team.say(ANA, "ask the secretariat")).said
    await team.say(ANA, "What is the quorum?")
    assert "Write it behind the words" in (await team.say(ANA, "ask the secretariat")).said
    assert await stored(team) == []


async def test_nobody_puts_what_another_was_refused(team):
    await team.say(ANA, ASKED)
    await team.say(BEN, "ask the secretariat")
    assert await stored(team) == []


async def test_two_refused_questions_are_both_put_within_a_minute(team):
    await put(team)
    await team.tell(ANA, "Who waters the plants in December?", "ask the secretariat")
    texts = [question.text for question in await stored(team)]
    assert texts == [ASKED, "Who waters the plants in December?"]


@pytest.mark.parametrize("place", [TEAM, GROUP])
async def test_in_a_shared_place_a_refusal_offers_no_button(team, place):
    refusal = await team.say(ANA, ASKED, place=place)
    assert refusal.buttons == {}
    assert "ask the secretariat" not in refusal.said


async def test_an_answer_of_the_documents_offers_no_secretariat(team):
    assert PUT not in (await team.say(ANA, "What is the quorum?")).buttons


async def test_of_several_questions_only_the_refused_one_is_put(team):
    asked = await team.say(ANA, f"What is the quorum? {ASKED}")
    assert "half of the members" in asked.said
    await team.press(ANA, asked.buttons[PUT])
    assert [question.text for question in await stored(team)] == [ASKED]


@pytest.mark.parametrize("later", [timedelta(), timedelta(minutes=2), timedelta(days=2)])
async def test_button_pressed_twice_puts_the_question_once(team, later):
    refusal = await team.say(ANA, ASKED)
    await team.press(ANA, refusal.buttons[PUT])
    sent = await team.clock(later)
    again = await team.press(ANA, refusal.buttons[PUT])
    assert "You have put this question already" in again.said
    assert len(await stored(team)) == 1
    assert len(in_the_channel(sent + await team.work())) == 1


async def test_the_same_activity_sent_again_with_a_new_id_puts_it_once(team):
    await team.say(ANA, f"ask the secretariat {ASKED}", id="first")
    await team.say(ANA, f"ask the secretariat {ASKED}", id="second")
    assert len(await stored(team)) == 1


async def test_two_members_put_the_same_question_each_for_themselves(team):
    await put(team, ANA)
    await put(team, BEN)
    assert [question.asked_by for question in await stored(team)] == [ANA.id, BEN.id]


async def test_the_channel_sees_who_asks_on_a_card_without_fields(team):
    await put(team)
    (post,) = in_the_channel(await team.work())
    assert "Ana Pérez (UNICEF)" in text_of(post)
    assert ASKED in text_of(post)
    card = post["attachments"][0]["content"]
    assert [part["type"] for part in card["body"]] == ["TextBlock"] * 3
    (action,) = card["actions"]
    assert action["data"]["beside"] == "yes"
    assert f"`{action['data']['say']}`" in text_of(post)


async def test_the_secretariat_answers_on_a_card_of_its_own(team):
    await put(team)
    (post,) = in_the_channel(await team.work())
    button = post["attachments"][0]["content"]["actions"][0]["data"]
    own = await team.press(IRIS, button, place=SECRETARIAT)
    assert own.inputs == ["answer"]
    sent = own.buttons["Send the answer"]
    done = await team.press(IRIS, sent, place=SECRETARIAT, answer="UNOPS does.")
    assert "You answered Q-2027-0001" in done.said
    assert [question.answer for question in await stored(team)] == ["UNOPS does."]


async def test_the_second_press_in_the_channel_gives_the_present_state(team):
    await put(team)
    (post,) = in_the_channel(await team.work())
    button = post["attachments"][0]["content"]["actions"][0]["data"]
    await team.say(IRIS, "answer Q-2027-0001 UNOPS does.")
    again = await team.press(IRIS, button, place=SECRETARIAT)
    assert "UNOPS does." in again.said
    assert again.inputs == []


async def test_an_old_field_sent_in_again_changes_nothing(team):
    await put(team)
    own = await team.say(IRIS, "question Q-2027-0001")
    first = await team.press(IRIS, own.buttons["Send the answer"], answer="UNOPS does.")
    again = await team.press(IRIS, own.buttons["Send the answer"], answer="UNOPS does not.")
    assert "You answered" in first.said
    assert "has answered Q-2027-0001 already" in again.said
    assert [question.answer for question in await stored(team)] == ["UNOPS does."]


async def test_half_an_answer_is_asked_on(team):
    await put(team)
    asked = await team.say(IRIS, "answer Q-2027-0001")
    assert "What is the answer?" in asked.said
    await team.say(IRIS, "UNOPS does.")
    assert [question.answer for question in await stored(team)] == ["UNOPS does."]


async def test_answered_twice_the_first_answer_stands(team):
    await answered(team)
    again = await team.say(ADMIN, "answer Q-2027-0001 Nobody does.")
    assert "Iris Gómez (IOM) has answered Q-2027-0001 already" in again.said
    assert [question.answer for question in await stored(team)] == ["UNOPS does."]


@pytest.mark.parametrize("locale", LANGUAGES)
async def test_the_asker_is_told_once_in_their_own_chat_and_language(team, locale):
    await team.install("", BEN)
    asked, _, words, _ = LANGUAGES[locale]
    await team.tell(BEN, asked, words, locale=locale)
    if locale != "en-US":
        names = {"es-PA": "idioma español", "pt-BR": "idioma português"}
        await team.say(BEN, names[locale])
    await team.work()
    await team.tell(IRIS, "answer Q-2027-0001 UNOPS does.", "answer Q-2027-0001 UNOPS does.")
    told = await team.work() + await team.clock(timedelta(days=1))
    (mine,) = [body for body in told if body["conversation"]["id"] == f"a:{BEN.id}"]
    said = {
        "en-US": "answered your question",
        "es-PA": "respondió su consulta",
        "pt-BR": "respondeu à sua consulta",
    }
    assert said[locale] in text_of(mine)
    assert "UNOPS does." in text_of(mine)
    assert "actions" not in mine["attachments"][0]["content"]


async def test_who_asked_in_a_channel_is_told_in_their_own_chat(team):
    await team.say(ANA, f"ask the secretariat {ASKED}", place=TEAM)
    await team.work()
    await team.say(IRIS, "answer Q-2027-0001 UNOPS does.")
    assert [body["conversation"]["id"] for body in await team.work()] == [f"a:{ANA.id}"]


@pytest.mark.parametrize(
    "words",
    ["answer Q-2027-0001 Nobody.", "practice Q-2027-0001", "practice end Q-2027-0001", "questions"],
)
async def test_only_the_secretariat_answers_and_sees_what_was_asked(team, words):
    await put(team)
    assert "Only the secretariat" in (await team.say(BEN, words)).said
    assert [question.answer for question in await stored(team)] == [""]


async def test_the_secretariat_of_the_next_quarter_takes_over(team):
    await put(team)
    await team.clock(timedelta(days=100))
    refused = await team.say(IRIS, "answer Q-2027-0001 UNOPS does.")
    assert "Only the secretariat" in refused.said


async def test_a_question_is_shown_to_its_asker_and_to_nobody_else(team):
    await put(team)
    assert ASKED in (await team.say(ANA, "question Q-2027-0001")).said
    other = await team.say(BEN, "question Q-2027-0001")
    assert "asked by somebody else" in other.said
    assert ASKED not in other.said


async def test_a_number_that_there_is_not_is_said(team):
    assert "no question Q-2027-0009" in (await team.say(ANA, "question Q-2027-0009")).said
    assert "no question Q-2027-0009" in (await team.say(IRIS, "answer q 2027 9 Yes.")).said


async def test_what_is_marked_confidential_is_not_put(team):
    await team.say(ANA, "ask the secretariat [CONFIDENTIAL] Who was detained?")
    assert await stored(team) == []


async def test_a_practice_is_told_beside_the_refusal_with_author_and_date(team):
    await answered(team)
    await team.clock(timedelta(days=1))
    await team.say(IRIS, "practice Q-2027-0001")
    told = await team.say(BEN, "who repairs the cofee machine on sundays")
    assert "not in the documents" in told.said
    assert "**Practice of the secretariat** (not a clause of the documents)" in told.said
    assert "UNOPS does.\n\n— Iris Gómez (IOM), Monday 4 January 2027 · Q-2027-0001" in told.said
    assert "> UNOPS" not in told.said
    assert "entities" not in told.sent[0]
    assert PUT not in told.buttons


async def test_who_is_told_a_practice_can_still_put_the_question(team):
    await answered(team)
    await team.tell(IRIS, "practice Q-2027-0001")
    await team.tell(BEN, ASKED, "ask the secretariat")
    assert [question.asked_by for question in await stored(team)] == [ANA.id, BEN.id]


async def test_a_long_question_is_put_by_words_that_can_be_typed(team):
    asked = f"Who repairs {'the old coffee machine and ' * 12}the toaster?"
    refusal = await team.say(ANA, asked)
    assert "`ask the secretariat`" in refusal.said
    await team.press(ANA, refusal.buttons[PUT])
    assert [question.text for question in await stored(team)] == [asked]


async def test_another_question_is_not_told_the_practice(team):
    await answered(team)
    await team.say(IRIS, "practice Q-2027-0001")
    told = await team.say(BEN, "Who repairs the copying machine on Mondays?")
    assert "UNOPS" not in told.said


async def test_a_practice_hides_who_asked(team):
    await answered(team)
    await team.say(IRIS, "practice Q-2027-0001")
    shown = await team.say(BEN, "question Q-2027-0001")
    assert "UNOPS does." in shown.said
    assert "Ana" not in shown.said


async def test_a_practice_is_added_by_button_and_taken_back(team):
    done = await answered(team)
    added = await team.press(IRIS, done.buttons["Add to the answers"])
    assert "Added to the answers" in added.said
    assert "UNOPS" in (await team.say(BEN, ASKED)).said
    await team.press(IRIS, added.buttons["Take out of the answers"])
    assert "UNOPS" not in (await team.say(BEN, ASKED)).said


async def test_only_an_answered_question_becomes_practice(team):
    await put(team)
    assert "has no answer yet" in (await team.say(IRIS, "practice Q-2027-0001")).said
    assert (await stored(team))[0].practice_at is None


@pytest.mark.parametrize(
    "said",
    [
        "question what is the quorum?",
        "ask what is the quorum?",
        "consultar ¿cuál es el quórum?",
        "pregunta ¿cuál es el quórum?",
        "Consulta: ¿cuál es el quórum?",
        "pergunta qual é o quórum?",
    ],
)
async def test_a_question_to_the_documents_is_not_put_to_the_secretariat(team, said):
    assert "half of the members" in (await team.say(ANA, said)).said
    assert await stored(team) == []
