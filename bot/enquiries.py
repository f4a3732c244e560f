"""Enquiries: what the process keeps in memory about questions."""

from collections import OrderedDict
from dataclasses import replace

from bot.practices import Practices
from bot.recall import Recall
from bot.tally import Tally
from coalition.questions import Asked, Reaction
from storage.database import Database

_CONVERSATIONS = 2000


class Enquiries:
    """Follow-ups, the secretariat's practice, and what is still to be counted."""

    def __init__(self, database: Database) -> None:
        self.recall = Recall()
        self.practices = Practices(database)
        self.tally = Tally(database, self.practices.reload)
        self._answers: OrderedDict[str, str] = OrderedDict()

    def count(self, thread: str, asked: Asked, answer_id: str) -> None:
        """Count a question whose answer got an id from the channel."""
        self._answers[thread] = answer_id
        self._answers.move_to_end(thread)
        while len(self._answers) > _CONVERSATIONS:
            self._answers.popitem(last=False)
        self.tally.count(replace(asked, answer_id=answer_id))

    def mark(
        self, person_id: str, thread: str, answer_id: str, reaction: Reaction, remark: str
    ) -> None:
        """Keep a thumb.

        :param answer_id: the marked answer, as Teams says it. The Playground does not; there the
            last answer of the conversation is meant.
        """
        if answer_id := answer_id or self._answers.get(thread, ""):
            self.tally.mark(person_id, answer_id, reaction, remark)

    async def close(self) -> None:
        """Write what was asked before the program ends."""
        await self.tally.close()
