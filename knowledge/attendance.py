"""Attendance: who of how many is there, as a message tells it in words and numbers.

"We began with 13, then 3 dropped out" is 10 present; "if we had 30 members" names the membership.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from knowledge.calendar_words import Calendar
from knowledge.forms import Forms
from knowledge.numbers import Numbers
from knowledge.question import Question
from knowledge.vocabulary import Vocabulary
from knowledge.words import words

#: Concepts that ask for the number of all.
_TOTAL_ASKED = frozenset({"how_many", "define", "half", "total"})


@dataclass(frozen=True)
class Attendance:
    """How many are there, None where the message does not say; `members` where it names how many
    there are in all.
    """

    present: int | None = None
    members: int | None = None


class Headcount:
    """Reads the numbers of those present in the words of all languages."""

    def __init__(self, vocabulary: Vocabulary, calendar: Calendar, numbers: Numbers) -> None:
        self._calendar, self._numbers = calendar, numbers

        def forms(name: str) -> Forms:
            return vocabulary.forms("attendance", name)

        self._here, self._away, self._left = forms("here"), forms("away"), forms("left")
        self._joined, self._began = forms("joined"), forms("began")
        self._members, self._changed = forms("members"), forms("number_changed")
        self._would, self._share, self._out_of = forms("would"), forms("share"), forms("out_of")
        small = vocabulary.forms("small", "of") | vocabulary.forms("small", "the")
        self._links = small | forms("passed_over")
        self._remaining = re.compile(
            rf"\b{forms('remaining').pattern} (?:{forms('remaining_between').pattern} )?(\w+)\b"
            rf"|\b(\w+)(?: \w+)? {forms('remaining_after').pattern}\b"
        )

    def of(self, question: Question, members: int) -> Attendance:
        """What the message tells of the numbers present.

        :param members: how many the coalition has, which is no number of those present.
        """
        said = words(question.text)
        counts = self._counts(said, set(question.numbers))
        if pair := self._pair(said, counts):
            return self._of_pair(said, pair, members)
        others = [place for place, number in counts.items() if number != members]
        if not others:
            here = any(_near(said, place, self._here, 3) for place in counts)
            return Attendance(members if here else None)
        first = others[0]
        if self._names_total(question, said, first):
            return Attendance(None, counts[first])
        if _near(said, first, self._away, 3) and not _near(said, first, self._here, 2):
            rest = [place for place in others[1:] if _near(said, place, self._here, 2)]
            return Attendance(counts[rest[-1]] if rest else members - counts[first])
        return Attendance(
            self._after(said, {place: counts[place] for place in others}, counts[first])
        )

    def _counts(self, said: list[str], known: set[int]) -> dict[int, int]:
        """The numbers by their place, days of the month left out."""
        found = {}
        for place, word in enumerate(said):
            number = next(iter(self._numbers.counts_in(word)), None)
            if number is None or number not in known or self._joins(said, place):
                continue
            after = said[place + 1 : place + 3]
            beside = [other for other in after if other not in self._links][:1]
            beside += said[max(place - 1, 0) : place]
            if not any(map(self._calendar.month_of, beside)) or self._out_of.begin(after):
                found[place] = number
        return found

    def _joins(self, said: list[str], place: int) -> bool:
        """Whether a number word is "of the" in another language: "12 dos 21"."""
        if said[place] not in self._share:
            return False
        beside = said[max(place - 1, 0) : place] + said[place + 1 : place + 2]
        return any(word.isdigit() for word in beside)

    def _pair(self, said: list[str], counts: dict[int, int]) -> tuple[int, int] | None:
        """The numbers of "10 out of the 21"."""
        for place, after in pairwise(sorted(counts)):
            between = said[place + 1 : after]
            is_share = len(between) < 5 and self._share.any_in(between)
            if is_share and counts[place] <= counts[after]:
                return counts[place], counts[after]
        return None

    def _of_pair(self, said: list[str], pair: tuple[int, int], members: int) -> Attendance:
        """ "3 of the 13 left" and "3 of the 21 are absent" tell of those who are not there."""
        some, whole = pair
        gone = self._left.any_in(said) or self._away.any_in(said)
        if gone and (whole != members or not self._here.any_in(said)):
            return Attendance(whole - some)
        return Attendance(some, None if self._began.any_in(said) else whole)

    def _after(self, said: list[str], counts: dict[int, int], present: int) -> int:
        """Those present once the ones who left are gone and the ones who came are there."""
        rest = [place for place, number in counts.items() if number != present]
        if not rest:
            return present
        place = rest[0]
        if remaining := self._remaining.search(" ".join(said[place - 3 :] if place > 2 else said)):
            number = self._numbers.counts_in(remaining[1] or remaining[2])[:1]
            if number and number[0] in counts.values():
                return number[0]
        if _near(said, place, self._left, 6) and counts[place] <= present:
            return present - counts[place]
        if _near(said, place, self._joined, 3):
            return present + counts[place]
        named = [where for where in counts if _near(said, where, self._here, 2)]
        agencies = [where for where in counts if _near(said, where, self._members, 2)]
        return counts[(agencies or named or [place])[0]] if agencies or named else present

    def _names_total(self, question: Question, said: list[str], place: int) -> bool:
        """Whether the number is that of all members: "with 30 members, how many make a
        quorum?"."""
        if _near(said, place, self._changed, 3):
            return True
        if _near(said, place, self._here, 2):
            return False
        asks = question.concepts
        if "total" in asks and "present" not in asks:
            return True
        return (
            self._members.any_in(said[place + 1 : place + 3])
            and (self._would.any_in(said) or not asks.isdisjoint(_TOTAL_ASKED))
            and asks.isdisjoint({"lacking", "enough"})
        )


def _near(said: list[str], place: int, forms: Forms, reach: int) -> bool:
    """Whether one of the forms stands within so many words of a place."""
    return forms.any_in(said[max(place - reach, 0) : place] + said[place + 1 : place + 1 + reach])
