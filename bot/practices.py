"""Practices: answers of the secretariat that were added to what everybody is told, in memory."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from coalition.questions import Question
from language.folding import fold
from storage.database import Database

#: How alike two questions must be, and how alike a word and the one that stands in its place.
_ALIKE, _WORD_ALIKE = 88, 80
#: Short words that do not change what is asked; those that do are not among them.
_SMALL = 3
_TELLING = frozenset(["no", "not", "non", "nor", "nao", "sin", "sem", "who", "how", "why"])


def wording(text: str) -> str:
    """A question in the form in which questions are compared: no accents, case or marks."""
    return " ".join(re.findall(r"\w+", fold(text)))


def is_same(one: str, other: str) -> bool:
    """Whether two wordings ask the same: typing errors and small words aside.

    A number, a negation or a word of its own that the other lacks makes another question.
    """
    if one == other:
        return True
    if fuzz.token_sort_ratio(one, other) < _ALIKE:
        return False
    words, others = set(one.split()), set(other.split())
    return _are_covered(words - others, others - words) and _are_covered(
        others - words, words - others
    )


def _are_covered(words: set[str], others: set[str]) -> bool:
    return all(_is_small(word) or any(_is_slip(word, other) for other in others) for word in words)


def _is_small(word: str) -> bool:
    return len(word) <= _SMALL and word not in _TELLING and not word.isdigit()


def _is_slip(word: str, other: str) -> bool:
    if word.isdigit() or other.isdigit() or word[0] != other[0]:
        return False
    return fuzz.ratio(word, other) >= _WORD_ALIKE


class Practices:
    """Read once, and again when something changed: a question's turn does not wait for them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: Sequence[Question] | None = None

    async def reload(self) -> None:
        """Read what is stored now."""
        async with self._database.unit_of_work(read_only=True) as unit:
            self._known = await unit.questions.practice()

    async def answering(self, text: str) -> Question | None:
        """The practice for a question: one asked in the same words, else one that asks the same."""
        if self._known is None:
            await self.reload()
        asked, known = wording(text), self._known or ()
        for question in known:
            if question.folded == asked:
                return question
        return next((question for question in known if is_same(question.folded, asked)), None)
