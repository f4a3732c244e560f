"""How people talk: greetings, follow-ups, several questions at once, slips and mixed languages."""

import pytest

from knowledge.parts import Part, parts_of


@pytest.mark.parametrize(
    ("said", "language", "expected"),
    [
        ("hello", "en", "help"),
        ("thanks!", "en", "welcome"),
        ("hola, qué puedes hacer?", "es", "Respondo preguntas"),
        ("gracias", "es", "De nada"),
        ("oi, tudo bem?", "pt", "ajudar"),
        ("bye", "en", "Goodbye"),
    ],
)
def test_small_talk_is_answered_as_such(ask, said, language, expected):
    answer = ask(said, language)
    assert expected in answer.lead
    assert answer.kind == "smalltalk"


def test_a_greeting_before_a_question_does_not_hide_it(ask):
    assert "7 days" in ask("Hi! What is the notice period for regular meetings?").lead


@pytest.mark.parametrize(
    ("first", "second", "language", "said"),
    [
        (
            "What is the notice period for regular meetings?",
            "and for extraordinary ones?",
            "en",
            "less notice",
        ),
        (
            "hay 14 miembros presentes, hay quórum?",
            "¿y si somos 9?",
            "es",
            "con 9 presentes no hay",
        ),
        ("is WFP in the coalition?", "and UNDRR?", "en", "No: UNDRR"),
        ("objectives of area 2", "and area 3?", "en", "Thematic area 3"),
        ("who drafts the minutes?", "by when?", "en", "1 week"),
    ],
)
def test_a_follow_up_is_understood_from_what_went_before(ask, first, second, language, said):
    before = ask(first, language)
    assert said in ask(second, language, context=before).lead


def test_two_questions_in_one_message_get_two_answers(ask):
    answer = ask("Who drafts the minutes? And what is the quorum?")
    assert len(answer.parts) == 2
    assert "Secretariat drafts" in answer.text
    assert "A quorum is reached" in answer.text


def test_two_questions_in_one_sentence_are_told_apart(ask):
    answer = ask("who drafts the agenda and when must the minutes be circulated?")
    assert [part.card for part in answer.parts] == ["agenda", "minutes-deadline"]
    assert not ask("Where and when does the regional review take place?").parts


def test_what_comes_before_a_question_belongs_to_it():
    assert parts_of("We met on 2 October. When are minutes due?") == (
        Part("When are minutes due?", "We met on 2 October."),
    )
    assert parts_of("Who? When?") == (Part("Who?"), Part("When?"))
    assert parts_of("The meeting is on 2 Oct. 2026, who invites?") == (
        Part("The meeting is on 2 Oct. 2026, who invites?"),
    )


@pytest.mark.parametrize(
    ("message", "language", "said"),
    [
        (
            "The generator failed and my neighbour's goats ate the flyers. We met on 1 December "
            "2026. When must the minutes be circulated?",
            "en",
            "8 December 2026",
        ),
        (
            "Ayer mi primo se cayó del caballo y casi pierdo el vuelo. Al final me tocó cubrir a "
            "un colega. ¿Quién redacta el acta?",
            "es",
            "redacta",
        ),
    ],
)
def test_a_story_before_the_question_does_not_hide_it(ask, message, language, said):
    answer = ask(message, language)
    assert not answer.refused
    assert said in answer.lead


def test_a_refused_follow_up_is_kept_with_what_it_follows(ask):
    before = ask("What is the quorum for our meetings?")
    answer = ask("and who paints the walls?", context=before)
    assert answer.refused
    assert answer.question == "and who paints the walls? — What is the quorum for our meetings?"


@pytest.mark.parametrize(
    "question",
    ["what is the quroum", "minuets deadline", "copresidnetes quienes son", "agenda who darfts"],
)
def test_slips_of_the_keyboard_are_read_over(ask, question):
    assert not ask(question).refused


@pytest.mark.parametrize(
    ("question", "default", "language"),
    [
        ("¿Quién redacta el acta?", "en", "es"),
        ("quem redige a ata da reunião?", "en", "pt"),
        ("who drafts the minutes", "es", "en"),
        ("quorum", "pt", "pt"),
    ],
)
def test_the_language_is_told_by_small_words(knowledge, question, default, language):
    assert knowledge.language_of(question, default) == language


@pytest.mark.parametrize(("word", "least"), [("secretariat", 2), ("report", 2), ("annex 1", 2)])
def test_a_bare_keyword_gets_both_readings_and_questions_to_choose(ask, word, least):
    answer = ask(word)
    assert len(answer.quotes) >= least
    assert answer.choices
    assert "Did you mean" in answer.text


def test_every_offered_question_leads_to_its_own_card(knowledge, ask):
    for card in knowledge.sources.cards.values():
        for language, text in card.texts.items():
            if card.quotes:
                answer = ask(text.ask, language)
                assert (answer.card, answer.refused) == (card.name, False), (language, text.ask)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Quem conserta a cafeteira aos domingos?", "pt"),
        ("quem conserta a torneira?", "pt"),
    ],
)
def test_a_guess_at_a_slip_is_no_answer_where_all_other_words_are_strange(ask, question, language):
    assert ask(question, language).refused
