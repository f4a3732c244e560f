"""Words that only look like dates, dates that are denied, and what is offered where one asks."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from language.reading.folding import fold
from language.reading.names import unnamed
from language.reading.reader import Outcome, read_when

NOW = datetime(2027, 4, 14, 10)


def read(text, language="es"):
    return read_when(text, language, NOW, "America/Panama")


def named(text):
    """What is left of a text once its names are blanked."""
    folded = fold(text)
    original = "".join(text[place] for place in folded.at)
    return " ".join(unnamed(folded.text, original).split())


@pytest.mark.parametrize(
    "text",
    [
        "Abril de UNFPA",
        "Julio Paredes",
        "Domingo (OIM)",
        "June will chair",
        "Santo Domingo",
        "avenida 9 de Julio 1925",
    ],
)
def test_a_name_is_told_by_its_company(text):
    known = {"abril", "julio", "domingo", "june"}
    assert not known & set(named(text).split())


@pytest.mark.parametrize(
    "text", ["abril", "en julio", "Domingo 18", "Domingo a las 10", "June 3", "15 de julio de OIM"]
)
def test_a_date_without_such_company_is_kept(text):
    assert named(text) == fold(text).text


def test_what_is_denied_is_asked_about_and_what_is_proposed_instead_is_taken():
    assert read("no puedo el martes").outcome is Outcome.AMBIGUOUS
    proposed = read("no puedo el martes, mejor el jueves a las 10")
    assert proposed.when is not None
    assert proposed.when.start == datetime(2027, 4, 15, 10)


def test_a_denial_of_something_else_leaves_the_date():
    found = read("no puedo abrir el enlace, ¿nos vemos el viernes a las 10?")
    assert found.when is not None
    assert found.when.start == datetime(2027, 4, 16, 10)


def test_a_range_in_figures_is_offered_in_both_orders():
    found = read("06/07 to 08/07", "en")
    assert found.outcome is Outcome.AMBIGUOUS
    assert [when.start for when in found.candidates] == [date(2027, 7, 6), date(2027, 6, 7)]


def test_a_numbered_week_is_offered_as_the_week_of_the_calendar():
    found = read("semana 20")
    assert found.outcome is Outcome.AMBIGUOUS
    assert [when.start for when in found.candidates] == [date(2027, 5, 17)]


def test_a_range_that_runs_backwards_is_a_contradiction_unless_it_crosses_the_month():
    assert read("del 20 al 15 de mayo").clash == "end-before-start"
    crossing = read("del 28 al 3 de mayo")
    assert [when.start for when in crossing.candidates] == [date(2027, 4, 28)]


def test_a_bare_number_may_be_a_day_or_an_hour():
    offered = [when.start for when in read("3").candidates]
    assert offered == [date(2027, 5, 3), datetime(2027, 4, 14, 15)]
