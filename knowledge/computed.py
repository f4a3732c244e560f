"""What a computed answer is made of: the case a rule is applied to, and the value it gives."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from coalition.charter import Charter
from knowledge.library import Library
from knowledge.live import Live, Unread
from knowledge.names import Names
from knowledge.objectives import Objectives
from knowledge.question import Question
from knowledge.speech import Speech


@dataclass(frozen=True)
class Case:
    """What a rule is applied to."""

    question: Question
    charter: Charter
    today: date
    live: Live | Unread
    names: Names
    objectives: Objectives
    library: Library
    speech: Speech


@dataclass(frozen=True)
class Series:
    """Values that are written as "1, 3 and 17" in the asker's language."""

    values: tuple[str, ...]


@dataclass(frozen=True)
class Value:
    """`variant` names the text of the card that says it; dates, quarters and series among the
    values are
    written out in the language. `quotes` are units shown before the card's own. `more` are further
    values that are said after this one.
    """

    variant: str
    values: Mapping[str, object] = field(default_factory=dict)
    quotes: tuple[str, ...] = ()
    more: tuple["Value", ...] = ()

    @classmethod
    def each(cls, values: Iterable["Value"]) -> "Value":
        """Several values of one rule, said one after the other: for each day that is named."""
        first, *others = values
        return replace(first, more=tuple(others))


#: None where the question lacks what the rule needs: the card's plain lead answers then.
Rule = Callable[[Case], Value | None]
