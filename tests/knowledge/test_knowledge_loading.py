"""Loading: files that do not fit each other are refused with a message that names the place."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from coalition.charter import load_charter
from knowledge.knowledge import Knowledge
from knowledge.lexicon import Unfit

OTHER = Path(__file__).parent / "other"
CHARTER = load_charter(str(OTHER / "charter.toml"))
TODAY = date(2026, 9, 1)


@pytest.fixture
def answers(tmp_path) -> Path:
    return Path(shutil.copytree(OTHER / "answers", tmp_path / "answers"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def load(answers: Path, **how) -> Knowledge:
    return Knowledge.load(CHARTER, OTHER / "documents", answers, **how)


def test_another_coalition_answers_its_own_questions_without_new_code(answers):
    knowledge = load(answers)
    answer = knowledge.ask("¿En qué idiomas trabajan?", "es", today=TODAY)
    assert answer.lead == "Inglés y español."
    assert answer.quotes[0].text.startswith("The working languages")
    assert knowledge.ask("what is the budget?", "en", today=TODAY).refused


def test_a_clause_without_a_card_is_found_by_its_own_words(answers):
    answer = load(answers).ask("participation of young people, who is advised?", "en", today=TODAY)
    assert "advises country teams" in answer.quotes[0].text


def test_the_edition_in_force_answers_and_an_older_one_can_be_asked(answers):
    now = load(answers).ask("invitation", "en", today=TODAY)
    then = load(answers).ask("invitation", "en", today=date(2025, 6, 1))
    assert "five days" in now.quotes[0].text
    assert "three days" in then.quotes[0].text


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "cards/meetings.toml",
            "The host sends",
            "The guest sends",
            "no clause says “The guest sends",
        ),
        ("cards/meetings.toml", "when sent host", "when sent hosst", "no form means hosst"),
        ("cards/meetings.toml", "also =", "allso =", "unknown entry “allso”"),
        ("es/meetings.toml", "[languages]", "[idiomas]", "es: the card languages has no text"),
        ("en/lexicon.toml", '"send*"', '"invit*"', "“invit*” belongs to"),
    ],
)
def test_what_does_not_fit_is_named(answers, file, old, new, said):
    change(answers / file, old, new)
    with pytest.raises(Unfit, match="do not fit") as told:
        load(answers)
    assert said in str(told.value)


def test_an_amendment_lists_the_answers_it_breaks_and_the_others_still_answer(answers, tmp_path):
    documents = Path(shutil.copytree(OTHER / "documents", tmp_path / "documents"))
    change(documents / "second.txt", "The host sends the invitation", "Everybody is invited")
    knowledge = Knowledge.load(CHARTER, documents, answers, strict=False)
    assert knowledge.problems == ("invitation: no clause says “The host sends the invitation”.",)
    assert not knowledge.ask("which languages?", "en", today=TODAY).refused
