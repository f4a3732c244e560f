"""Lengths of time that a message names: "5 working days", "two years", "three days later"."""

import re

from knowledge.numbers import Numbers
from knowledge.vocabulary import Vocabulary
from knowledge.words import words

#: How many days, and how many months, the units are.
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "semester": 6, "year": 12}


class Lengths:
    """Reads lengths in the words of all languages."""

    def __init__(self, vocabulary: Vocabulary, numbers: Numbers) -> None:
        self._numbers = numbers
        units = {name: vocabulary.forms("units", name).pattern for name in (*_DAYS, *_MONTHS)}
        kinds = vocabulary.forms("units", "kinds").pattern
        named = "|".join(f"(?P<{name}>{forms})" for name, forms in units.items())
        self._length = re.compile(rf"\b(\w+)(?: {kinds})? (?:{named})\b")
        later = vocabulary.forms("dates", "later").pattern
        self._later = re.compile(
            rf"\b(\w+) (?:(?:{kinds}|{units['day']}) )?"
            rf"(?:(?P<day>{units['day']})|(?P<week>{units['week']})) {later}\b"
        )
        self._next_day, self._same_day = (
            re.compile(rf"\b{vocabulary.forms('dates', name).pattern}\b")
            for name in ("next_day", "same_day")
        )

    def days_later(self, text: str) -> int | None:
        """How many days after the date that is named: "three days later", "the next day"."""
        said = " ".join(words(text))
        if later := self._later.search(said):
            counted = self._numbers.count(later[1])
            return None if counted is None else counted * _DAYS["day" if later["day"] else "week"]
        if self._same_day.search(said):
            return 0
        return 1 if self._next_day.search(said) else None

    def days_in(self, text: str) -> int | None:
        """How many days the message names: "5 working days", "a week"."""
        return self._named(text, _DAYS)

    def months_in(self, text: str) -> int | None:
        """How many months the message names: "18 months", "two years", "a semester"."""
        return self._named(text, _MONTHS)

    def _named(self, text: str, units: dict[str, int]) -> int | None:
        for match in self._length.finditer(" ".join(words(text))):
            counted = self._numbers.count(match[1])
            size = next((size for name, size in units.items() if match[name]), None)
            if counted is not None and size:
                return counted * size
        return None
