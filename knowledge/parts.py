"""Parts: the questions of one message, each to be answered by itself."""

import re
from dataclasses import dataclass

_ENDS = re.compile(r"(?<=[?!\n])\s*(?=\S)")
_JOINT = re.compile(
    r",? (?:and|y|e) (?=(?:also |además |también )?¿?(?:who|when|how|what|where|which|by when|is|"
    r"quién|quien|quiénes|cuándo|cuando|cómo|cuál|cual|cuántos|cuantos|dónde|donde|qué|"
    r"quem|quando|onde|qual|quantos)\b)",
    re.IGNORECASE,
)
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

    @property
    def halves(self) -> tuple["Part", "Part"] | None:
        """Both sides of a joint such as "and who", where a sentence may hold two questions."""
        joint = _JOINT.search(self.question)
        if joint is None:
            return None
        first, second = self.question[: joint.start()], self.question[joint.end() :]
        return Part(first, self.statement), Part(second, self.statement)


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
