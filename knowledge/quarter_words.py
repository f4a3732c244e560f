"""Quarter words: the patterns by which quarters are found, from the words of all languages."""

import re
from collections.abc import Iterable, Mapping

from knowledge.vocabulary import Vocabulary

#: Counts beyond so many quarters are not spelt out, but may be written in figures.
_MOST_SPELT, _MOST = 4, 12
_YEAR = r"20\d\d"


class QuarterWords:
    """Patterns for folded text, and the numbers that their words mean."""

    def __init__(
        self, vocabulary: Vocabulary, ordinals: Mapping[str, int], counts: Mapping[str, int]
    ) -> None:
        final = dict.fromkeys(vocabulary.forms("quarters", "final").whole, 4)
        self.ordinals = {word: number for word, number in ordinals.items() if number <= 4} | final
        self.counts = {word: number for word, number in counts.items() if number <= _MOST_SPELT}
        self.counts |= {str(number): number for number in range(1, _MOST + 1)}
        said = _said(vocabulary)
        said["ordinal"], said["count"] = _any(self.ordinals), _any(self.counts)
        self.numbered = _numbered(said)
        self.named = _named(said)
        self.left_out = re.compile(
            rf"\b({said['ordinal']})(?: {said['one']})?"
            rf"(?= (?:{said['of']}|{said['in']}|{said['and']})\b|\s?[?.,;!)]|\s*$| {_YEAR})"
            rf"{_in_year(said)}"
        )
        self.month_range = re.compile(
            rf"\b([a-z]{{3,10}})\.? ?(?:-|–|/|{said['to']})\s?([a-z]{{3,10}})\b{_in_year(said)}"
        )
        self.in_month = _in_month(said, vocabulary.forms("small", "of").whole)
        self.steps = _steps(said)
        self.counted = re.compile(
            rf"\b{said['in_so_many']} ({said['count']}) {said['unit']}"
            rf"|\b({said['count']}) {said['unit']} {said['on']}\b"
        )
        self.turns = re.compile(rf"\b{said['turns']}")
        self.clauses = re.compile(rf"[,;:?!]|\. |\b{said['clauses']}\b")


def _said(vocabulary: Vocabulary) -> dict[str, str]:
    """A pattern for each list of words."""
    small = {name: vocabulary.forms("small", name).pattern for name in ("of", "in", "the", "and")}
    quarters = (
        "letters before_its_number last one this next next_after next_but_one next_but_one_after "
        "previous previous_after in_so_many to in_month turns"
    )
    after = ("next_after", "next_but_one_after", "previous_after")
    first_words = [vocabulary.forms("quarters", name).first_words for name in after]
    on = vocabulary.forms("quarters", "so_many_on") | vocabulary.forms("dates", "later")
    return small | {
        **{name: vocabulary.forms("quarters", name).pattern for name in quarters.split()},
        "joins": (vocabulary.forms("small", "and") | vocabulary.forms("small", "or")).pattern,
        "unit": rf"{vocabulary.forms('units', 'quarter').pattern}\b\.?",
        "year": vocabulary.forms("units", "year").pattern,
        "on": on.pattern,
        "but_one": first_words[1].pattern,
        "after": (first_words[0] | first_words[1] | first_words[2]).pattern,
        "clauses": vocabulary.forms("questions", "clauses").pattern,
    }


def _in_year(said: Mapping[str, str]) -> str:
    """The year after a quarter: "of 2027", ", 2027", "del año 2027"."""
    link = rf"(?:(?:{said['of']}|{said['in']}) )?(?:(?:{said['the']} )?{said['year']} )?"
    return rf"(?:,? {link}({_YEAR})\b)?"


def _numbered(said: Mapping[str, str]) -> re.Pattern[str]:
    """ "Q3", "3T", "quarter 3", with the year: "Q3 2027", "Q3'27"."""
    letters = said["letters"]
    return re.compile(
        rf"\b(?:{letters}\s?-?([1-4])|([1-4])\s?{letters}|{said['before_its_number']} ([1-4]))\b"
        rf"(?:(?:[ ,/-]| {said['of']} )*'?((?:20)?[2-9]\d)\b)?"
    )


def _named(said: Mapping[str, str]) -> re.Pattern[str]:
    """ "The second and third quarter", and "the last quarter" where a year follows."""
    ordinal = said["ordinal"]
    return re.compile(
        rf"\b(?:({ordinal}) (?:{said['joins']} (?:{said['the']} )?({ordinal}) )?{said['unit']}"
        rf"|{said['last']} {said['unit']}"
        rf"(?= (?:{said['of']}|{said['in']}) (?:{said['the']} )?(?:{said['year']}|{_YEAR})"
        rf"| {_YEAR})){_in_year(said)}"
    )


def _in_month(said: Mapping[str, str], of: Iterable[str]) -> re.Pattern[str]:
    """A month and its year, or a month after "in" or "by": `may` and `march` are verbs too."""
    no_day = "".join(rf"(?<!\d {word} )" for word in sorted(of))
    return re.compile(
        rf"(?<!\d ){no_day}\b(?:([a-z]{{3,10}})\.?,? (?:{said['of']} )?({_YEAR})\b"
        rf"|{said['in_month']} ([a-z]{{3,10}})\b(?! \d))"
    )


def _steps(said: Mapping[str, str]) -> tuple[tuple[int, re.Pattern[str]], ...]:
    """How many quarters from today "next quarter" and its like are."""
    unit = said["unit"]
    no_year = rf"(?! (?:{said['of']}|{said['in']})\b| 20)"
    return (
        (2, re.compile(rf"{unit} {said['next_but_one_after']}\b|\b{said['next_but_one']} {unit}")),
        (
            1,
            re.compile(
                rf"\b{said['next']} {unit}(?! {said['but_one']})|{unit} {said['next_after']}\b"
            ),
        ),
        (
            -1,
            re.compile(rf"\b{said['previous']} {unit}{no_year}|{unit} {said['previous_after']}\b"),
        ),
        (0, re.compile(rf"\b{said['this']} {unit}(?! (?:\d|{said['after']}))")),
    )


def _any(known: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, known), key=len, reverse=True)) or r"(?!)"
