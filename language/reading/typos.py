"""Typing errors, repaired only towards weekdays, months and today's neighbours of six letters or
more.
"""

from __future__ import annotations

from functools import lru_cache

from language.reading.words import Kinds, lexicons

_SHORTEST = 6
_OVERMORROW = 2
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
        if _is_slip(word, target) and kinds not in near:
            near.append(kinds)
    return near[0] if len(near) == 1 else {}


@lru_cache(maxsize=2048)
def repaired_phrase(words: tuple[str, ...]) -> Kinds:
    """The kinds of words such as "pasado mañana" with a slip in one of them; empty without one."""
    for phrase, kinds in _phrases(len(words)):
        slips = [pair for pair in zip(words, phrase, strict=True) if pair[0] != pair[1]]
        if len(slips) == 1 and len(slips[0][1]) >= _SHORTEST and _is_slip(*slips[0]):
            return kinds
    return {}


@lru_cache(maxsize=1)
def overmorrow_initials() -> frozenset[str]:
    """The letters with which the phrases that `repaired_phrase` knows begin."""
    return frozenset(phrase[0][0] for length in (2, 3) for phrase, _ in _phrases(length))


@lru_cache(maxsize=4)
def _phrases(length: int) -> list[tuple[tuple[str, ...], Kinds]]:
    return [
        (phrase, {"rel": kinds["rel"]})
        for lexicon in lexicons().values()
        for phrase, kinds in lexicon.phrases.items()
        if len(phrase) == length and kinds.get("rel") == _OVERMORROW
    ]


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


def _is_slip(word: str, target: str) -> bool:
    return word[0] == target[0] and _is_near(word, target)


def _is_near(word: str, target: str) -> bool:
    """At most one slip, two in words of eight letters or more."""
    if abs(len(word) - len(target)) > 2:
        return False
    from rapidfuzz.distance import OSA

    allowed = 2 if len(target) >= 8 and len(word) >= 7 else 1
    return OSA.distance(word, target, score_cutoff=allowed) <= allowed
