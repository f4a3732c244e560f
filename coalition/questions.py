"""Questions: put to the secretariat where the documents say nothing, answered, kept as practice;
and what was asked at all, without names."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

#: What was asked is kept for so long.
KEPT_FOR = timedelta(days=180)


class QuestionState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Question:
    """A question put to the secretariat of the quarter.

    `practice_at` is the instant at which its answer was added to what everybody is told; None
    while only the asker knows it. `folded` is the text in the form in which texts are compared.
    """

    number: str
    text: str
    folded: str
    language: str
    asked_by: str
    asked_by_label: str
    asked_at: datetime
    asked_in: str
    state: QuestionState = QuestionState.OPEN
    answer: str = ""
    answered_by_label: str = ""
    answered_at: datetime | None = None
    practice_at: datetime | None = None
    id: int = 0
    version: int = 0

    @property
    def is_open(self) -> bool:
        return self.state is QuestionState.OPEN


def question_number(year: int, place: int) -> str:
    """The number of the year's n-th question, such as Q-2027-0001."""
    return f"Q-{year}-{place:04d}"


class Reaction(StrEnum):
    """What Teams' thumbs under an answer say."""

    LIKE = "like"
    DISLIKE = "dislike"


@dataclass(frozen=True)
class Asked:
    """A question as it was answered; nobody's name. `units` are the clauses that were shown.

    `answer_id` is the id that the channel gave to the answer, by which feedback names it.
    """

    text: str
    folded: str
    language: str
    units: tuple[str, ...]
    refused: bool
    at: datetime
    answer_id: str = ""


@dataclass(frozen=True)
class Feedback:
    """A thumb under an answer. `key` tells it from other people's without saying whose it is."""

    key: str
    answer_id: str
    reaction: Reaction
    remark: str
    at: datetime


@dataclass(frozen=True)
class Counted:
    """A question as the overview shows it: its latest wording, how often, and when last."""

    text: str
    times: int
    at: datetime


@dataclass(frozen=True)
class Marked:
    """An answer that somebody marked as wrong, with what they said about it."""

    text: str
    units: tuple[str, ...]
    remark: str
    at: datetime
