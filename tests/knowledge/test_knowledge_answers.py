"""Answers: the direct sentence, the clause word for word, the section, and an honest no."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.answer import Answer, Quote, render

ROOT = Path(__file__).parents[2]
QUESTIONS = Path(__file__).parent / "questions"
FILES = sorted(path.stem for path in QUESTIONS.glob("*.jsonl"))


def questions(name: str) -> list[dict]:
    lines = (QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def plain(text: str) -> str:
    return " ".join(text.replace(">", " ").split()).lower()


def is_right(item: dict, answer: Answer) -> bool:
    """Whether the clause is shown word for word, or what they leave out refused."""
    if item["kind"] == "out_of_scope":
        return answer.refused
    wanted = item["gold_quote"] or []
    quotes = [wanted] if isinstance(wanted, str) else wanted
    shown = plain("\n".join(quote.text for quote in answer.quotes))
    return not answer.refused and all(plain(quote) in shown for quote in quotes)


@pytest.mark.parametrize("name", FILES)
def test_nearly_all_questions_find_their_clause(ask, name):
    items = questions(name)
    wrong = [i["question"] for i in items if not is_right(i, ask(i["question"], i["lang"]))]
    assert len(wrong) <= 0.05 * len(items), wrong


def test_the_answers_are_the_same_in_every_process():
    asked = "\n".join(
        json.dumps(item) for name in ("structure", "review") for item in questions(name)
    )
    command = [sys.executable, "-m", "knowledge.ask"]
    told = {
        subprocess.run(
            command,
            input=asked,
            capture_output=True,
            text=True,
            check=True,
            encoding="utf-8",
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1
    assert next(iter(told)).count("\n") == asked.count("\n") + 1


def test_an_answer_reads_lead_then_clause_then_section(ask):
    text = ask("¿Cuál es el quórum?", "es").text
    lead, quote, citation = (
        text.index(part)
        for part in (
            "21 entidades",
            "> A quorum is reached",
            "Términos de referencia, sección 5 — Meetings",
        )
    )
    assert lead < quote < citation


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("who drafts the minutes", "Terms of Reference, section 4 — IBC-HM Secretariat"),
        (
            "when was the Global Compact adopted",
            "Concept note, section “Preparatory process”, footnote 1",
        ),
        ("objectives in area 2", "Concept note, Annex 1 — Thematic area 2"),
        ("menu of services", "Terms of Reference, Annex 1 — Menu of Services"),
    ],
)
def test_the_section_is_cited_in_full(ask, question, section):
    assert ask(question).quotes[0].section == section


@pytest.mark.parametrize(
    ("question", "language", "said"),
    [
        ("what is the budget of the secretariat", "en", "That is not in the documents"),
        ("¿cuánto gana un copresidente?", "es", "Eso no está en los documentos"),
        ("qual é o telefone do ACNUR?", "pt", "Isso não está nos documentos"),
    ],
)
def test_what_is_not_in_the_documents_is_refused_in_the_first_sentence(
    ask, question, language, said
):
    answer = ask(question, language)
    assert answer.refused
    assert answer.text.startswith(said)


def test_an_acronym_that_the_documents_never_spell_out_is_refused(ask):
    assert ask("what does IFAD stand for?").refused
    assert "Ibero-American" in ask("what does RIAM stand for?").lead


def test_the_nearest_clause_under_a_refusal_is_marked_as_such(ask):
    answer = ask("what sanctions apply to members who miss the quorum")
    assert answer.refused
    assert answer.quotes == () or "nearest clause" in answer.text


@pytest.mark.parametrize(
    ("question", "quotes", "gap"),
    [
        (
            "how many co-chairs can the IBC have",
            ("up to three", "As of January 2022"),
            "four entities",
        ),
        ("is UNPPA a member", ("UNPPA",), "UNPPA stands only"),
        (
            "which thematic working groups does the RCP LAC have",
            ("thematic Working Groups",),
            "Data and Statistics",
        ),
        ("who takes turns as secretariat", ("rotate quarterly",), "left open"),
        ("how are amendments approved", ("consent of the IBC-HM",), "consensus"),
    ],
)
def test_gaps_and_contradictions_are_shown(ask, question, quotes, gap):
    answer = ask(question)
    shown = " ".join(quote.text for quote in answer.quotes)
    assert all(quote in shown for quote in quotes)
    assert any(gap in note for note in answer.notes)


def test_no_answer_is_a_page(ask, knowledge):
    for card in knowledge.sources.cards.values():
        answer = ask(card.texts["es"].ask, "es")
        assert len(answer.text) < (3600 if answer.kind in ("list", "ambiguous") else 1600), (
            card.name
        )


def test_render_marks_each_line_of_a_clause_as_quoted():
    quote = Quote("X.1", "X", "Rules, section 1", "First line\nsecond line")
    text = render(Answer(lead="Yes.", quotes=(quote,)))
    assert text == "Yes.\n\n> First line  \n> second line  \n>\n> — Rules, section 1"
