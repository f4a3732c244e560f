"""Numbers: counts in figures and words, and what a question names by its number."""

import re

from knowledge.vocabulary import Vocabulary
from knowledge.words import fold, words

#: Figures of two or more parts: dates, hours, versions.
_PARTED = r"\b\d+[/.:-]\d+(?:[/.:-]\d+)*\b"
#: The lists that tell what is numbered.
_NAMING = (
    "objective",
    "area",
    "section",
    "number",
    "ordinal_endings",
    "objective_after_ordinal",
    "area_after_ordinal",
)
#: From here on a figure is a year.
_FIRST_YEAR = 1900


class Numbers:
    """Reads numbers in the words of all languages."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        counts = vocabulary.numbered("numbers")
        self.ones = frozenset(word for word, number in counts.items() if number == 1)
        #: Without the words for one, which are articles more often than numbers.
        self.counts = {word: number for word, number in counts.items() if number > 1}
        self.ordinals = vocabulary.numbered("ordinals")
        labels = vocabulary.forms("numbering", "labels").pattern
        letters = vocabulary.forms("quarters", "letters").pattern
        quarter = vocabulary.forms("quarters", "before_its_number").pattern
        self._no_counts = re.compile(rf"{_PARTED}|\b{labels}-?\s?\d\b")
        self._quarter = re.compile(
            rf"\b{letters}\s?-?[1-4]\b|\b[1-4]\s?{letters}\b|\b{quarter} [1-4]\b"
        )
        self._numbered, self._section, self._ordinal = _patterns(vocabulary, self.ordinals)

    def is_number(self, word: str) -> bool:
        """Whether a folded word is a number or an ordinal."""
        return word in self.counts or word in self.ordinals or word.isdigit()

    def counts_in(self, text: str) -> tuple[int, ...]:
        """Counts, in figures or words; years and figures of two or more parts are left out."""
        bare = self._quarter.sub(" ", self._no_counts.sub(" ", fold(text)))
        found = [int(word) if word.isdigit() else self.counts.get(word) for word in words(bare)]
        return tuple(number for number in found if number is not None and number < _FIRST_YEAR)

    def count(self, word: str) -> int | None:
        """The number that one word is, one among them: "a", "three", "3"."""
        return 1 if word in self.ones else next(iter(self.counts_in(word)), None)

    def numbered_in(self, text: str) -> dict[str, int]:
        """`objective`, `area` and `section`, where the question names one by its number."""
        found = {}
        folded = re.sub(r"[^\w#.°º ]+", " ", fold(text))
        for match in self._numbered.finditer(folded):
            written = match["number"]
            number = int(written) if written.isdigit() else self.counts.get(written)
            if number:
                found["objective" if match["objective"] else "area"] = number
        if section := self._section.search(folded):
            found["section"] = int(section[1])
        if ordinal := self._ordinal.search(folded):
            number = self.ordinals.get(ordinal[1]) or int(re.sub(r"\D", "", ordinal[1]))
            found.setdefault("objective" if ordinal["objective"] else "area", number)
        return found


def _patterns(vocabulary: Vocabulary, ordinals: dict[str, int]) -> tuple[re.Pattern[str], ...]:
    """What finds an objective or area with its number, a section, and either by its ordinal."""
    said = {name: vocabulary.forms("numbering", name).pattern for name in _NAMING}
    each = "|".join(sorted(map(re.escape, ordinals), key=len, reverse=True)) or r"(?!)"
    return (
        re.compile(
            rf"\b(?:(?P<objective>{said['objective']})|{said['area']})\.? ?"
            rf"(?:{said['number']}(?:\b|(?=\d))\.?|n°|#)? ?#?(?P<number>\d{{1,2}}|[a-z]{{3,10}})\b"
        ),
        re.compile(rf"\b{said['section']}\.? ?#?(\d{{1,2}})\b"),
        re.compile(
            rf"\b({each}|\d\d?{said['ordinal_endings']}) "
            rf"(?:(?P<objective>{said['objective_after_ordinal']})|{said['area_after_ordinal']})"
        ),
    )
