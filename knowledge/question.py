"""A question as it is understood: its concepts, and the numbers, dates and names in it."""

from dataclasses import dataclass
from datetime import date

from coalition.rotation import Quarter


@dataclass(frozen=True)
class Question:
    """What was asked. Flags such as `#date` stand among the concepts for the slots that are
    filled.
    """

    text: str
    language: str
    concepts: frozenset[str]
    unknown: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    objective: int | None = None
    area: int | None = None
    section: int | None = None
    quarters: tuple[Quarter, ...] = ()
    days: tuple[date, ...] = ()
    follows: bool = False

    @property
    def day(self) -> date | None:
        """The date that is named, the first of several."""
        return next(iter(self.days), None)
