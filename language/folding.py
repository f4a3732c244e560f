"""Words made comparable: without accents, case or the marks around them."""

import re
import unicodedata


def fold(words: str) -> str:
    """The words in lower case without accents, with single spaces: `Añadir  Más` is `anadir
    mas`."""
    if not words.isascii():
        words = "".join(
            letter
            for letter in unicodedata.normalize("NFKD", words)
            if not unicodedata.combining(letter)
        )
    return " ".join(words.casefold().split())


def bare(words: str) -> str:
    """Folded words without the punctuation at their ends: `¿Ayuda?` is `ayuda`."""
    return re.sub(r"^\W+|\W+$", "", fold(words))
