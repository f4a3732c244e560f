"""Forms: words and beginnings of words, as the answers' files write them: a star stands for any
ending.
"""

import re
from collections.abc import Iterable

from knowledge.words import fold

#: A pattern that fits nothing, where a language has no word for something.
_NOTHING = r"(?!)"


class Forms:
    """Folded words; one that ends with a star fits every word that begins like it."""

    def __init__(self, written: Iterable[str]) -> None:
        self._written = tuple(dict.fromkeys(fold(form) for form in written))
        self._whole = frozenset(form for form in self._written if not form.endswith("*"))
        self._beginnings = tuple(form[:-1] for form in self._written if form.endswith("*"))
        self._phrases: dict[str, list[list[str]]] = {}
        for phrase in map(str.split, self._whole):
            self._phrases.setdefault(phrase[0], []).append(phrase)

    def __or__(self, other: "Forms") -> "Forms":
        return Forms((*self._written, *other._written))

    def __contains__(self, word: str) -> bool:
        return word in self._whole or word.startswith(self._beginnings)

    def any_in(self, said: Iterable[str]) -> bool:
        """Whether one of the words fits."""
        return any(word in self for word in said)

    def begin(self, said: list[str]) -> bool:
        """Whether the words begin with one of the forms, which may be several words long."""
        phrases = self._phrases.get(said[0], ()) if said else ()
        return any(said[: len(phrase)] == phrase for phrase in phrases)

    @property
    def whole(self) -> frozenset[str]:
        """The forms without a star."""
        return self._whole

    @property
    def first_words(self) -> "Forms":
        """The first word of every form."""
        return Forms(form.split()[0] for form in self._written)

    @property
    def pattern(self) -> str:
        """A regular expression for folded text that fits any of them, the longest first."""
        return pattern(self._written)


def pattern(forms: Iterable[str]) -> str:
    """A regular expression that fits any of the forms, the longest first."""
    longest = sorted(dict.fromkeys(forms), key=len, reverse=True)
    each = (re.escape(form.rstrip("*")) + r"\w*" * form.endswith("*") for form in longest)
    return f"(?:{'|'.join(each) or _NOTHING})".replace(r"\ ", " ")
