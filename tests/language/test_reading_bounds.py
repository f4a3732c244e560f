"""No text makes the reader fail, or work longer than its length explains."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language.reading.reader import LONGEST, Outcome, read_when
from language.reading.rules import rewrite
from language.reading.tokens import MOST, cut
from language.reading.words import lexicons

NOW = datetime(2027, 1, 13, 10, 30)
WORDS = sorted({" ".join(phrase) for lexicon in lexicons().values() for phrase in lexicon.phrases})
FIGURES = st.sampled_from(
    [
        "1",
        "12",
        "31",
        "2027",
        "15:00",
        "15h30",
        "15h",
        "2.30",
        "3.15",
        "930",
        "15th",
        "q3",
        "3/4",
        "1.500",
        "2027-02-30",
        "-",
        "/",
        ",",
        "9am",
        "9999",
        "123456789",
        "1e9",
        "0",
        "99",
    ]
)


@given(st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_text_is_answered(text):
    assert read_when(text, "es", NOW, "UTC").outcome in Outcome


@pytest.mark.parametrize("before", ["", "martes", "from", "21 enero", "las"])
@pytest.mark.parametrize("joint", ["-", " to ", " a ", " y ", "/", " "])
def test_any_two_figures_side_by_side_are_answered(before, joint):
    figures = ["2", "15", "2.30", "10.15", "15h", "3pm", "10:30", "930", "1400", "3/4", "15th"]
    for first in figures:
        for last in figures:
            text = f"{before} {first}{joint}{last}"
            assert read_when(text, "es", NOW, "UTC").outcome in Outcome, text


@given(
    st.lists(st.one_of(st.sampled_from(WORDS), FIGURES), max_size=9),
    st.sampled_from(["en", "es", "pt", "fr"]),
)
@settings(max_examples=600, deadline=None)
def test_any_row_of_date_words_is_answered_and_every_outcome_is_whole(words, language):
    text = " ".join(words)
    reading = read_when(text, language, NOW, "America/Panama")
    assert (reading.outcome is Outcome.VALUE) == (reading.when is not None)
    assert (reading.outcome is Outcome.CONTRADICTION) == (reading.clash is not None)
    for start, end in reading.spans:
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1/",
        "9-",
        "10:30 ",
        "a las 3 y ",
        "de ",
        "lunes ",
        " ",
        "a/1",
        "+1 ",
        "@",
        "a@",
        "(",
        "1,",
        "1.",
        "2027-",
        "del 1 al ",
    ],
)
def test_a_hundred_thousand_letters_are_cut_before_any_rule_sees_them(piece, monkeypatch):
    seen: list[int] = []

    def counted(tokens, rules, speaker):
        seen.append(len(tokens))
        return rewrite(tokens, rules, speaker)

    monkeypatch.setattr("language.reading.reader.rewrite", counted)
    reading = read_when(piece * (100_000 // len(piece)), "es", NOW, "UTC")
    assert reading.outcome is not Outcome.VALUE
    assert max(seen) <= MOST


def test_a_long_text_is_asked_about_even_if_its_beginning_names_a_date():
    reading = read_when("martes a las 10 " + "bla " * LONGEST, "es", NOW, "UTC")
    assert reading.outcome is Outcome.AMBIGUOUS
    assert reading.candidates[0].start == datetime(2027, 1, 19, 10)


def test_a_long_text_is_cut_into_a_bounded_number_of_tokens():
    assert len(cut("10 de " * 300, "es")) <= MOST
