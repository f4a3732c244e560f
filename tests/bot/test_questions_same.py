"""Two wordings of one question, and two questions that only look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practices import is_same, wording


def same(one, other):
    return is_same(wording(one), wording(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Who pays for travel?", "who pays for travel"),
        ("Who pays for travel?", "Who pays for the travel?"),
        ("Who pays for travel to meetings?", "Who pays for travell to meetings"),
        ("¿Quién paga los viajes a las reuniones?", "quien paga los viajes a las reuniones"),
        ("¿Quién paga los viajes a las reuniones?", "¿Quién paga los viages a las reuniones?"),
        ("Quem paga as viagens às reuniões?", "quem paga as viajens as reunioes"),
    ],
)
def test_slips_and_small_words_leave_a_question_the_same(one, other):
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Who pays for travel?", "Who pays for lunch?"),
        ("Can members pay for travel in advance?", "Can members not pay for travel in advance?"),
        ("Who pays for travel of members in 2026?", "Who pays for travel of members in 2027?"),
        (
            "Is there a formal dress code for meetings?",
            "Is there an informal dress code for meetings?",
        ),
        ("Do internal auditors attend meetings?", "Do external auditors attend meetings?"),
        ("Who pays for the travel of members?", "How pays for the travel of members?"),
        (
            "Pueden viajar con acompañante los miembros",
            "Pueden viajar sin acompañante los miembros",
        ),
        ("Quem paga as viagens dos membros?", "Quem paga as viagens dos observadores?"),
        ("", "Who pays?"),
    ],
)
def test_another_word_number_or_negation_makes_another_question(one, other):
    assert not same(one, other)
    assert not same(other, one)


@given(st.text(max_size=60))
def test_a_wording_is_one_line_and_stays_as_it_is(text):
    once = wording(text)
    assert "\n" not in once
    assert wording(once) == once
    assert same(text, text)


@given(st.text(max_size=40), st.text(max_size=40))
def test_it_does_not_matter_which_question_came_first(one, other):
    assert same(one, other) == same(other, one)
