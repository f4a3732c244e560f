"""Questions to the secretariat: put where the documents say nothing, answered once, kept as
practice; and the overview of what was asked."""

import hashlib
from dataclasses import dataclass, replace

from bot.activities import activity
from bot.cards.questions import SHOWN, Overview, announced_card, overview_card, question_card
from bot.practices import wording
from bot.router import Command
from bot.turn import Repeated, Reply, Turn, only_secretariat
from coalition.documents import check_open
from coalition.errors import Refused
from coalition.members import Person
from coalition.places import Purpose
from coalition.questions import Question, QuestionState
from dialogs.questions import QuestionNumber, Wording
from dialogs.readers import Number, Words
from dialogs.slots import slot
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PutQuestion:
    question: str = slot("questions-ask-question", Wording(), default="")


async def put_question(turn: Turn, request: PutQuestion) -> Reply:
    """Put a question to the secretariat, without words the last one that was refused.

    The same question of the same person is put once, whenever it is said again.
    """
    recall = turn.workplace.enquiries.recall
    text = request.question or recall.refused(turn.thread, turn.person.id)
    if not text:
        raise Refused("questions-nothing-to-put")
    check_open(text)
    folded = wording(text)
    try:
        async with _once(turn, folded).unit_of_work() as unit:
            if earlier := await unit.questions.same(turn.person.id, folded):
                return question_card(turn, earlier, "questions-put-already")
            question = await unit.questions.add(await _new(turn, unit, text))
            await _announce(turn, unit, question)
    except Repeated:
        async with turn.reading() as unit:
            earlier = await unit.questions.same(turn.person.id, folded)
        if earlier is None:
            return Reply(turn.t("already-done"))
        return question_card(turn, earlier, "questions-put-already")
    return question_card(turn, question, "questions-put")


def _once(turn: Turn, folded: str) -> Turn:
    """The turn with what tells this question from others: what is meant may not be in its words."""
    seed = f"put question {turn.person.id} {folded}"
    return replace(turn, fingerprint=hashlib.sha256(seed.encode()).hexdigest())


async def _new(turn: Turn, unit: UnitOfWork, text: str) -> Question:
    return Question(
        number=await unit.questions.next_number(turn.today.year),
        text=text,
        folded=wording(text),
        language=turn.workplace.knowledge.language_of(text, turn.language),
        asked_by=turn.person.id,
        asked_by_label=turn.person.label,
        asked_at=turn.now,
        asked_in=turn.thread,
    )


async def _announce(turn: Turn, unit: UnitOfWork, question: Question) -> None:
    """Post to the secretariat's channel, unless it was asked there."""
    channel = await unit.places.for_purpose(Purpose.SECRETARIAT)
    if channel is None or channel.id != turn.place.id:
        told = replace(turn, language=turn.charter.team_language, zone=turn.charter.zone)
        message = activity(announced_card(told, question))
        await unit.postings.post(Purpose.SECRETARIAT, message, f"question:{question.number}")


@dataclass(frozen=True)
class OneQuestion:
    number: str = slot("questions-ask-number", QuestionNumber())


async def show_question(turn: Turn, request: OneQuestion) -> Reply:
    """One question with its state, for who asked it and for the secretariat."""
    async with turn.reading() as unit:
        question = await _numbered(unit, request.number)
    if not (turn.is_secretariat or question.practice_at or question.asked_by == turn.person.id):
        raise Refused("questions-not-yours", number=question.number)
    return question_card(turn, question)


async def _numbered(unit: UnitOfWork, number: str) -> Question:
    question = await unit.questions.numbered(number)
    if question is None:
        raise Refused("questions-none-numbered", number=number)
    return question


@dataclass(frozen=True)
class AnswerQuestion:
    number: str = slot("questions-ask-number", QuestionNumber())
    answer: str = slot("questions-ask-answer", Words(at_most=4000, lines=5))


async def answer_question(turn: Turn, request: AnswerQuestion) -> Reply:
    """Answer a question; the asker is told once, in their own chat and language."""
    check_open(request.answer)
    async with turn.unit_of_work() as unit:
        was = await _numbered(unit, request.number)
        if not was.is_open:
            return question_card(turn, was, "questions-answered-already")
        answered = replace(
            was,
            state=QuestionState.ANSWERED,
            answer=request.answer,
            answered_by_label=turn.person.label,
            answered_at=turn.now,
        )
        question = await unit.questions.save(answered, was)
        await _tell_asker(turn, unit, question)
    return question_card(turn, question, "questions-answered")


async def _tell_asker(turn: Turn, unit: UnitOfWork, question: Question) -> None:
    chats = await unit.places.personal([question.asked_by])
    chat = chats.get(question.asked_by)
    conversation = chat.id if chat else question.asked_in
    if conversation == turn.thread:
        return
    asker = await unit.people.get(question.asked_by) or Person(question.asked_by)
    language = await unit.places.language_to(conversation, asker, question.language)
    zone = asker.zone or turn.charter.zone
    told = replace(turn, person=asker, language=language, zone=zone)
    await unit.outbox.post(
        conversation_id=conversation,
        person_id=question.asked_by,
        activity=activity(question_card(told, question, "questions-your-answer")),
        key=f"question:{question.number}:answered",
    )


async def add_practice(turn: Turn, request: OneQuestion) -> Reply:
    """Add an answered question to the answers, with its author and date."""
    return await _practice(turn, request.number, added=True)


async def end_practice(turn: Turn, request: OneQuestion) -> Reply:
    """Take an answer of the secretariat out of the answers; the asker keeps it."""
    return await _practice(turn, request.number, added=False)


async def _practice(turn: Turn, number: str, *, added: bool) -> Reply:
    async with turn.unit_of_work() as unit:
        was = await _numbered(unit, number)
        if was.is_open:
            raise Refused("questions-not-answered", number=number)
        at = (was.practice_at or turn.now) if added else None
        question = await unit.questions.save(replace(was, practice_at=at), was)
    await turn.workplace.enquiries.practices.reload()
    return question_card(turn, question, f"questions-practice-{'added' if added else 'ended'}")


@dataclass(frozen=True)
class ListQuestions:
    page: int = slot("questions-ask-page", Number(), default=1)


async def list_questions(turn: Turn, request: ListQuestions) -> Reply:
    """What waits for an answer, was marked as wrong, was refused, and was asked lately."""
    await turn.workplace.enquiries.tally.flush()
    page = max(1, request.page)
    skip, at_most = (page - 1) * SHOWN, SHOWN + 1
    async with turn.reading() as unit:
        found = Overview(
            waiting=await unit.questions.waiting(at_most, skip),
            wrong=await unit.asked.wrong(at_most, skip),
            refused=await unit.asked.lately(at_most, skip, refused=True),
            lately=await unit.asked.lately(at_most, skip),
        )
    return overview_card(turn, found, page)


#: These stand before `ask`, whose words may begin in the same way.
NUMBERED = (Command("question show", OneQuestion, show_question, needs_first=True, listed=False),)

COMMANDS = (
    Command("question put", PutQuestion, put_question, offered=False),
    Command(
        "question answer",
        AnswerQuestion,
        answer_question,
        allowed=only_secretariat,
        writes=True,
        needs_first=True,
        listed=False,
    ),
    Command(
        "question practice end",
        OneQuestion,
        end_practice,
        allowed=only_secretariat,
        writes=True,
        needs_first=True,
        listed=False,
    ),
    Command(
        "question practice",
        OneQuestion,
        add_practice,
        allowed=only_secretariat,
        writes=True,
        needs_first=True,
        listed=False,
    ),
    Command("questions", ListQuestions, list_questions, allowed=only_secretariat, listed=False),
)
