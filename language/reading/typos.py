"""Typing errors, repaired only towards weekdays, months and today's neighbours of six letters or
more.
"""

from __future__ import annotations

from functools import lru_cache

from language.reading.words import Kinds, lexicons

_SHORTEST = 6
_REPAIRED_KINDS = frozenset({"wd", "mon", "rel", "morrow"})


@lru_cache(maxsize=2048)
def repaired(word: str) -> Kinds:
    """The kinds of the one word that this was meant to be; empty if there is none, or more than
    one.
    """
    if len(word) < _SHORTEST - 1 or len(word) > 14:
        return {}
    near: list[Kinds] = []
    for target, kinds in _targets():
        if target[0] == word[0] and _is_near(word, target) and kinds not in near:
            near.append(kinds)
    return near[0] if len(near) == 1 else {}


@lru_cache(maxsize=1)
def _targets() -> list[tuple[str, Kinds]]:
    return [
        (
            phrase[0],
            {kind: value for kind, value in kinds.items() if kind in _REPAIRED_KINDS | {"part"}},
        )
        for lexicon in lexicons().values()
        for phrase, kinds in lexicon.phrases.items()
        if len(phrase) == 1 and len(phrase[0]) >= _SHORTEST and _REPAIRED_KINDS & kinds.keys()
    ]


def _is_near(word: str, target: str) -> bool:
    """At most one slip, two in words of eight letters or more."""
    if abs(len(word) - len(target)) > 2:
        return False
    from rapidfuzz.distance import OSA

    allowed = 2 if len(target) >= 8 and len(word) >= 7 else 1
    return OSA.distance(word, target, score_cutoff=allowed) <= allowed
