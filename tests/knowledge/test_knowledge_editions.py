"""Editions: a question is answered from the edition in force on its day, or from the one named."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from coalition.charter import load_charter
from knowledge.amendments import keep
from knowledge.editions import Edition
from knowledge.knowledge import Knowledge
from knowledge.mentions import Mentions

HERE = Path(__file__).parent
SHIPPED = HERE.parents[1] / "knowledge" / "documents"
OLD = "Minutes will be circulated within 1 week"
NEW = "Minutes will be circulated within 3 days"
BEFORE, AFTER = date(2027, 2, 28), date(2027, 3, 1)
ASKED = {
    "en": "when are the minutes circulated?",
    "es": "¿cuándo se circulan las minutas?",
    "pt": "quando são circuladas as atas?",
}


def amended(*changes: tuple[str, str]) -> Edition:
    text = (SHIPPED / "terms-of-reference.txt").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    titles = {"en": "Terms of Reference", "es": "Términos de referencia"}
    return Edition("ToR", "2027", AFTER, titles, text, is_shipped=False)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("loaded")
    keep(
        folder,
        amended((OLD, NEW), ("half of the members.", "half of the members and two co-chairs.")),
    )
    return folder


@pytest.fixture(scope="module")
def two_editions(loaded) -> Knowledge:
    return Knowledge.load(load_charter(), loaded=loaded, on=BEFORE)


def shown(answer) -> str:
    return " ".join(quote.text for quote in answer.quotes)


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_the_day_of_the_question_decides_and_the_citation_names_the_edition(two_editions, language):
    before = two_editions.ask(ASKED["en"], language, today=BEFORE)
    after = two_editions.ask("who drafts the minutes?", language, today=AFTER)
    assert OLD in shown(before)
    assert "2022" in before.quotes[0].section
    assert "2027" in after.quotes[0].section


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("what did the ToR of January 2022 say about quorum?", "en"),
        ("quorum in the 2022 terms of reference", "en"),
        ("según los TdR de 2022, ¿cuál es el quórum?", "es"),
        ("¿cuál era el quórum en los términos de referencia vigentes en enero de 2022?", "es"),
        ("qual era o quórum nos TdR de 2022?", "pt"),
        ("quórum segundo a versão de 2022 dos termos de referência", "pt"),
        ("ToR (2022-01-01): quorum", "en"),
    ],
)
def test_an_older_edition_is_asked_for_by_its_date_beside_its_name(
    two_editions, question, language
):
    answer = two_editions.ask(question, language, today=AFTER)
    assert not answer.refused
    assert "half of the members." in shown(answer)
    assert "2022" in answer.quotes[0].section


def test_a_coming_edition_can_be_asked_for(two_editions):
    answer = two_editions.ask("participation: ToR of 2027, quorum?", "en", today=BEFORE)
    assert "and two co-chairs" in shown(answer)
    assert "Terms of Reference of March 2027" in answer.quotes[0].section


def test_a_follow_up_stays_with_the_edition_that_was_named(two_editions):
    first = two_editions.ask("quorum in the ToR of 2022?", "en", today=AFTER)
    second = two_editions.ask("and for extraordinary meetings?", "en", today=AFTER, context=first)
    third = two_editions.ask("and with 9 present?", "en", today=AFTER, context=second)
    assert "2022" in second.quotes[0].section
    assert "2022" in third.quotes[0].section


def test_a_question_that_stands_alone_goes_back_to_the_edition_in_force(two_editions):
    first = two_editions.ask("quorum in the ToR of 2022?", "en", today=AFTER)
    second = two_editions.ask("what is the quorum?", "en", today=AFTER, context=first)
    assert "2027" in second.quotes[0].section


def test_a_refusal_names_the_edition_that_was_searched(two_editions):
    answer = two_editions.ask("who pays the coffee?", "en", today=AFTER)
    assert answer.refused
    assert "Terms of Reference of March 2027" in answer.lead


def test_a_date_elsewhere_in_the_question_is_its_own(two_editions):
    answer = two_editions.ask("who were the co-chairs in January 2022?", "en", today=AFTER)
    assert "2027" in answer.quotes[0].section


def test_with_one_edition_nothing_is_named(ask):
    assert ask("what is the quorum?").quotes[0].section.startswith("Terms of Reference, section 5")


def test_what_answers_from_an_edition_is_built_once(loaded, monkeypatch):
    from knowledge import sources

    built = []
    load = sources.load_sources

    def counted(*given, **how):
        built.append(given[1])
        return load(*given, **how)

    monkeypatch.setattr("knowledge.knowledge.load_sources", counted)
    knowledge = Knowledge.load(load_charter(), loaded=loaded, on=AFTER)
    built.clear()
    for _ in range(3):
        knowledge.ask("quorum in the ToR of 2022?", "en", today=AFTER)
        knowledge.ask("quorum?", "en", today=AFTER)
    assert len(built) == 1


def test_the_product_starts_with_answers_that_a_loaded_edition_breaks(two_editions):
    assert two_editions.problems
    assert all("no clause says" in problem for problem in two_editions.problems)


def test_a_break_in_a_shipped_edition_is_refused_even_beside_a_loaded_one(loaded, tmp_path):
    documents = Path(shutil.copytree(SHIPPED, tmp_path / "documents"))
    file = documents / "terms-of-reference.txt"
    file.write_text(file.read_text(encoding="utf-8").replace(OLD, NEW), encoding="utf-8")
    with pytest.raises(ValueError, match="do not fit"):
        Knowledge.load(load_charter(), documents, loaded=loaded, on=AFTER)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("the ToR of 2022", date(2022, 12, 31)),
        ("the ToR of February 2024", date(2024, 2, 29)),
        ("the ToR in force on 1 March 2027", date(2027, 3, 1)),
        ("the ToR dated March 5, 2027", date(2027, 3, 5)),
        ("the ToR of 31 February 2027", None),
        ("a meeting on 5 April 2027 under the ToR's rules", None),
    ],
)
def test_a_year_means_its_end_and_a_day_itself(text, day):
    assert Mentions({"ToR": ["ToR"]}).days(text).get("ToR") == day
