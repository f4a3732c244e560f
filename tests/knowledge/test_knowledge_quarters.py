"""Quarters as people name them, and whose turn it then is."""

from datetime import date

import pytest

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "quarters"),
    [
        ("who has the secretariat in Q3 2027?", "Q3 2027"),
        ("secretariat for Q3'27", "Q3 2027"),
        ("3T 2027", "Q3 2027"),
        ("Which agency is secretariat in the last quarter of 2027?", "Q4 2027"),
        ("último trimestre de 2027 secretaría", "Q4 2027"),
        ("who was it last quarter?", "Q3 2026"),
        ("who runs the secretariat in May 2027?", "Q2 2027"),
        ("who may hold the secretariat?", ""),
        ("secretaría de enero a marzo de 2027", "Q1 2027"),
        ("acnur tiene la secretaria jul-sep 2026, quien sigue oct-dic?", "Q3 2026 Q4 2026"),
        ("UNHCR has the first trimester of 2027, who has the third?", "Q1 2027 Q3 2027"),
        ("segundo y tercer trimestre de 2027", "Q2 2027 Q3 2027"),
        ("quem é o secretariado no 2º trimestre de 2027?", "Q2 2027"),
        ("UNICEF has Q4, who has Q1?", "Q4 2026 Q1 2027"),
        ("UNICEF has Q4, who has Q1 2027?", "Q4 2026 Q1 2027"),
        ("In 2027, who has the third quarter?", "Q3 2027"),
        ("Who will it be two quarters from now?", "Q2 2027"),
        ("UNICEF has Q1 2027, who has the following quarter?", "Q1 2027 Q2 2027"),
        ("¿quién la tiene el trimestre que viene?", "Q1 2027"),
        ("does the secretariat change every quarter?", ""),
        ("review in March 2021", ""),
        ("the secretariat sent it on 15 July 2027", ""),
    ],
)
def test_quarters_are_read_by_number_ordinal_month_or_distance(knowledge, text, quarters):
    read = knowledge.sources.speech.quarters.quarters_in(text, TODAY)
    assert " ".join(map(str, read)) == quarters


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("who had the secretariat in Q1 2027 if UNICEF has it in Q3 2027?", "en", "it is IOM"),
        ("if UNHCR has the secretariat in Q1 2027, who has it in Q3 2027?", "en", "it is IOM"),
        ("who has the secretariat in 2027?", "en", "Q1 IOM, Q2 UNHCR, Q3 UNICEF and Q4 IOM"),
        ("¿cuándo es secretaría la OIM en 2027?", "es", "es Q1 y Q4"),
        ("does UNICEF take part in the rotation?", "en", "Yes: UNICEF takes its turn"),
    ],
)
def test_the_turn_follows_from_what_the_question_gives(ask, text, language, said):
    assert said in ask(text, language).text
