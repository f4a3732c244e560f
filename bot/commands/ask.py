"""Questions to the documents: what is no command comes here."""

from dataclasses import dataclass, replace

from bot.cards.questions import offer_of, practice_text
from bot.live import live
from bot.practices import wording
from bot.recall import Said
from bot.router import Command
from bot.turn import Citation, Reply, Turn
from coalition.questions import Asked
from dialogs.readers import Words
from dialogs.slots import slot
from knowledge.answer import Answer, joined, render
from knowledge.live import Live, Unread

_AT_MOST = 2000
_PRACTICE = "practice"


@dataclass(frozen=True)
class Ask:
    question: str = slot("ask-ask-question", Words(at_most=_AT_MOST))


async def ask(turn: Turn, request: Ask) -> Reply:
    """Answer a question on the Terms of Reference or the concept note with the exact clause."""
    return await answer_question(turn, request.question)


async def answer_question(turn: Turn, question: str) -> Reply:
    """The answer in the language of the question, with its clauses cited.

    What is refused can be put to the secretariat in the personal chat; everything is counted.
    """
    question = question.strip()[:_AT_MOST]
    turn, answer = await _found(turn, question)
    refused = _unanswered(answer, question)
    # Who is told a practice can still type the words that put the question.
    unanswered = _unanswered(answer, question, practice=True)
    recall = turn.workplace.enquiries.recall
    recall.keep(turn.thread, turn.person.id, Said(answer, turn.language, turn.now, unanswered))
    offer, card = offer_of(turn, refused if turn.is_personal else "", answer.choices)
    text = _cited(render(answer), len(answer.quotes))
    is_question = answer.kind != "smalltalk"
    return Reply(
        f"{text}\n\n{offer}" if offer else text,
        card=card,
        shows_text=True,
        citations=tuple(Citation(quote.section, quote.text) for quote in answer.quotes),
        asks_feedback=is_question,
        asked=_asked(turn, question, answer) if is_question else None,
    )


async def _found(turn: Turn, question: str) -> tuple[Turn, Answer]:
    """The answer, and the turn in the language of the question; what was said before helps."""
    knowledge, enquiries = turn.workplace.knowledge, turn.workplace.enquiries
    before = enquiries.recall.before(turn.thread, turn.person.id, turn.now)
    language = knowledge.language_of(question, before.language if before else turn.language)
    context = before.answer if before else None
    unread = Unread()
    answer = knowledge.ask(question, language, today=turn.today, context=context, live=unread)
    if unread.were_wanted:
        records = await live(turn)
        if records != Live():
            answer = knowledge.ask(
                question, language, today=turn.today, context=context, live=records
            )
    turn = replace(turn, language=language)
    return turn, await _with_practice(turn, answer, question)


async def _with_practice(turn: Turn, answer: Answer, question: str) -> Answer:
    """Beside "not in the documents" what the secretariat does, where that was added."""
    parts = answer.parts or (answer,)
    if not any(part.refused for part in parts):
        return answer
    told = []
    for part in parts:
        asked = part.question if answer.parts else question
        known = part.refused and await turn.workplace.enquiries.practices.answering(asked)
        if known:
            lead = f"{part.lead}\n\n{practice_text(turn, known)}"
            part = replace(part, lead=lead, quotes=(), refused=False, kind=_PRACTICE)
        told.append(part)
    return joined(tuple(told)) if answer.parts else told[0]


def _unanswered(answer: Answer, question: str, *, practice: bool = False) -> str:
    """What the documents do not say, in the words in which it was asked; empty if they say all.

    :param practice: also what the secretariat's practice says.
    """

    def is_unanswered(part: Answer) -> bool:
        return part.refused or (practice and part.kind == _PRACTICE)

    if answer.parts:
        return " ".join(part.question for part in answer.parts if is_unanswered(part))
    return (answer.question or question) if is_unanswered(answer) else ""


def _asked(turn: Turn, question: str, answer: Answer) -> Asked:
    units = tuple(quote.unit_id for quote in answer.quotes)
    folded = wording(question)
    return Asked(question, folded, turn.language, units, answer.refused, turn.now)


def _cited(text: str, quotes: int) -> str:
    """The text with the marks that Teams links to the citations."""
    marks = "".join(f"[{place}]" for place in range(1, quotes + 1))
    head, _, rest = text.partition("\n\n")
    return f"{head} {marks}\n\n{rest}" if marks and rest else text


COMMANDS = (Command("ask", Ask, ask, offered=False),)
