"""Stored questions: those put to the secretariat, and what was asked of the documents at all."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, delete, func, insert, select, update

from coalition.questions import (
    Asked,
    Counted,
    Feedback,
    Marked,
    Question,
    QuestionState,
    Reaction,
    question_number,
)
from storage.inserting import insert_unless_there
from storage.numbering import next_of
from storage.records import Records
from storage.tables import asked, feedback, questions
from storage.transaction import Transaction


class Questions(Records[Question]):
    """Questions put to the secretariat, by number."""

    def __init__(self, unit: Transaction) -> None:
        super().__init__(unit, questions, Question)

    async def next_number(self, year: int) -> str:
        """The next number of a year; given back when the unit of work is rolled back."""
        return question_number(year, await next_of(self._unit, f"Q-{year}"))

    async def numbered(self, number: str) -> Question | None:
        """The question with a number such as Q-2027-0001."""
        found = await self.find(questions.c.number == number, limit=1)
        return found[0] if found else None

    async def same(self, person_id: str, folded: str) -> Question | None:
        """The last question of a person in the same words, whatever became of it."""
        found = await self.find(
            questions.c.asked_by == person_id,
            questions.c.folded == folded,
            order_by=questions.c.id.desc(),
            limit=1,
        )
        return found[0] if found else None

    async def waiting(self, at_most: int, skip: int = 0) -> list[Question]:
        """Questions that nobody has answered, the oldest first."""
        is_open = questions.c.state == QuestionState.OPEN
        found = await self.find(is_open, order_by=questions.c.id, limit=at_most + skip)
        return found[skip:]

    async def practice(self) -> list[Question]:
        """The answered questions that were added to the answers, the latest first."""
        added = questions.c.practice_at.is_not(None)
        return await self.find(added, order_by=(questions.c.practice_at.desc(), questions.c.id))


class AskedQuestions:
    """What was asked of the documents and how the answers were received; no names."""

    def __init__(self, unit: Transaction) -> None:
        self._unit = unit

    async def add(self, many: Sequence[Asked]) -> None:
        """Add questions as they were answered."""
        self._unit.refuse_when_read_only()
        rows = [{**vars(one), "units": list(one.units)} for one in many]
        await self._unit.connection.execute(insert(asked), rows)

    async def mark(self, given: Feedback) -> None:
        """Keep a thumb with the question and the clauses that it is about.

        Who marks an answer again has changed their mind. A thumb under an answer that is not
        known any more is passed over: it would say nothing.
        """
        self._unit.refuse_when_read_only()
        row = await self._about(given.answer_id)
        if row is None:
            return
        said = {"reaction": str(given.reaction), "remark": given.remark, "at": given.at}
        new = {"key": given.key, "answer_id": given.answer_id, **row, **said}
        if not await insert_unless_there(self._unit.connection, feedback, new):
            change = update(feedback).where(feedback.c.key == given.key).values(**said)
            await self._unit.connection.execute(change)

    async def _about(self, answer_id: str) -> RowMapping | None:
        query = select(asked.c.text, asked.c.units, asked.c.refused)
        query = query.where(asked.c.answer_id == answer_id).order_by(asked.c.id.desc()).limit(1)
        return (await self._unit.connection.execute(query)).mappings().first()

    async def lately(
        self, at_most: int, skip: int = 0, *, refused: bool | None = None
    ) -> list[Counted]:
        """What was asked, the latest first, the same words counted together.

        :param refused: only what was refused, or only what was answered.
        """
        only: list[ColumnElement[bool]] = [] if refused is None else [asked.c.refused == refused]
        last = func.max(asked.c.id)
        grouped = (
            select(last.label("last"), func.count().label("times"))
            .where(*only)
            .group_by(asked.c.folded)
            .order_by(last.desc())
            .limit(at_most)
            .offset(skip)
            .subquery()
        )
        query = select(asked.c.text, grouped.c.times, asked.c.at)
        query = query.join(grouped, grouped.c.last == asked.c.id).order_by(asked.c.id.desc())
        return [Counted(*row) for row in await self._unit.connection.execute(query)]

    async def wrong(self, at_most: int, skip: int = 0) -> list[Marked]:
        """Answers that were marked as wrong, the latest first."""
        query = select(feedback.c.text, feedback.c.units, feedback.c.remark, feedback.c.at)
        query = query.where(feedback.c.reaction == Reaction.DISLIKE)
        query = query.order_by(feedback.c.at.desc(), feedback.c.key).limit(at_most).offset(skip)
        rows = await self._unit.connection.execute(query)
        return [Marked(row.text, tuple(row.units), row.remark, row.at) for row in rows]

    async def forget(self, before: datetime) -> None:
        """Drop what was asked and marked before an instant."""
        self._unit.refuse_when_read_only()
        for table in (asked, feedback):
            await self._unit.connection.execute(delete(table).where(table.c.at < before))
