"""Ranking: which card answers a question, by the concepts that both have."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from knowledge.cards import Card, Pattern
from knowledge.question import Question

#: What a word that nobody knows weighs beside concepts, whose weights lie between 0 and 1.
_UNKNOWN = 0.6
_UNKNOWN_AT_MOST = 1.8
_FOCUS = 0.35
#: Answers have a time, a place or a number or they don't: asking for one that a card lacks counts.
_ASKING = 0.5
_ASKED = frozenset({"when", "where", "how_long", "how_many", "how_often", "why"})
_FLAG = 0.5
_ENTITY = 0.25
_FAMILIAR = 0.25
#: Flags that may be left unexplained: a number or an acronym in passing says little.
_IN_PASSING = frozenset({"#acronym", "#number", "#entity", "#stranger", "#quarter"})
_UNEXPLAINED = 0.5
_EXTRA = 0.7
_HINT = 0.35


@dataclass(frozen=True)
class Match:
    """A card with how well it fits: `score` ranks, `covers` is the share of the question it
    explains.
    """

    card: Card
    score: float
    covers: float


def _goodness(match: Match) -> tuple[float, float]:
    return match.score, match.covers


class Weights:
    """How much a concept tells: the fewer cards ask for it, the more."""

    def __init__(self, cards: Iterable[Card], focus: Iterable[str], light: Iterable[str]) -> None:
        cards = tuple(cards)
        counts = Counter(concept for card in cards for concept in card.concepts)
        most = math.log(len(cards) + 2)
        self._weights = {
            concept: math.log((len(cards) + 2) / (count + 1)) / most
            for concept, count in counts.items()
        }
        self._weights |= dict.fromkeys(focus, _FOCUS)
        self._weights |= dict.fromkeys(_ASKED & set(focus), _ASKING)
        self._weights |= dict.fromkeys(light, 0.15)

    def of(self, concept: str) -> float:
        """The weight of one concept; flags, entities and the documents' own words have
        fixed ones.
        """
        weight = self._weights.get(concept)
        if weight is None:
            weight = self._weights[concept] = _fixed(concept)
        return weight

    def tells(self, concept: str) -> bool:
        """Whether the concept says what a question is about, and not only what kind of answer it
        wants.
        """
        return self.of(concept) > _ASKING

    def total(self, concepts: Iterable[str]) -> float:
        return math.fsum(map(self.of, concepts))  # the same in whatever order a set has


def _fixed(concept: str) -> float:
    if concept[0] == "#":
        return _FLAG
    if concept[1] == ":":
        return _ENTITY if concept[0] == "e" else _FAMILIAR
    return 0.8


class Patterns:
    """The patterns of all cards by a concept that each needs, so that few are tried at a question.

    Of a pattern's groups the one counts whose concepts the fewest patterns ask for.
    """

    def __init__(self, cards: Iterable[Card]) -> None:
        patterns = [
            (place, card, pattern) for place, card in enumerate(cards) for pattern in card.patterns
        ]
        asked = Counter(
            concept for _, _, pattern in patterns for group in pattern.groups for concept in group
        )
        self._by_concept: dict[str, list[tuple[int, Card, Pattern, frozenset[str]]]] = {}
        for place, card, pattern in patterns:
            rarest = min(pattern.groups, key=lambda group: sum(asked[one] for one in group))
            for concept in rarest:
                known = self._by_concept.setdefault(concept, [])
                known.append((place, card, pattern, pattern.concepts))

    def matches(self, question: Question, weights: Weights) -> list[Match]:
        """The cards that the question fits, best first."""
        said = question.concepts
        best: dict[int, Match] = {}
        for concept in said:
            for place, card, pattern, concepts in self._by_concept.get(concept, ()):
                if pattern.fits(said) and card.never.isdisjoint(said):
                    match = _match(card, concepts, question, weights)
                    best[place] = max(match, best.get(place, match), key=_goodness)
        return [best[place] for place in sorted(best, key=lambda one: (-best[one].score, one))]


def _match(card: Card, pattern: frozenset[str], question: Question, weights: Weights) -> Match:
    said = question.concepts
    required = said & pattern
    extra = (said & card.also) - required
    hinted = (said & card.hints) - required - extra
    left = said - required - extra - hinted - _IN_PASSING
    strange = min(_UNKNOWN * len(question.unknown), _UNKNOWN_AT_MOST)
    explained = (
        weights.total(required) + _EXTRA * weights.total(extra) + _HINT * weights.total(hinted)
    )
    unexplained = weights.total(left) + strange
    whole = weights.total(required) + weights.total(extra) + weights.total(hinted) + unexplained
    return Match(
        card, explained - _UNEXPLAINED * unexplained, 1 - unexplained / whole if whole else 0
    )


def absent(question: Question, names: Set[str], card: Card | None = None) -> frozenset[str]:
    """What the question asks for that the documents are known not to have, unless the card
    has it.
    """
    asked = question.concepts & names
    return asked - card.concepts if card else asked


class Profiles:
    """What named things are about, found by what a question is about."""

    def __init__(self, profiles: Mapping[str, frozenset[str]], weights: Weights) -> None:
        self._weights, self._profiles = weights, profiles
        self._totals = {name: weights.total(profile) for name, profile in profiles.items()}
        self._about: dict[str, list[str]] = {}
        for name, profile in profiles.items():
            for concept in profile:
                self._about.setdefault(concept, []).append(name)

    def about(self, name: str) -> frozenset[str]:
        """The concepts of a name."""
        return self._profiles[name]

    def closest(self, question: Question) -> list[tuple[str, float]]:
        """Names by how much of the question their concepts cover, and how little else they are
        about.

        :return: the best first, each with a value between 0 and 1; what shares a single concept
            with the question is worth half.
        """
        said = sorted(concept for concept in question.concepts if concept[0] != "#")
        whole = self._weights.total(said) + min(_UNKNOWN * len(question.unknown), _UNKNOWN_AT_MOST)
        shared: dict[str, float] = dict.fromkeys(self._totals, 0.0)
        telling: Counter[str] = Counter()
        for concept in said:
            names, weight = self._about.get(concept, ()), self._weights.of(concept)
            for name in names:
                shared[name] += weight
            if self._weights.tells(concept):
                telling.update(names)
        ranked = [
            (name, self._nearness(name, common, whole) * (1 if telling[name] > 1 else 0.5))
            for name, common in shared.items()
            if common
        ]
        return sorted(ranked, key=lambda pair: -pair[1])

    def _nearness(self, name: str, common: float, whole: float) -> float:
        recall, precision = common / whole, common / max(self._totals[name], 0.01)
        return 0.8 * recall + 0.2 * precision
