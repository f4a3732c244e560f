"""Voices: which language a question is written in, by the small words that only one
language has.
"""

from collections.abc import Iterable, Mapping


class Voices:
    """Tells languages apart by their marker words; a word that two languages share says nothing."""

    def __init__(self, markers: Mapping[str, Iterable[str]]) -> None:
        self._markers = {language: frozenset(found) for language, found in markers.items()}

    def language_of(self, said: Iterable[str], default: str) -> str:
        """The language with the most markers, if it leads clearly; else the default."""
        said = tuple(said)
        counts = sorted(
            (
                (sum(word in markers for word in said), language)
                for language, markers in self._markers.items()
            ),
            reverse=True,
        )
        if not counts or counts[0][0] == 0:
            return default
        if len(counts) > 1 and counts[0][0] == counts[1][0]:
            tied = [language for count, language in counts if count == counts[0][0]]
            return default if default in tied else tied[0]
        return counts[0][1]
