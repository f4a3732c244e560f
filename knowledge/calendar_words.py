"""Calendar words: months and days in every language, which are no strange words in a question."""

import re

from knowledge.forms import pattern
from knowledge.vocabulary import Vocabulary

#: So many letters of a month's name are a sign that a date may follow.
_SIGN = 3


class Calendar:
    """Knows months and days by the words of all languages."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        months = vocabulary.numbered("months")
        self._months = {form: number for form, number in months.items() if form[-1] != "*"}
        self._begun = {form[:-1]: number for form, number in months.items() if form[-1] == "*"}
        self._lengths = sorted({len(beginning) for beginning in self._begun}, reverse=True)
        self._days = vocabulary.forms("dates", "days")
        for name in ("today", "yesterday", "tomorrow"):
            self._days |= vocabulary.forms("dates", name)
        vague = vocabulary.forms("dates", "vague_months").whole
        named = {form for form in months if form not in vague}
        signs = {form if form[:_SIGN] in vague else f"{form[:_SIGN]}*" for form in named}
        self._sign = re.compile(rf"\d|\b(?:{pattern(signs)}|{self._days.pattern})")
        of, endings = (
            vocabulary.forms(*name).pattern for name in (("small", "of"), ("dates", "day_endings"))
        )
        self._written = re.compile(
            r"\b\d{4}-\d\d?-\d\d?\b|\b\d\d?[/.-]\d\d?[/.-]\d{2,4}\b"
            rf"|\b\d\d?{endings}?\.? (?:{of} )?[a-z]{{3,10}}\.?(?:,? (?:{of} )?20\d\d\b)"
            rf"|\b[a-z]{{3,9}}\.? \d\d?{endings}?,? 20\d\d\b"
        )

    def month_of(self, word: str) -> int | None:
        """The number of the month that a folded word names, in any of the languages."""
        if number := self._months.get(word):
            return number
        begun = (self._begun.get(word[:length]) for length in self._lengths)
        return next((number for number in begun if number), None)

    def is_date_word(self, word: str) -> bool:
        """Whether a folded word is part of a date."""
        return bool(self.month_of(word)) or word in self._days or any(c.isdigit() for c in word)

    def may_hold_date(self, folded: str) -> bool:
        """Whether a text has a figure, or a word that begins like one of a date."""
        return bool(self._sign.search(folded))

    def written_dates(self, folded: str) -> list[str]:
        """The days with month and year in words or figures, to be read by themselves before the
        sentence around them is tried."""
        return [match[0] for match in self._written.finditer(folded)]
