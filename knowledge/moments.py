"""Moments: what the dates of a message are dates of, by the words that stand beside them.

"The invitation left on 20 February for the meeting of the 26th of February" names two dates, and a
rule has to know which is which.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.calendar_words import Calendar
from knowledge.question import Question
from knowledge.vocabulary import Vocabulary
from knowledge.words import words

#: What a date is the date of; the lists of the table `roles` in the languages' files.
MET, SENT, COMMENTED = "met", "sent", "commented"
#: So many words before a month may its day stand, and so many after.
_BESIDE = 3


@dataclass(frozen=True)
class Moment:
    """A date, its place among the words, and its role; "" where the words do not tell."""

    day: date
    place: int
    role: str = ""


class Moments:
    """Reads the dates of a message with their roles."""

    def __init__(self, vocabulary: Vocabulary, calendar: Calendar) -> None:
        self._calendar = calendar
        self._links = vocabulary.forms("small", "of") | vocabulary.forms("small", "the")
        self._for = vocabulary.forms("small", "for")
        self._out_of = vocabulary.forms("attendance", "out_of")
        self._not_before = vocabulary.forms("dates", "never_before_the_day")
        self._then_a_meeting = vocabulary.forms("dates", "then_a_meeting")
        self._ordinal = re.compile(
            rf"(\d{{1,2}}){vocabulary.forms('dates', 'day_endings').pattern}?"
        )
        self._spoken = {
            word: days
            for name, days in (("today", 0), ("yesterday", -1), ("tomorrow", 1))
            for word in vocabulary.forms("dates", name).whole
        }
        roles = vocabulary.meanings("roles")
        self._roles = {form: role for form, role in roles.items() if form[-1] != "*"}
        self._stems = {form[:-1]: role for form, role in roles.items() if form[-1] == "*"}
        self._lengths = sorted({len(stem) for stem in self._stems}, reverse=True)

    def of(self, question: Question, today: date) -> tuple[Moment, ...]:
        """The dates of the message with their roles, in the order of the message.

        A day and month without a year are in the year that brings them nearest to the others.
        """
        said = words(question.text)
        placed = {day: self._place(day, said) for day in question.days}
        if any(place < len(said) for place in placed.values()):  # beside a date that is written out
            spoken = [(place, word) for place, word in enumerate(said) if word in self._spoken]
            placed |= {today + timedelta(days=self._spoken[word]): place for place, word in spoken}
        for place, number, month in self._days_and_months(said):
            known = [day for day in placed if (day.day, day.month) == (number, month)]
            if not known and placed and (day := _nearest(number, month, placed)):
                placed[day] = place
        found = sorted((place, day) for day, place in placed.items())
        return tuple(
            Moment(day, place, self._role(said, place, after, until))
            for (after, _), (place, day), (until, _) in zip(
                [(-1, None), *found], found, [*found[1:], (0, None)], strict=False
            )
        )

    def day_of(self, question: Question, role: str, today: date) -> date | None:
        """The first date that has this role."""
        return next((one.day for one in self.of(question, today) if one.role == role), None)

    def _days_and_months(self, said: list[str]) -> Iterable[tuple[int, int, int]]:
        """Each "20 de febrero" or "February 20": its place, the day and the month."""
        for place, word in enumerate(said):
            month = self._calendar.month_of(word)
            if month is None or self._out_of.begin(said[place:]):
                continue
            near = said[max(place - _BESIDE, 0) : place]
            before = [other for other in near if other not in self._links]
            after = [] if word in self._not_before else said[place + 1 : place + 2]
            for other, where in ((before[-1:], place - 1), (after, place)):
                if other and (match := self._ordinal.fullmatch(other[0])):
                    yield where, int(match[1]), month
                    break

    def _place(self, day: date, said: list[str]) -> int:
        """Where a day is written; the end of the text where it is written in some other way."""
        for place, word in enumerate(said):
            near = said[max(place - _BESIDE, 0) : place + _BESIDE + 1]
            match = self._ordinal.fullmatch(word)
            if match and int(match[1]) == day.day and self._names_month(day.month, near):
                return place
        return len(said)

    def _names_month(self, month: int, said: list[str]) -> bool:
        return any(
            self._calendar.month_of(word) == month or (word.isdigit() and int(word) == month)
            for word in said
        )

    def _role(self, said: list[str], place: int, after: int, until: int) -> str:
        """The role by the nearest telling word before the date, else by one between it and the
        next.

        What follows the last date is what is asked: "meeting 5 November, invitation out by when?".
        """
        following = (word for word in said[place + 1 : place + 6] if not self._is_date(word))
        if next(following, "") in self._then_a_meeting or said[max(place - 1, 0)] in self._for:
            return MET
        for word in reversed(said[after + 1 : place]):
            if role := self._role_of(word):
                return role
        return next((role for word in said[place + 1 : until] if (role := self._role_of(word))), "")

    def _is_date(self, word: str) -> bool:
        return word.isdigit() or word in self._links or self._calendar.month_of(word) is not None

    def _role_of(self, word: str) -> str:
        """The role that a word tells, by the longest beginning that tells one."""
        if role := self._roles.get(word):
            return role
        stems = (word[:length] for length in self._lengths)
        return next((self._stems[stem] for stem in stems if stem in self._stems), "")


def _nearest(number: int, month: int, others: Iterable[date]) -> date | None:
    near = min(others)
    days = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            days.append(date(year, month, number))
        except ValueError:  # there is no 30 February
            continue
    return min(days, key=lambda day: abs(day - near), default=None)
