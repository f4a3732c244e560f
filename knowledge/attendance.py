"""Attendance: who of how many is there, as a message tells it in words and numbers.

"We began with 13, then 3 dropped out" is 10 present; "if we had 30 members" names the membership.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from knowledge.calendar_words import month_of
from knowledge.question import Question, numbers_in
from knowledge.words import words

_OF = frozenset(["of", "de", "dos", "sobre"])
_LEFT = (
    "leave left dropped drop disconnect lost gone went walked quit connection retir salieron "
    "marcharon fueron irse desconect cayeron perdi abandon sairam foram caiu cairam ausentaron"
)
_JOINED = (
    "joined join later arrive connect more sumaron suman sume llegan conectaron uniero chegaram"
)
_AWAY = (
    "absent missing excused away ausent faltaron faltan falten excusa apologi cannot vinieron "
    "faltaram"
)
_GROWN = "grew grow rose rise shrank shrunk shrink increas expand crec aument reduj cresc diminu"
_BEGAN = ("began", "start", "empez", "comenz", "comec", "inici", "eramos", "earlier")
_MEMBERS = "member entit agenc miembro entidad agenci membro organi organisation"
_HERE = (
    "present here attend show came come room online connect vinieron llegaron asist acud somos "
    "estamos conectad presentes comparec vieram compareceram participa there"
)
_REMAIN = re.compile(
    r"\b(?:only|just|are|solo|apenas|quedan|quedamos|quedaron|quedaban|restam|restaram|ficaram|"
    r"ficamos|remain\w*|stay\w*) (?:only |just |solo |con |with |somos |us |nosotros )?(\w+)\b"
    r"|\b(\w+)(?: \w+)? (?:remain\w*|stay\w*|are left)\b"
)
_TOTAL_ASKED = frozenset({"how_many", "define", "half", "total"})
_WOULD = frozenset(["would", "seria", "serian", "seriam", "sera"])
_LINKS = frozenset(["of", "de", "the", "los", "las", "os", "as", "us", "them", "del"])


@dataclass(frozen=True)
class Attendance:
    """How many are there, None where the message does not say; `members` where it names how many
    there are in all.
    """

    present: int | None = None
    members: int | None = None


def attendance(question: Question, members: int) -> Attendance:
    """What the message tells of the numbers present.

    :param members: how many the coalition has, which is no number of those present.
    """
    said = words(question.text)
    counts = _counts(said, set(question.numbers))
    if pair := _pair(said, counts):
        return _of_pair(said, pair, members)
    others = [place for place, number in counts.items() if number != members]
    if not others:
        return Attendance(members if counts and _names_the_present(said, counts) else None)
    first = others[0]
    if _names_total(question, said, first):
        return Attendance(None, counts[first])
    if _near(said, first, _AWAY, 3) and not _near(said, first, _HERE, 2):
        rest = [place for place in others[1:] if _near(said, place, _HERE, 2)]
        return Attendance(counts[rest[-1]] if rest else members - counts[first])
    return Attendance(_after(said, {place: counts[place] for place in others}, counts[first]))


def _counts(said: list[str], known: set[int]) -> dict[int, int]:
    """The numbers by their place, days of the month left out."""
    found = {}
    for place, word in enumerate(said):
        number = next(iter(numbers_in(word)), None)
        if number is None or number not in known or _links(said, place):
            continue
        beside = [other for other in said[place + 1 : place + 3] if other not in _LINKS][:1]
        beside += said[max(place - 1, 0) : place]
        if not any(month_of(other) for other in beside) or said[place + 1 : place + 3] == [
            "out",
            "of",
        ]:
            found[place] = number
    return found


def _links(said: list[str], place: int) -> bool:
    """Whether a "dos" is Portuguese for "of the": "12 dos 21"."""
    if said[place] != "dos":
        return False
    beside = said[max(place - 1, 0) : place] + said[place + 1 : place + 2]
    return any(word.isdigit() for word in beside)


def _pair(said: list[str], counts: dict[int, int]) -> tuple[int, int] | None:
    """The numbers of "10 out of the 21"."""
    places = sorted(counts)
    for place, after in pairwise(places):
        between = said[place + 1 : after]
        if len(between) < 5 and not _OF.isdisjoint(between) and counts[place] <= counts[after]:
            return counts[place], counts[after]
    return None


def _of_pair(said: list[str], pair: tuple[int, int], members: int) -> Attendance:
    """ "3 of the 13 left" and "3 of the 21 are absent" tell of those who are not there."""
    some, whole = pair
    gone = any(word.startswith(tuple(f"{_LEFT} {_AWAY}".split())) for word in said)
    if gone and (
        whole != members or not any(word.startswith(tuple(_HERE.split())) for word in said)
    ):
        return Attendance(whole - some)
    return Attendance(some, None if any(word.startswith(_BEGAN) for word in said) else whole)


def _after(said: list[str], counts: dict[int, int], present: int) -> int:
    """Those present once the ones who left are gone and the ones who came are there."""
    rest = [place for place, number in counts.items() if number != present]
    if not rest:
        return present
    if remaining := _REMAIN.search(" ".join(said[rest[0] - 3 :] if rest[0] > 2 else said)):
        number = numbers_in(remaining[1] or remaining[2])[:1]
        if number and number[0] in counts.values():
            return number[0]
    place = rest[0]
    if _near(said, place, _LEFT, 6) and counts[place] <= present:
        return present - counts[place]
    if _near(said, place, _JOINED, 3):
        return present + counts[place]
    named = [where for where in counts if _near(said, where, _HERE, 2)]
    agencies = [where for where in counts if _near(said, where, _MEMBERS, 2)]
    return counts[(agencies or named or [place])[0]] if agencies or named else present


def _names_total(question: Question, said: list[str], place: int) -> bool:
    """Whether the number is that of all members: "with 30 members, how many make a quorum?"."""
    if _near(said, place, _GROWN, 3):
        return True
    if _near(said, place, _HERE, 2):
        return False
    asks = question.concepts
    if "total" in asks and "present" not in asks:
        return True
    supposes = not _WOULD.isdisjoint(said)
    return (
        _follows(said, place, _MEMBERS)
        and (supposes or not asks.isdisjoint(_TOTAL_ASKED))
        and asks.isdisjoint({"lacking", "enough"})
    )


def _names_the_present(said: list[str], counts: dict[int, int]) -> bool:
    return any(_near(said, place, _HERE, 3) for place in counts)


def _follows(said: list[str], place: int, stems: str) -> bool:
    return any(word.startswith(tuple(stems.split())) for word in said[place + 1 : place + 3])


def _near(said: list[str], place: int, stems: str, reach: int) -> bool:
    around = said[max(place - reach, 0) : place] + said[place + 1 : place + 1 + reach]
    return any(word.startswith(tuple(stems.split())) for word in around)
