"""Quarters that a question names: by number, by ordinal, by month, or counted from another one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from coalition.rotation import Quarter
from knowledge.calendar_words import month_of
from knowledge.words import fold

_ORDINALS = {
    word: number
    for number, spelt in enumerate(
        [
            "first primer primero primera primeiro primeira 1st 1er 1ro 1o 1a",
            "second segundo segunda 2nd 2do 2o 2a",
            "third tercer tercero tercera terceiro terceira 3rd 3er 3ro 3o 3a",
            "fourth final cuarto cuarta quarto quarta 4th 4to 4o 4a",
        ],
        1,
    )
    for word in spelt.split()
}
_COUNTS = {
    word: number
    for number, spelt in enumerate(
        ["a one un uno um", "two dos dois", "three tres", "four cuatro quatro"], 1
    )
    for word in spelt.split()
} | {str(number): number for number in range(1, 13)}
_UNIT = r"(?:quarters?|qtr|trimesters?|trimestres?|trim)\b\.?"
_ORDINAL = "|".join(_ORDINALS)
_COUNT = "|".join(_COUNTS)
_IN_YEAR = r"(?:,? (?:of |de |del |do |in |en |em )?(?:the year |ano )?(20\d\d)\b)?"

_NUMBERED = re.compile(
    r"\b(?:(?:q|t)\s?-?([1-4])|([1-4])\s?(?:q|t)|(?:quarter|trimestre|trimester) ([1-4]))\b"
    r"(?:(?:[ ,/-]| of | de | del | do )*'?((?:20)?[2-9]\d)\b)?"
)
_NAMED = re.compile(
    rf"\b(?:({_ORDINAL}) (?:(?:and|or|y|o|e|ou) (?:the |el |o )?({_ORDINAL}) )?{_UNIT}"
    rf"|(?:last|ultimo) {_UNIT}"
    rf"(?= (?:of|de|del|do|in|en) (?:the |el )?(?:year|ano|20\d\d)| 20\d\d))"
    rf"{_IN_YEAR}"
)
_LEFT_OUT = re.compile(
    rf"\b({_ORDINAL})(?: one)?(?= (?:of|in|de|del|do|and|y|e)\b|\s?[?.,;!)]|\s*$| 20\d\d){_IN_YEAR}"
)
_MONTH_RANGE = re.compile(
    rf"\b([a-z]{{3,10}})\.? ?(?:-|–|/|to|through|until|a|ate|hasta)\s?([a-z]{{3,10}})\b{_IN_YEAR}"
)
#: A month by itself needs a word before it or its year: `may` and `march` are verbs too.
_IN_MONTH = re.compile(
    r"(?<!\d )(?<!\d de )(?<!\d of )\b(?:"
    r"([a-z]{3,10})\.?,? (?:of |de |do )?(20\d\d)\b"
    r"|(?:in|since|from|until|by|during|for|en|em|desde|hasta|ate) ([a-z]{3,10})\b(?! \d))"
)
_THIS = rf"(?:this|current|present|este|actual|neste|deste|atual|the|el|del|o|do) {_UNIT}"
_STEPS = (
    (2, re.compile(rf"{_UNIT} after (?:the )?next\b|\b(?:subsiguiente|subsequente) {_UNIT}")),
    (
        1,
        re.compile(
            rf"\b(?:next|coming|following|upcoming|proximo|siguiente|seguinte) {_UNIT}"
            rf"(?! after)|{_UNIT} (?:que viene|que vem|siguiente|seguinte|proximo|entrante)\b"
        ),
    ),
    (
        -1,
        re.compile(
            rf"\b(?:last|previous|past|preceding|ultimo|anterior) {_UNIT}"
            rf"(?! (?:of|de|del|do|in|en)\b| 20)|{_UNIT} (?:pasado|anterior|passado)\b"
        ),
    ),
    (0, re.compile(rf"\b{_THIS}(?! (?:after|\d|que|siguiente|seguinte|proximo|pasado|anterior))")),
)
_COUNTED = re.compile(
    rf"\b(?:in|dentro de|en|daqui a|em) ({_COUNT}) {_UNIT}"
    rf"|\b({_COUNT}) {_UNIT} (?:from now|later|after|ahead|despues|mas tarde|depois|mais tarde)\b"
)
_YEAR = re.compile(r"\b(20\d\d)\b")
#: A month is a quarter only where turns are spoken of: a review in March is none.
_TURNS = re.compile(r"secretar|secretr|quarter|trimest|\bturn|\brota|rodizio|revez|relev")


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


def quarters_in(text: str, today: date) -> tuple[Quarter, ...]:
    """The quarters that a text names, in its order, each once.

    Without a year it is that of the quarter named before or after, so that Q1 follows Q4 in the
    next year; where the text names no year at all, this one. "Next" is counted from today, "two
    quarters later" from the quarter before it.
    """
    return tuple(dict.fromkeys(mention.quarter for mention in mentions_in(text, today)))


def mentions_in(text: str, today: date) -> tuple[Mention, ...]:
    """The quarters that a text names, with their places."""
    folded = fold(text)
    numbered = _with_ellipsis(folded, sorted(_numbered(folded), key=lambda one: one.place))
    if not numbered and _TURNS.search(folded):
        numbered = sorted(_months(folded), key=lambda one: one.place)
    mentions = _dated(numbered, [int(year) for year in _YEAR.findall(folded)], today)
    taken = {mention.place for mention in mentions}
    steps = (mention for mention in _stepped(folded, mentions, today) if mention.place not in taken)
    return tuple(sorted((*mentions, *steps), key=lambda mention: mention.place))


def _numbered(folded: str) -> Iterator[_Numbered]:
    for match in _NUMBERED.finditer(folded):
        yield _Numbered(match.start(), int(match[1] or match[2] or match[3]), _year(match[4]))
    for match in _NAMED.finditer(folded):
        first = _ORDINALS[match[1]] if match[1] else 4
        yield _Numbered(match.start(), first, _year(match[3]))
        if match[2]:
            yield _Numbered(match.start(2), _ORDINALS[match[2]], _year(match[3]))


def _with_ellipsis(folded: str, found: list[_Numbered]) -> list[_Numbered]:
    """With the ordinals that go on from a quarter: "in the first quarter, and in the third?"."""
    if not found:
        return found
    numbers = {one.number for one in found}
    more = [
        _Numbered(match.start(), _ORDINALS[match[1]], _year(match[2]))
        for match in _LEFT_OUT.finditer(folded, found[-1].place + 3)
        if _ORDINALS[match[1]] not in numbers
    ]
    return [*found, *more[:1]]


def _months(folded: str) -> Iterator[_Numbered]:
    """Quarters by their months; a range counts where both ends lie in the same one."""
    rest = folded
    for match in _MONTH_RANGE.finditer(folded):
        first, last = (_quarter_of_month(month) for month in match.group(1, 2))
        if first and last:
            rest = rest[: match.start()] + " " * len(match[0]) + rest[match.end() :]
            if first == last:
                yield _Numbered(match.start(), first, _year(match[3]))
    for match in _IN_MONTH.finditer(rest):
        if number := _quarter_of_month(match[1] or match[3]):
            yield _Numbered(match.start(), number, _year(match[2]))


def _quarter_of_month(word: str) -> int | None:
    month = month_of(word)
    return (month + 2) // 3 if month else None


def _year(written: str | None) -> int | None:
    if not written:
        return None
    return int(written) if len(written) == 4 else 2000 + int(written)


def _dated(found: list[_Numbered], years: list[int], today: date) -> list[Mention]:
    """The quarters with the years that the text means."""
    dated: list[Mention] = []
    for place, one in enumerate(found):
        year = one.year
        after = next((other for other in found[place:] if other.year), None)
        if year is None and dated:
            before = dated[-1].quarter
            year = before.year + (one.number < before.number)
        elif year is None and after and after.year:
            year = after.year - (one.number > after.number)
        elif year is None:
            year = years[0] if years else today.year
        dated.append(Mention(Quarter(year, one.number), one.place))
    return dated


def _stepped(folded: str, mentions: list[Mention], today: date) -> Iterator[Mention]:
    """Quarters counted from today, or from the one named before them."""
    for place, steps in _steps(folded):
        before = [mention.quarter for mention in mentions if mention.place < place]
        if steps or not mentions:
            yield Mention((before[-1] if before else Quarter.of(today)).later(steps), place)


def _steps(folded: str) -> Iterator[tuple[int, int]]:
    """The places of words like "next quarter", with the quarters that they go on."""
    taken: list[range] = []
    found = [(match, _COUNTS[match[1] or match[2]]) for match in _COUNTED.finditer(folded)] + [
        (match, steps) for steps, pattern in _STEPS for match in pattern.finditer(folded)
    ]
    for match, steps in found:
        if not any(match.start() in span for span in taken):
            taken.append(range(match.start(), match.end()))
            yield match.start(), steps
