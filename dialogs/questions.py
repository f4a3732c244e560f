"""Readers of questions put to the secretariat: their numbers, and words that may be a question."""

import re
from dataclasses import dataclass
from typing import Any

from coalition.errors import Unreadable
from dialogs.readers import Plain, Words
from dialogs.slots import Asking

_NUMBER = re.compile(r"\s*Q[\s-]*(\d{4})[\s-]+0*(\d{1,6})\b[.:,]?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class QuestionNumber(Plain):
    """The number of a question: `Q-2027-0001`, `q 2027 1`."""

    def read(self, words: str, asking: Asking) -> str:
        if found := self.take(words, asking):
            return str(found[0])
        raise Unreadable("read-question-number", words=words.strip()[:40])

    def take(self, words: str, asking: Asking) -> tuple[Any, str] | None:
        match = _NUMBER.match(words)
        return (f"Q-{match[1]}-{int(match[2]):04d}", words[match.end() :]) if match else None


@dataclass(frozen=True)
class Wording(Plain):
    """Any words, as `Words` reads them; but behind a command a question belongs to it, too."""

    at_most: int = 2000
    lines: int = 3

    def read(self, words: str, asking: Asking) -> str:
        return Words(self.at_most).read(words, asking)

    def take(self, words: str, asking: Asking) -> tuple[Any, str] | None:
        return Words(self.at_most).take(words, asking)
