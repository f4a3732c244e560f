"""Words: how a sentence is cut, folded and repaired before its meaning is looked up."""

import re
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from language.folding import unaccented

_WORD = re.compile(r"[a-z0-9]+")
_POSSESSIVE = re.compile(r"['’]s\b")


def fold(text: str) -> str:
    """Lower case without accents: what people leave out when they are in a hurry."""
    return unaccented(text.lower())


def words(text: str) -> list[str]:
    """The words and numbers of a sentence, folded; an English 's is dropped."""
    return _WORD.findall(_POSSESSIVE.sub("", fold(text)))


class Spelling:
    """Repairs a word that nobody knows to the one known word that it is a slip of."""

    def __init__(self, known: Iterable[str], stems: Iterable[str]) -> None:
        """:param stems: beginnings of words; a word is compared with them by its own beginning."""
        self._known = _by_first_letter(word for word in sorted(known) if len(word) >= 4)
        self._stems = _by_first_letter(stem for stem in sorted(stems) if len(stem) >= 6)

    def repair(self, word: str) -> str | None:
        """The known word, or the beginning of one, within one slip (two from nine letters on).

        Up to five letters are only repaired where letters changed places or one is missing.
        """
        if len(word) < 4 or word.isdigit():
            return None
        slips = 1 if len(word) < 9 else 2
        found = process.extractOne(
            word, self._known.get(word[0], ()), scorer=OSA.distance, score_cutoff=slips
        )
        if found and (len(word) > 5 or _is_plain_slip(word, found[0])):
            return str(found[0])
        if len(word) < 6:
            return None
        stems = [stem for stem in self._stems.get(word[0], ()) if len(stem) <= len(word) + 1]
        fits = ((_slips(word, stem), -len(stem), stem) for stem in stems)
        best = min(fits, default=(9, 0, ""))
        return best[2] if best[0] <= (1 if len(best[2]) < 8 else slips) else None


def _is_plain_slip(word: str, meant: str) -> bool:
    """Whether two letters changed places or one was left out."""
    return sorted(word) == sorted(meant) or len(meant) == len(word) + 1 > 5


def _slips(word: str, stem: str) -> int:
    """The fewest slips between the stem and the word's beginning, a letter more or less allowed."""
    lengths = (len(stem) - 1, len(stem), len(stem) + 1)
    return min(OSA.distance(word[:length], stem, score_cutoff=2) for length in lengths)


def _by_first_letter(known: Iterable[str]) -> Mapping[str, list[str]]:
    sorted_out: dict[str, list[str]] = {}
    for word in known:
        sorted_out.setdefault(word[0], []).append(word)
    return sorted_out
