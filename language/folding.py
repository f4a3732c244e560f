"""Words made comparable: without accents, case or the marks around them."""

import re
import unicodedata

#: What NFKD parts from the letters of the languages written in Latin script.
_MARKS = re.compile("[\u0300-\u036f]+")
_ENDS = re.compile(r"^\W+|\W+$")


def unaccented(words: str) -> str:
    """The words without accents, tildes and cedillas."""
    return words if words.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", words))


def fold(words: str) -> str:
    """The words in lower case without accents, with single spaces: `Añadir  Más` is `anadir
    mas`."""
    return " ".join(unaccented(words).casefold().split())


def bare(words: str) -> str:
    """Folded words without the punctuation at their ends: `¿Ayuda?` is `ayuda`."""
    return _ENDS.sub("", fold(words))
