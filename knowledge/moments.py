"""Moments: what the dates of a message are dates of, by the words that stand beside them.

"The invitation left on 20 February for the meeting of the 26th of February" names two dates, and a
rule has to know which is which.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.calendar_words import month_of
from knowledge.question import Question, numbers_in
from knowledge.words import words

MET, SENT, COMMENTED = "met", "sent", "commented"
_STEMS = {
    MET: (
        "meet met mtg reu session gather reunion reuni reune sesion sesio junta encontr sessao "
        "encuentro celebr held convened"
    ),
    SENT: (
        "sent send invit circul went shar distrib issued released mailed emailed dispatch receiv "
        "got came convoc salio salieron sale saiu sairam mand envi reparti repart compart receb "
        "recib llego llegaron chegou chegaram remit difund publi notified left announc avis"
    ),
    COMMENTED: (
        "comment coment feedback remark react observ correct correg corrig objec objet respond "
        "responde reply replied"
    ),
}
_ROLE_OF_STEM = {stem: role for role, stems in _STEMS.items() for stem in stems.split()}
_LONGEST, _SHORTEST = max(map(len, _ROLE_OF_STEM)), min(map(len, _ROLE_OF_STEM))
_LINKS = frozenset(["of", "de", "del", "do", "the"])
#: Short names of months that are other words too and never stand before the day: "went out 3".
_ALSO_OTHER_WORDS = frozenset(["out", "set", "ago"])
_FOR = frozenset(["for", "para", "pra"])
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|o)?")
_SPOKEN = {"today": 0, "hoy": 0, "hoje": 0, "yesterday": -1, "ayer": -1, "ontem": -1, "tomorrow": 1}
_LATER = re.compile(
    r"\b(\w+) (?:calendar |dias? |days? )?(?P<unit>days?|weeks?|dias?|semanas?) "
    r"(?:later|after|despues|mas tarde|depois|mais tarde)\b"
)
_ONE = frozenset(["a", "one", "un", "una", "um", "uma"])
_UNITS = {"d": 1, "w": 7, "s": 7}
_LENGTH = re.compile(
    r"\b(\w+)(?: (?:full|whole|calendar|working|business))? "
    r"(days?|dias?|weeks?|semanas?|months?|mes(?:es)?|quarters?|trimestres?|semesters?|semestres?|"
    r"years?|anos?)\b"
)
_NEXT_DAY = re.compile(r"\b(?:next day|day after|dia siguiente|dia seguinte)\b")
_SAME_DAY = re.compile(r"\b(?:same day|mismo dia|mesmo dia)\b")


@dataclass(frozen=True)
class Moment:
    """A date, its place among the words, and its role; "" where the words do not tell."""

    day: date
    place: int
    role: str = ""


def moments(question: Question, today: date) -> tuple[Moment, ...]:
    """The dates of the message with their roles, in the order of the message.

    A day and month without a year are in the year that brings them nearest to the others.
    """
    said = words(question.text)
    placed = {day: _place(day, said) for day in question.days}
    if any(place < len(said) for place in placed.values()):  # beside a date that is written out
        spoken = [(place, word) for place, word in enumerate(said) if word in _SPOKEN]
        placed |= {today + timedelta(days=_SPOKEN[word]): place for place, word in spoken}
    for place, number, month in _days_and_months(said):
        known = [day for day in placed if (day.day, day.month) == (number, month)]
        if not known and placed and (day := _nearest(number, month, placed)):
            placed[day] = place
    found = sorted((place, day) for day, place in placed.items())
    return tuple(
        Moment(day, place, _role(said, place, after, until))
        for (after, _), (place, day), (until, _) in zip(
            [(-1, None), *found], found, [*found[1:], (0, None)], strict=False
        )
    )


def day_of(question: Question, role: str, today: date) -> date | None:
    """The first date that has this role."""
    return next((one.day for one in moments(question, today) if one.role == role), None)


def days_later(text: str) -> int | None:
    """How many days after the date that is named: "three days later", "the next day"."""
    said = " ".join(words(text))
    if later := _LATER.search(said):
        counted = (1,) if later[1] in _ONE else numbers_in(later[1])
        return counted[0] * _UNITS[later["unit"][0]] if counted else None
    if _SAME_DAY.search(said):
        return 0
    return 1 if _NEXT_DAY.search(said) else None


def days_in(text: str) -> int | None:
    """How many days the message names: "5 working days", "a week"."""
    return _length(text, {"day": 1, "dia": 1, "week": 7, "semana": 7})


def months_in(text: str) -> int | None:
    """How many months the message names: "18 months", "two years", "a semester"."""
    return _length(
        text, {"month": 1, "mes": 1, "quarter": 3, "trimest": 3, "semest": 6, "year": 12, "ano": 12}
    )


def _length(text: str, units: dict[str, int]) -> int | None:
    for match in _LENGTH.finditer(" ".join(words(text))):
        counted = (1,) if match[1] in _ONE else numbers_in(match[1])
        unit = next((size for stem, size in units.items() if match[2].startswith(stem)), None)
        if counted and unit:
            return counted[0] * unit
    return None


def _days_and_months(said: list[str]) -> Iterable[tuple[int, int, int]]:
    """Each "20 de febrero" or "February 20": its place, the day and the month."""
    for place, word in enumerate(said):
        month = month_of(word)
        if month is None or said[place + 1 : place + 2] == ["of"]:  # "9 out of 21"
            continue
        before = [other for other in said[max(place - 3, 0) : place] if other not in _LINKS]
        after = [] if word in _ALSO_OTHER_WORDS else said[place + 1 : place + 2]
        for other, where in ((before[-1:], place - 1), (after, place)):
            if other and (match := _ORDINAL.fullmatch(other[0])):
                yield where, int(match[1]), month
                break


def _place(day: date, said: list[str]) -> int:
    """Where a day is written; the end of the text where it is written in some other way."""
    for place, word in enumerate(said):
        near = said[max(place - 3, 0) : place + 4]
        match = _ORDINAL.fullmatch(word)
        if match and int(match[1]) == day.day and _names_month(day.month, near):
            return place
    return len(said)


def _names_month(month: int, said: list[str]) -> bool:
    return any(month_of(word) == month or (word.isdigit() and int(word) == month) for word in said)


def _nearest(number: int, month: int, others: Iterable[date]) -> date | None:
    near = min(others)
    days = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            days.append(date(year, month, number))
        except ValueError:  # there is no 30 February
            continue
    return min(days, key=lambda day: abs(day - near), default=None)


def _role(said: list[str], place: int, after: int, until: int) -> str:
    """The role by the nearest telling word before the date, else by one between it and the next.

    What follows the last date is what is asked: "meeting 5 November, invitation out by when?".
    """
    following = next((word for word in said[place + 1 : place + 6] if not _is_date(word)), "")
    if following.startswith(("meeting", "session")) or said[max(place - 1, 0)] in _FOR:
        return MET
    for word in reversed(said[after + 1 : place]):
        if role := _role_of(word):
            return role
    return next((role for word in said[place + 1 : until] if (role := _role_of(word))), "")


def _is_date(word: str) -> bool:
    return word.isdigit() or word in _LINKS or month_of(word) is not None


def _role_of(word: str) -> str:
    stems = (word[:length] for length in range(min(len(word), _LONGEST), _SHORTEST - 1, -1))
    return next((_ROLE_OF_STEM[stem] for stem in stems if stem in _ROLE_OF_STEM), "")
