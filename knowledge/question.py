"""A question as it is understood: its concepts, and the numbers, dates and names in it."""

import re
from dataclasses import dataclass
from datetime import date

from coalition.rotation import Quarter
from knowledge.lexicon import LINKS, Lexicon
from knowledge.words import fold, words

_NUMBER_WORDS = {
    word: number
    for number, spelt in enumerate(
        [
            "",
            "two dos dois duas",
            "three tres",
            "four cuatro quatro",
            "five cinco",
            "six seis",
            "seven siete sete",
            "eight ocho oito",
            "nine nueve nove",
            "ten diez dez",
            "eleven once onze",
            "twelve doce doze",
            "thirteen trece treze",
            "fourteen catorce quatorze",
            "fifteen quince quinze",
            "sixteen dieciseis dezesseis",
            "seventeen diecisiete dezessete",
            "eighteen dieciocho dezoito",
            "nineteen diecinueve dezenove",
            "twenty veinte vinte",
            "veintiuno",
            "veintidos",
            "veintitres",
        ],
        1,
    )
    for word in spelt.split()
}
_ORDINALS = {
    word: number
    for number, spelt in enumerate(
        [
            "first primer primero primera primeiro primeira 1st 1er 1ro 1o 1a",
            "second segundo segunda 2nd 2do 2o 2a",
            "third tercer tercero tercera terceiro terceira 3rd 3er 3ro 3o 3a",
            "fourth cuarto cuarta quarto quarta 4th 4to 4o 4a",
            "fifth quinto quinta 5th 5to 5o 5a",
            "sixth sexto sexta 6th 6to 6o 6a",
            "seventh septimo septima setimo setima 7th 7mo 7o 7a",
            "eighth octavo octava oitavo oitava 8th 8vo 8o 8a",
            "ninth noveno novena nono nona 9th 9no 9o 9a",
            "tenth decimo decima 10th 10mo 10o 10a",
        ],
        1,
    )
    for word in spelt.split()
}
_ORDINAL = re.compile(
    rf"\b({'|'.join(_ORDINALS)}|\d\d?(?:st|nd|rd|th|o|a)) (thematic|area|tema|objecti|objeti)"
)
_QUARTER = re.compile(
    r"\b(?:q|t)\s?-?([1-4])\b|\b([1-4])\s?(?:q|t)\b|\bquarter ([1-4])\b|\btrimestre ([1-4])\b"
)
_SECTION = re.compile(
    r"\b(?:section|sec|seccion|secao|chapter|capitulo|apartado)\.? ?#?(\d{1,2})\b"
)
_NUMBERED = re.compile(
    r"\b(objective|objetivo|obj|goal|thematic area|area tematica|area|ta|tema)s?\.? ?"
    r"(?:number|numero|(?:num|no|n)\b\.?|nº|n°|#)? ?#?(\d{1,2}|[a-z]{3,10})\b"
)


@dataclass(frozen=True)
class Question:
    """What was asked. Flags such as `#date` stand among the concepts for the slots that are
    filled.
    """

    text: str
    language: str
    concepts: frozenset[str]
    unknown: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    objective: int | None = None
    area: int | None = None
    section: int | None = None
    quarters: tuple[Quarter, ...] = ()
    days: tuple[date, ...] = ()
    follows: bool = False

    @property
    def day(self) -> date | None:
        """The date that is named, the first of several."""
        return next(iter(self.days), None)


def numbers_in(text: str) -> tuple[int, ...]:
    """Counts, in figures or words up to 23; years and figures of two or more parts are left out."""
    bare = re.sub(r"\b\d+[/.:-]\d+(?:[/.:-]\d+)*\b|\b(?:wg|s|q)-?\s?\d\b", " ", fold(text))
    bare = _QUARTER.sub(" ", bare)
    found = [int(word) if word.isdigit() else _NUMBER_WORDS.get(word) for word in words(bare)]
    return tuple(number for number in found if number is not None and number < 1900)


def numbered_in(text: str) -> dict[str, int]:
    """`objective`, `area` and `section`, where the question names one by its number."""
    found = {}
    folded = re.sub(r"[^\w#.°º ]+", " ", fold(text))
    for match in _NUMBERED.finditer(folded):
        written = match[2]
        number = int(written) if written.isdigit() else _NUMBER_WORDS.get(written)
        if number:
            found["objective" if match[1][0] in "og" else "area"] = number
    if section := _SECTION.search(folded):
        found["section"] = int(section[1])
    if ordinal := _ORDINAL.search(folded):
        number = _ORDINALS.get(ordinal[1]) or int(re.sub(r"\D", "", ordinal[1]))
        found.setdefault("objective" if ordinal[2][0] == "o" else "area", number)
    return found


def unknown_words(said: list[str], covered: set[int], lexicon: Lexicon) -> tuple[str, ...]:
    """The words that stand for nothing we know and are no small words."""
    return tuple(
        word
        for place, word in enumerate(said)
        if place not in covered
        and word not in LINKS
        and word not in lexicon.ignored
        and word not in _NUMBER_WORDS
        and word not in _ORDINALS
        and not word.isdigit()
        and len(word) > 1
    )
