"""Cards of questions: what is offered under an answer, a question put to the secretariat, and the
overview of what was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from microsoft_teams.cards import CardElement, ExecuteAction

from bot.cards.layout import (
    button,
    card,
    facts,
    line,
    notice,
    row_lines,
    text_input,
    title,
    typed,
)
from bot.saying import said, say
from bot.turn import Card, Reply, Turn
from coalition.questions import Counted, Marked, Question

#: A longer question is not printed a second time behind the words that put it.
_REPEATED = 200
_CHOICES, _TITLE = 4, 80


def offer_of(turn: Turn, refused: str, choices: Sequence[str]) -> tuple[str, Card | None]:
    """What an answer offers: other readings, and to put what was refused to the secretariat.

    :param refused: what nobody could answer; empty where there is nothing to offer.
    :return: the sentence that says what can be typed, and the buttons.
    """
    t = turn.t
    actions = [button(choice[:_TITLE], choice, beside=True) for choice in choices[:_CHOICES]]
    text = ""
    if refused:
        words = t.words("command-question-put")[0]
        whole = f"{words} {' '.join(refused.split())}"
        actions.append(button(t("button-put"), whole, beside=True))
        fits = len(refused) <= _REPEATED and "`" not in refused
        text = t("questions-offer", command=whole if fits else words)
    return text, card(actions=actions) if actions else None


def practice_text(turn: Turn, question: Question) -> str:
    """An answer of the secretariat with its author and date: never drawn as a clause."""
    return turn.t(
        "questions-practice",
        question=question.text,
        answer=question.answer,
        by=question.answered_by_label,
        day=_day(turn, question),
        number=question.number,
    )


def _day(turn: Turn, question: Question) -> str:
    at = question.answered_at or question.asked_at
    return str(said(turn.t, at.astimezone(ZoneInfo(turn.charter.zone)).date(), turn.zone))


def announced_card(turn: Turn, question: Question) -> Reply:
    """The post in the secretariat's channel: its button answers beside it, for whoever presses."""
    t = turn.t
    heading = t("questions-announced", number=question.number, by=question.asked_by_label)
    show = f"{t.words('command-question-show')[0]} {question.number}"
    actions = [button(t("button-answer"), show, beside=True)]
    answer = f"{t.words('command-question-answer')[0]} {question.number}"
    hint = f"{t('questions-type-answer', command=answer)} {typed(t, actions)}"
    text = "\n\n".join((f"**{heading}**", question.text, hint))
    body = [title(heading), line(question.text), line(hint, quiet=True)]
    return Reply(text, card(*body, actions=actions, text=text))


def question_card(turn: Turn, question: Question, what: str = "") -> Reply:
    """One question with its present state; for the secretariat with a field to answer it.

    :param what: the key of what just happened to it.
    """
    t = turn.t
    secretariat = turn.charter.rotation.secretariat_on(turn.today)
    details = {"by": question.answered_by_label, "secretariat": secretariat}
    happened = say(t, what, turn.zone, number=question.number, **details) if what else ""
    heading = t("questions-heading", number=question.number)
    rows = _rows(turn, question)
    actions = _actions(turn, question)
    answers = turn.is_secretariat and question.is_open
    hint = typed(t, [] if answers else actions)
    if answers:
        words = f"{t.words('command-question-answer')[0]} {question.number}"
        hint = t("questions-type-answer", command=words)
    said_ = [question.text, question.answer and f"**{t('questions-answer')}**", question.answer]
    parts = [happened, f"**{heading}**", row_lines(rows), *said_, hint]
    text = "\n\n".join(part for part in parts if part)
    body: list[CardElement] = [notice(happened)] if happened else []
    body += [title(heading), line(question.text), facts(rows)]
    body += [line(part) for part in said_[1:] if part]
    if answers:
        body.append(text_input("answer", t("questions-answer"), lines=5))
    if hint:
        body.append(line(hint, quiet=True))
    return Reply(text, card(*body, actions=actions, text=text))


def _rows(turn: Turn, question: Question) -> list[tuple[str, str]]:
    """Who asked is shown to the secretariat and to whom it was; a practice is everybody's."""
    t, zone = turn.t, turn.zone
    asked = str(said(t, question.asked_at, zone))
    if turn.is_secretariat or turn.person.id == question.asked_by:
        asked = f"{question.asked_by_label} · {asked}"
    answered = f"{question.answered_by_label} · {said(t, question.answered_at, zone)}"
    practice = str(said(t, question.practice_at, zone)) if question.practice_at else ""
    return [
        (t("questions-label-state"), said(t, question.state, zone)),
        (t("questions-label-asked"), asked),
        (t("questions-label-answered"), "" if question.is_open else answered),
        (t("questions-label-practice"), practice),
    ]


def _actions(turn: Turn, question: Question) -> list[ExecuteAction]:
    if not turn.is_secretariat:
        return []
    t = turn.t
    if question.is_open:
        words = f"{t.words('command-question-answer')[0]} {question.number}"
        return [button(t("button-send-answer"), words, follows="answer")]
    name = "practice-end" if question.practice_at else "practice"
    words = f"{t.words(f'command-question-{name}')[0]} {question.number}"
    return [button(t(f"button-{name}"), words)]


@dataclass(frozen=True)
class Overview:
    """A page of what was asked; each list may hold one more than is shown."""

    waiting: Sequence[Question]
    wrong: Sequence[Marked]
    refused: Sequence[Counted]
    lately: Sequence[Counted]


#: A page has so many entries of each list, cut to so many characters: a card far below 28 KB (L8).
SHOWN = 5
_CUT = 160


def overview_card(turn: Turn, found: Overview, page: int) -> Reply:
    """Open questions, answers marked as wrong, refusals, and what was asked lately; no names."""
    t = turn.t
    sections = [
        (t("questions-waiting"), [_waiting(turn, one) for one in found.waiting]),
        (t("questions-wrong"), [_marked(turn, one) for one in found.wrong]),
        (t("questions-refused"), [_counted(turn, one) for one in found.refused]),
        (t("questions-lately"), [_counted(turn, one) for one in found.lately]),
    ]
    if not any(entries for _, entries in sections):
        text = t("questions-none" if page == 1 else "questions-no-more")
        return Reply(text, card(line(text), text=text))
    body: list[CardElement] = []
    parts = []
    for heading, entries in sections:
        if entries:
            body += [title(heading), *(line(entry) for entry in entries[:SHOWN])]
            parts.append(f"{heading}\n\n" + "\n".join(f"- {entry}" for entry in entries[:SHOWN]))
    actions = _pages(turn, found, page, any(len(entries) > SHOWN for _, entries in sections))
    hint = typed(t, actions)
    text = "\n\n".join(part for part in (*parts, hint) if part)
    if hint:
        body.append(line(hint, quiet=True))
    return Reply(text, card(*body, actions=actions, text=text))


def _pages(turn: Turn, found: Overview, page: int, has_more: bool) -> list[ExecuteAction]:
    t = turn.t
    show = t.words("command-question-show")[0]
    numbers = [question.number for question in found.waiting[:SHOWN]]
    actions = [button(number, f"{show} {number}", beside=True) for number in numbers]
    if has_more:
        words = f"{t.words('command-questions')[0]} {page + 1}"
        actions.append(button(t("button-more"), words, beside=True))
    return actions


def _waiting(turn: Turn, question: Question) -> str:
    at = said(turn.t, question.asked_at, turn.zone)
    return f"**{question.number}** {_cut(question.text)} · {at}"


def _counted(turn: Turn, counted: Counted) -> str:
    times = turn.t.count("questions-times", counted.times)
    return f"{_cut(counted.text)} · {times} · {said(turn.t, counted.at, turn.zone)}"


def _marked(turn: Turn, marked: Marked) -> str:
    parts = [_cut(marked.text), ", ".join(marked.units[:SHOWN])]
    parts += [f"“{_cut(marked.remark)}”" if marked.remark else ""]
    parts.append(str(said(turn.t, marked.at, turn.zone)))
    return " · ".join(part for part in parts if part)


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _CUT else f"{text[: _CUT - 1]}…"
