"""Quarters that a question names: by number, by ordinal, by month, or counted from another one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from coalition.rotation import Quarter
from knowledge.calendar_words import Calendar
from knowledge.numbers import Numbers
from knowledge.quarter_words import QuarterWords
from knowledge.vocabulary import Vocabulary
from knowledge.words import fold

_YEAR = re.compile(r"\b(20\d\d)\b")


@dataclass(frozen=True)
class Mention:
    """A quarter and where the folded text names it, in letters from its start."""

    quarter: Quarter
    place: int


@dataclass(frozen=True)
class _Numbered:
    """A quarter's number, with its year where one stands beside it."""

    place: int
    number: int
    year: int | None


class Quarters:
    """Reads quarters in the words of all languages."""

    def __init__(self, vocabulary: Vocabulary, calendar: Calendar, numbers: Numbers) -> None:
        counts = numbers.counts | dict.fromkeys(numbers.ones, 1)
        self._words = QuarterWords(vocabulary, numbers.ordinals, counts)
        self._calendar = calendar

    def quarters_in(self, text: str, today: date) -> tuple[Quarter, ...]:
        """The quarters that a text names, in its order, each once.

        Without a year it is the one nearest to the quarter named before or after, so that Q1
        follows Q4 in the next year; where the text names no year at all, this one. "Next" is
        counted from today, "two quarters later" from the quarter before it.
        """
        return tuple(dict.fromkeys(mention.quarter for mention in self.mentions_in(text, today)))

    def mentions_in(self, text: str, today: date) -> tuple[Mention, ...]:
        """The quarters that a text names, with their places."""
        folded = fold(text)
        numbered = sorted(self._numbered(folded), key=lambda one: one.place)
        numbered = self._with_ellipsis(folded, numbered)
        #: A month is a quarter only where turns are spoken of: a review in March is none.
        if self._words.turns.search(folded):
            months = self._months(folded, ranges_only=bool(numbered))
            numbered = sorted((*numbered, *months), key=lambda one: one.place)
        mentions = _dated(numbered, [int(year) for year in _YEAR.findall(folded)], today)
        taken = {mention.place for mention in mentions}
        steps = self._stepped(folded, mentions, today)
        more = (mention for mention in steps if mention.place not in taken)
        return tuple(sorted((*mentions, *more), key=lambda mention: mention.place))

    def clause_ends(self, folded: str) -> list[int]:
        """Where one thing that is said of a quarter ends and another begins."""
        return [match.start() for match in self._words.clauses.finditer(folded)]

    def _numbered(self, folded: str) -> Iterator[_Numbered]:
        ordinals = self._words.ordinals
        for match in self._words.numbered.finditer(folded):
            yield _Numbered(match.start(), int(match[1] or match[2] or match[3]), _year(match[4]))
        for match in self._words.named.finditer(folded):
            first = ordinals[match[1]] if match[1] else 4
            yield _Numbered(match.start(), first, _year(match[3]))
            if match[2]:
                yield _Numbered(match.start(2), ordinals[match[2]], _year(match[3]))

    def _with_ellipsis(self, folded: str, found: list[_Numbered]) -> list[_Numbered]:
        """With the ordinals that go on from a quarter: "in the first quarter, and in the
        third?"."""
        if not found:
            return found
        numbers = {one.number for one in found}
        more = [
            _Numbered(match.start(), self._words.ordinals[match[1]], _year(match[2]))
            for match in self._words.left_out.finditer(folded, found[-1].place + 3)
            if self._words.ordinals[match[1]] not in numbers
        ]
        return [*found, *more[:1]]

    def _months(self, folded: str, *, ranges_only: bool) -> Iterator[_Numbered]:
        """Quarters by their months; a range counts where both ends lie in the same one."""
        rest = folded
        for match in self._words.month_range.finditer(folded):
            first, last = (self._quarter_of_month(month) for month in match.group(1, 2))
            if first and last:
                rest = rest[: match.start()] + " " * len(match[0]) + rest[match.end() :]
                if first == last:
                    yield _Numbered(match.start(), first, _year(match[3]))
        for match in () if ranges_only else self._words.in_month.finditer(rest):
            if number := self._quarter_of_month(match[1] or match[3]):
                yield _Numbered(match.start(), number, _year(match[2]))

    def _quarter_of_month(self, word: str) -> int | None:
        month = self._calendar.month_of(word)
        return (month + 2) // 3 if month else None

    def _stepped(self, folded: str, mentions: list[Mention], today: date) -> Iterator[Mention]:
        """Quarters counted from today, or from the one named before them."""
        for place, steps in self._steps(folded):
            before = [mention.quarter for mention in mentions if mention.place < place]
            if steps or not mentions:
                yield Mention((before[-1] if before else Quarter.of(today)).later(steps), place)

    def _steps(self, folded: str) -> Iterator[tuple[int, int]]:
        """The places of words like "next quarter", with the quarters that they go on."""
        taken: list[range] = []
        counted = self._words.counted.finditer(folded)
        found = [(match, self._words.counts[match[1] or match[2]]) for match in counted] + [
            (match, steps)
            for steps, pattern in self._words.steps
            for match in pattern.finditer(folded)
        ]
        for match, steps in found:
            if not any(match.start() in span for span in taken):
                taken.append(range(match.start(), match.end()))
                yield match.start(), steps


def _year(written: str | None) -> int | None:
    if not written:
        return None
    return int(written) if len(written) == 4 else 2000 + int(written)


def _nearest(number: int, before: Quarter) -> int:
    """The year of the quarter of this number that is nearest to another; of two the later one."""
    steps = (number - before.number) % 4
    return before.later(steps if steps < 3 else -1).year


def _dated(found: list[_Numbered], years: list[int], today: date) -> list[Mention]:
    """The quarters with the years that the text means."""
    dated: list[Mention] = []
    for place, one in enumerate(found):
        year = one.year
        after = next((other for other in found[place:] if other.year), None)
        if year is None and dated:
            year = _nearest(one.number, dated[-1].quarter)
        elif year is None and after and after.year:
            year = after.year - (one.number > after.number)
        elif year is None:
            year = years[0] if years else today.year
        dated.append(Mention(Quarter(year, one.number), one.place))
    return dated
