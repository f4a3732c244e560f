"""The secretariat rotates by quarter (ToR section 4, S55); order and start are the charter's (gap
Q2)."""

import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Quarter:
    """A calendar quarter; `number` runs from 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter that a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def read(cls, text: str) -> "Quarter":
        """Read `2026-Q2`; ValueError where the text is something else."""
        if not (match := re.fullmatch(r"(\d{4})-Q([1-4])", text)):
            raise ValueError(f"A quarter is written like 2026-Q2, not {text!r}.")
        return cls(int(match[1]), int(match[2]))

    @property
    def starts_on(self) -> date:
        """The quarter's first day."""
        return date(self.year, 3 * self.number - 2, 1)

    def later(self, quarters: int) -> "Quarter":
        """The quarter that many quarters on; a negative number goes back."""
        year, place = divmod(self.year * 4 + self.number - 1 + quarters, 4)
        return Quarter(year, place + 1)

    def since(self, other: "Quarter") -> int:
        """How many quarters this one comes after the other."""
        return (self.year - other.year) * 4 + self.number - other.number

    def __str__(self) -> str:
        return f"Q{self.number} {self.year}"


@dataclass(frozen=True)
class Rotation:
    """Who holds the secretariat in which quarter."""

    order: tuple[str, ...]
    starts_with: Quarter

    def secretariat_in(self, quarter: Quarter) -> str:
        """The entity whose turn the quarter is; quarters before the start are counted back."""
        return self.order[quarter.since(self.starts_with) % len(self.order)]

    def secretariat_on(self, day: date) -> str:
        """The entity whose turn it is on a day."""
        return self.secretariat_in(Quarter.of(day))

    def after(self, entity: str) -> str:
        """The entity that follows another; ValueError for one that is not in the rotation."""
        return self.order[(self.order.index(entity) + 1) % len(self.order)]
