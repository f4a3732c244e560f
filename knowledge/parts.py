"""Parts: the questions of one message, each to be answered by itself."""

import re
from dataclasses import dataclass

from knowledge.forms import pattern
from knowledge.vocabulary import Vocabulary

_ENDS = re.compile(r"(?<=[?!\n])\s*(?=\S)")
#: Fewer words before or after a question belong to it: "Who chairs it? By name."
_FEWEST_WORDS = 4


#: Where a statement ends that leads up to a question; dates and abbreviations have points too.
_STATED = re.compile(r"(?<=[^\W\d]{3}[.!;…)])\s+(?=[^\W\d]|¿)|\n+")


@dataclass(frozen=True)
class Part:
    """One question of a message, with what was said before it and leads up to it."""

    question: str
    statement: str = ""

    @property
    def text(self) -> str:
        return f"{self.statement} {self.question}".strip()


class Joints:
    """Finds where a sentence may hold two questions: at "and who"."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        joins = pattern(vocabulary.written("small", "and"))
        also, asks = (pattern(vocabulary.written("questions", name)) for name in ("also", "asks"))
        self._joint = re.compile(rf",? {joins} (?=(?:{also} )?¿?{asks}\b)", re.IGNORECASE)

    def halves(self, part: Part) -> tuple[Part, Part] | None:
        """Both sides of the first joint, if there is one."""
        joint = self._joint.search(part.question)
        if joint is None:
            return None
        first, second = part.question[: joint.start()], part.question[joint.end() :]
        return Part(first, part.statement), Part(second, part.statement)


def parts_of(message: str) -> tuple[Part, ...]:
    """The questions of a message, in order.

    What is said before a question and is none itself stays with it: "We met on 2 October. When are
    the minutes due?" is one question.
    """
    parts: list[str] = []
    held = ""
    for piece in _ENDS.split(message.strip()):
        held = f"{held} {piece}".strip()
        if "?" in piece:
            parts.append(held)
            held = ""
    if held and parts and len(held.split()) < _FEWEST_WORDS:
        parts[-1] = f"{parts[-1]} {held}"
    elif held:
        parts.append(held)
    return tuple(_parted(part) for part in parts or [message])


def _parted(text: str) -> Part:
    """A question that ends a text of several sentences, apart from what leads up to it."""
    *_, last = _STATED.split(text) or [text]
    statement = text[: len(text) - len(last)].strip()
    if "?" not in last or len(statement.split()) < _FEWEST_WORDS:
        return Part(text)
    return Part(last, statement)
