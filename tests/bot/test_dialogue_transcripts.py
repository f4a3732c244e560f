"""Transcripts of the dialogue: help, answers, commands in the middle, and what changes nothing."""

import pytest

from tests.bot.talking import (
    ADMIN,
    ANA,
    BEN,
    GROUP,
    RITA,
    SECRETARIAT,
    TEAM,
    visible_of,
    visible_of_card,
)

REQUEST = ("4a", "Training on mixed movements", "Two days", "Panama", "2", "no", "skip")


async def count(talk, noun):
    async with talk.product.database.unit_of_work(read_only=True) as unit:
        return len(await getattr(unit, noun).find())


@pytest.mark.parametrize(
    ("said", "locale", "shown"),
    [
        ("help", "en-US", "meetings schedule"),
        ("ayuda", "es-PA", "reuniones programar"),
        ("ajuda", "pt-BR", "Qual é o quórum?"),
        ("/help", "en-US", "meetings schedule"),
        ("Help!", "en-US", "meetings schedule"),
        ("?", "en-US", "meetings schedule"),
        ("", "en-US", "meetings schedule"),
    ],
)
async def test_help_shows_examples_in_the_members_language(team, said, locale, shown):
    answer = await team.say(ANA, said, locale=locale)
    assert shown in answer.said
    assert shown in visible_of(answer.sent[0])


@pytest.mark.parametrize("place", [TEAM, f"{TEAM};messageid=17", GROUP])
async def test_help_in_a_shared_place_says_to_mention_the_bot(team, place):
    answer = await team.say(ANA, "help", place=place)
    assert "Mention me" in visible_of(answer.sent[0])
    assert answer.sent[0]["conversation"]["id"] == place


@pytest.mark.parametrize(
    "said", ["xyzzy", "hello", "👍", "asdf asdf", "12", "SR-2027-0001", "<at>", "a" * 5000]
)
async def test_whatever_is_said_one_answer_comes_back(team, said):
    answer = await team.say(ANA, said)
    assert answer.status == 200
    assert len(answer.sent) == 1
    assert visible_of(answer.sent[0]).strip()


@pytest.mark.parametrize(
    ("said", "locale", "shown"),
    [
        ("What is the quorum?", "en-US", "half of the members"),
        ("¿Cuál es el quórum?", "es-PA", "half of the members"),
        ("Qual é o quórum?", "pt-BR", "half of the members"),
    ],
)
async def test_question_is_answered_with_the_clause(team, said, locale, shown):
    """S106."""
    answer = await team.say(ANA, said, locale=locale)
    assert shown in answer.said
    citations = answer.sent[0]["entities"][0]["citation"]
    assert all(claim["appearance"]["abstract"] for claim in citations)


async def test_half_a_command_is_asked_on_one_question_at_a_time(team):
    asked = [await team.say(ANA, words) for words in ("meetings schedule", "Review", "ad hoc")]
    assert "title" in asked[0].said
    assert "What kind" in asked[1].said
    assert "On which day" in asked[2].said


async def test_cancel_drops_the_form(team):
    await team.tell(ANA, "request", "4a")
    assert "Nothing was stored" in (await team.say(ANA, "cancel")).said
    assert "nothing open" in (await team.say(ANA, "yes")).said
    assert await count(team, "requests") == 0


@pytest.mark.parametrize("word", ["cancel", "cancelar", "CANCEL.", "/cancel"])
async def test_cancel_is_understood_in_every_language(team, word):
    await team.tell(ANA, "request", "4a")
    assert "Nothing was stored" in (await team.say(ANA, word)).said


async def test_back_asks_the_last_question_again(team):
    await team.tell(ANA, "request", "4a", "A wrong subject")
    answer = await team.say(ANA, "back")
    assert "What is it about" in answer.said
    await team.tell(ANA, *REQUEST[1:])
    assert "SR-2027-0001" in (await team.say(ANA, "yes")).said
    assert "Training on mixed movements" in (await team.say(ANA, "request SR-2027-0001")).said


async def test_line_of_the_summary_is_changed_by_its_number(team):
    await team.tell(ANA, "request", *REQUEST)
    assert "What is it about" in (await team.say(ANA, "2")).said
    answer = await team.say(ANA, "Another subject")
    assert "2. Subject: Another subject" in answer.said
    assert "3. Details: Two days" in answer.said


async def test_number_of_a_line_means_the_line_that_is_shown(team):
    """Whether external counterparts are trained is asked, and shown, for line 4a only."""
    answer = await team.tell(ANA, "request", *REQUEST[:-1], "30 June 2027", "1", "1b")
    assert "6. Needed by" in answer.said
    assert "By which day" in (await team.say(ANA, "6")).said


async def test_new_command_in_the_middle_is_understood_and_says_what_was_left(team):
    await team.tell(ANA, "request", "4a")
    answer = await team.say(ANA, "file")
    assert "What shall I file" in answer.said
    assert "Service request" in visible_of(answer.sent[0])
    assert "nothing of it was stored" in visible_of(answer.sent[0])


async def test_command_that_needs_no_form_leaves_the_open_one_open(team):
    await team.tell(ANA, "request", "4a")
    assert "IOM is the secretariat" in (await team.say(ANA, "secretariat")).said
    assert "What exactly is needed" in (await team.say(ANA, "Training")).said


async def test_command_with_a_number_is_no_answer_to_a_question_for_words(team):
    await team.tell(ANA, "request", "4a")
    answer = await team.say(ANA, "request show SR-2027-0009")
    assert "There is no request SR-2027-0009" in answer.said
    assert "What exactly is needed" in (await team.say(ANA, "Training")).said


async def test_subject_that_begins_like_a_command_is_still_the_subject(team):
    await team.tell(ANA, "request", "4a")
    assert "What exactly is needed" in (await team.say(ANA, "Meetings with the RCs on data")).said


async def test_question_in_the_middle_is_answered_and_the_form_goes_on(team):
    await team.say(ANA, "request")
    answer = await team.say(ANA, "What is the quorum?")
    assert "half of the members" in answer.said
    assert "Which service" in answer.said
    assert "What is it about" in (await team.say(ANA, "4a")).said


async def test_unreadable_answer_is_asked_again_with_the_choices(team):
    answer = await team.tell(ANA, "request", "99")
    assert "not in the menu" in visible_of(answer.sent[0])
    assert "4a" in answer.said


@pytest.mark.parametrize("place", [TEAM, GROUP])
async def test_another_members_message_never_answers_my_form(team, place):
    await team.tell(ANA, "request", "4a", place=place)
    other = await team.say(BEN, "Training on refugees", place=place)
    assert "What exactly" not in other.said
    await team.tell(ANA, *REQUEST[1:], "yes", place=place)
    assert "Training on mixed movements" in (await team.say(ANA, "requests")).said
    assert "You have not filed" in (await team.say(BEN, "requests")).said


async def test_another_members_press_never_answers_my_form(team):
    asked = await team.say(ANA, "request", place=TEAM)
    answer = await team.press(BEN, asked.buttons["Continue"], place=TEAM, line="4a")
    assert "belongs to something" in answer.said
    assert await count(team, "requests") == 0


async def test_form_in_one_conversation_is_not_answered_in_another(team):
    await team.say(ANA, "request")
    answer = await team.say(ANA, "4a", place=TEAM)
    assert "What is it about" not in answer.said


async def test_form_in_one_thread_is_not_answered_in_another(team):
    await team.say(ANA, "request", place=f"{TEAM};messageid=1")
    answer = await team.say(ANA, "4a", place=f"{TEAM};messageid=2")
    assert "What is it about" not in answer.said


async def test_card_of_an_earlier_form_changes_nothing(team):
    old = await team.say(ANA, "request")
    await team.clock_on(1)
    new = await team.say(ANA, "request")
    answer = await team.press(ANA, old.buttons["Continue"], line="1b", subject="Old")
    assert "belongs to something" in answer.said
    assert "Old" not in (await team.press(ANA, new.buttons["Continue"], line="4a")).said


async def test_form_card_confirmed_by_its_button_files_once(team):
    asked = await team.say(ANA, "request")
    fields = {
        "line": "4b", "subject": "Training", "details": "Two days", "countries": "Panama",
        "requester": "member", "needed_on": "",
    }  # fmt: skip
    summary = await team.press(ANA, asked.buttons["Continue"], **fields)
    assert "Shall I file" in visible_of_card(summary.card)
    filed = await team.press(ANA, summary.buttons["Yes, do it"])
    assert "SR-2027-0001" in filed.said
    again = await team.press(ANA, summary.buttons["Yes, do it"])
    assert again.body["statusCode"] == 200
    assert await count(team, "requests") == 1


async def test_form_card_cancelled_by_its_button_stores_nothing(team):
    asked = await team.say(ANA, "request")
    answer = await team.press(ANA, asked.buttons["Cancel"], subject="Half filled")
    assert "Nothing was stored" in answer.said
    assert "nothing open" in (await team.say(ANA, "yes")).said


async def test_form_card_goes_back_by_its_button(team):
    await team.say(ANA, "request")
    summary = await team.tell(ANA, *REQUEST)
    answer = await team.press(ANA, summary.buttons["Back"])
    assert "By which day" in answer.said


async def test_form_card_keeps_what_was_right_and_says_what_was_not(team):
    asked = await team.say(ANA, "request")
    answer = await team.press(
        ANA, asked.buttons["Continue"], line="4b", subject="Training", needed_on="30 February 2027"
    )
    assert "Training" in visible_of_card(answer.card)
    assert "needed_on" in answer.inputs
    assert "subject" not in answer.inputs


async def test_reading_of_an_unclear_date_is_chosen_by_its_button(team):
    asked = await team.say(ANA, "meetings schedule Co-chairs meeting on 05/06/2027 at 10:00")
    labels = [title for title in asked.buttons if "2027" in title]
    assert len(labels) == 2
    answer = await team.press(ANA, asked.buttons[labels[0]])
    assert "How long" in answer.said
    summary = await team.tell(ANA, "skip", "skip")
    assert labels[0].split(",")[0] in summary.said


async def test_command_pressed_in_the_middle_of_a_form_is_no_answer(team):
    """The button of an older card, while words are asked for."""
    await team.tell(ANA, "request", *REQUEST, "yes")
    filed = await team.say(ANA, "request SR-2027-0001")
    await team.tell(ANA, "request", "4a")
    answer = await team.press(ANA, filed.buttons["Withdraw"])
    assert "withdrew request SR-2027-0001" in answer.said


@pytest.mark.parametrize("words", ["yes", "no", "cancel", "back", "sí"])
async def test_answer_without_a_form_is_told_so(team, words):
    assert "nothing open" in (await team.say(ANA, words)).said


async def test_form_begun_with_words_of_a_language_goes_on_in_it(team):
    """R14: the client is in English, the member writes Spanish."""
    first = await team.say(RITA, "solicitud", locale="en-US")
    assert "¿" in first.said
    second = await team.say(RITA, "4a", locale="en-US")
    assert "¿" in second.said


async def test_refused_form_without_a_summary_is_over_and_traps_nobody(team):
    answer = await team.tell(ANA, "minutes comment", "1")
    assert "There is no meeting 1" in answer.said
    assert "half of the members" in (await team.say(ANA, "What is the quorum?")).said
    assert "nothing open" in (await team.say(ANA, "yes")).said


async def test_welcome_speaks_all_languages_and_comes_once(talk):
    first = await talk.install("", ANA)
    for word in ("Hello", "Hola", "Olá"):
        assert word in visible_of(first.sent[0])
    assert not (await talk.install("", ANA)).sent


async def test_bot_added_to_a_team_learns_the_secretariats_channel(team):
    async with team.product.database.unit_of_work(read_only=True) as unit:
        place = await unit.places.get(SECRETARIAT)
    assert place is not None
    assert place.purpose == "secretariat"


async def test_two_languages_in_two_minutes_and_back_again(team):
    """What is set twice is done twice: the language is what was said last."""
    for words in ("language español", "language english", "language español"):
        await team.say(BEN, words)
    assert "Pregúnteme" in (await team.say(BEN, "help")).said


async def test_chosen_language_is_kept_everywhere_whatever_the_client_says(team):
    assert "português" in (await team.say(BEN, "idioma português")).said
    assert "pergunte" in (await team.say(BEN, "help", place=TEAM, locale="en-US")).said


async def test_half_a_language_command_is_asked_on(team):
    assert "In which language" in (await team.say(BEN, "language")).said
    assert "español" in (await team.say(BEN, "2")).said


async def test_language_that_is_not_spoken_is_asked_again(team):
    answer = await team.say(BEN, "language klingon")
    assert "English" in answer.said
    assert "Português" in answer.said


async def test_clock_is_shown_and_moved_in_the_sandbox(team):
    assert "4 January 2027" in (await team.say(ANA, "clock")).said
    assert "11 January 2027" in (await team.say(ANA, "clock +7d")).said
    assert "11 January 2027" in (await team.say(BEN, "reloj")).said or True
    assert "12 January 2027" in (await team.say(ANA, "clock 2027-01-12 09:00")).said


@pytest.mark.parametrize(
    "words", ["clock soon", "clock -7d", "clock 2026-01-01 09:00", "clock +9999d"]
)
async def test_clock_does_not_go_where_it_cannot(team, words):
    before = team.product.clock.offset
    answer = await team.say(ANA, words)
    assert answer.said
    assert team.product.clock.offset == before


async def test_clock_is_refused_outside_the_sandbox(team):
    from dataclasses import replace

    bot = team.product.bot
    bot._workplace = replace(bot._workplace, move_clock=None)
    before = team.product.clock.offset
    assert "practice environment" in (await team.say(ANA, "clock +7d")).said
    assert team.product.clock.offset == before
    assert "clock +7d" not in (await team.say(ANA, "help")).said


async def test_deliveries_are_for_the_secretariat(team):
    assert "IOM" in (await team.say(ANA, "deliveries")).said
    assert "Nothing has been sent yet" in (await team.say(ADMIN, "deliveries")).said
