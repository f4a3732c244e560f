"""Recall: what was last talked about, for follow-ups; lost at a restart without harm."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from knowledge.answer import Answer

#: A follow-up comes within so long; later words stand for themselves.
FOLLOWED_FOR = timedelta(minutes=15)
_CONVERSATIONS = 2000


@dataclass(frozen=True)
class Said:
    """The last answer to somebody; `refused` is what they asked last and nobody could answer."""

    answer: Answer
    language: str
    at: datetime
    refused: str = ""


class Recall:
    """The last answers by conversation and person, the longest silent forgotten first."""

    def __init__(self) -> None:
        self._said: OrderedDict[tuple[str, str], Said] = OrderedDict()

    def before(self, thread: str, person_id: str, now: datetime) -> Said | None:
        """What a follow-up of this person in this conversation goes on from."""
        said = self._said.get((thread, person_id))
        return said if said and now - said.at <= FOLLOWED_FOR else None

    def refused(self, thread: str, person_id: str) -> str:
        """The last question of this person here that was refused; empty without one."""
        said = self._said.get((thread, person_id))
        return said.refused if said else ""

    def keep(self, thread: str, person_id: str, said: Said) -> None:
        """Remember an answer; small talk leaves what was talked about as it is."""
        key = (thread, person_id)
        before = self._said.get(key)
        if before and said.answer.kind == "smalltalk":
            return
        if before and not said.refused:
            said = Said(said.answer, said.language, said.at, before.refused)
        self._said[key] = said
        self._said.move_to_end(key)
        while len(self._said) > _CONVERSATIONS:
            self._said.popitem(last=False)
