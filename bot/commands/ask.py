"""Questions to the documents: what is no command comes here."""

from dataclasses import dataclass, replace

from bot.cards.layout import button, card
from bot.router import Command
from bot.turn import Citation, Reply, Turn
from dialogs.readers import Words
from dialogs.slots import slot
from knowledge.answer import Answer, render


@dataclass(frozen=True)
class Ask:
    question: str = slot("ask-ask-question", Words(at_most=2000))


async def ask(turn: Turn, request: Ask) -> Reply:
    """Answer a question on the Terms of Reference or the concept note with the exact clause."""
    return await answer_question(turn, request.question)


async def answer_question(turn: Turn, question: str) -> Reply:
    """The answer in the language of the question, with its clauses cited."""
    knowledge = turn.workplace.knowledge
    language = knowledge.language_of(question, turn.language)
    turn = replace(turn, language=language)
    answer = knowledge.ask(question[:2000], language, today=turn.today)
    text = _cited(render(answer), len(answer.quotes))
    return Reply(
        text,
        card=_choices(turn, answer),
        shows_text=True,
        citations=tuple(Citation(quote.section, quote.text) for quote in answer.quotes),
        asks_feedback=True,
    )


def _cited(text: str, quotes: int) -> str:
    """The text with the marks that Teams links to the citations."""
    marks = "".join(f"[{place}]" for place in range(1, quotes + 1))
    head, _, rest = text.partition("\n\n")
    return f"{head} {marks}\n\n{rest}" if marks and rest else text


def _choices(turn: Turn, answer: Answer) -> dict[str, object] | None:
    if not answer.choices:
        return None
    return dict(
        card(actions=[button(choice[:80], choice, beside=True) for choice in answer.choices[:4]])
    )


COMMANDS = (Command("ask", Ask, ask, offered=False),)
