"""The lexicon: which words of which language mean which concept. It is read from the answers'
files.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from sys import intern

from knowledge.words import Spelling, words

#: Small words that may stand between the words of a form: "orden del día" is found by "orden dia".
LINKS = frozenset(
    [
        "the",
        "of",
        "de",
        "la",
        "el",
        "los",
        "las",
        "del",
        "do",
        "da",
        "dos",
        "das",
        "o",
        "a",
        "os",
        "as",
        "le",
        "s",
    ]
)

_NOTHING: frozenset[str] = frozenset()
#: Words whose forms are remembered; what people type has no end.
_MOST_SEEN = 5000


class Unfit(ValueError):
    """Files that contradict each other or the documents; the message lists everything found."""


@dataclass(frozen=True)
class Found:
    """A concept, the places of the words that stand for it, and how many words its form has.

    `within` are the things that these words name as well: "clear the workplan" is to approve, and
    names the workplan.
    """

    concept: str
    start: int
    end: int
    words: int
    within: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Starting:
    """What a word can be the beginning of.

    `fits` are the patterns that it fits, the more exact ones first; `forms` are the forms whose
    first word it fits, by the pattern of their second word ("" without one).
    """

    fits: tuple[str, ...]
    forms: dict[str, list[tuple[str, ...]]]


@dataclass
class Lexicon:
    """Surface forms of all languages, looked up together because people mix them."""

    forms: dict[tuple[str, ...], str] = field(default_factory=dict)
    focus: set[str] = field(default_factory=set)
    absent: set[str] = field(default_factory=set)
    light: set[str] = field(default_factory=set)
    needed: set[str] = field(default_factory=set)
    phrases: set[str] = field(default_factory=set)
    ignored: set[str] = field(default_factory=set)
    markers: dict[str, set[str]] = field(default_factory=dict)
    implied: dict[str, list[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    _by_start: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    _seen: dict[str, _Starting] = field(default_factory=dict)
    _within: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)
    _spelling: Spelling | None = None
    _stems: frozenset[str] = frozenset()

    def read(self, path: Path, language: str) -> None:
        """Take in one file: tables `concepts`, `focus`, `absent`, `light`; lists `ignored`,
        `markers`, `needed`, `phrases`; `implies`, concepts that come with another one."""
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        for table in ("concepts", "focus", "absent", "light"):
            for concept, forms in tables.get(table, {}).items():
                self.add(concept, forms, f"{path.parent.name}/{path.name}")
                if table != "concepts":
                    getattr(self, table).add(concept)
        self.ignored.update(tables.get("ignored", ()))
        self.needed.update(tables.get("needed", ()))
        self.phrases.update(tables.get("phrases", ()))
        self.implied.update(tables.get("implies", {}))
        self.markers.setdefault(language, set()).update(tables.get("markers", ()))

    def add(self, concept: str, forms: Iterable[str], source: str) -> None:
        """Add the forms of a concept; one that another concept has already is noted as a
        problem.
        """
        for written in forms:
            form = _pattern(written)
            if not form:
                self.problems.append(f"{source}: {concept} has an empty form.")
            elif self.forms.setdefault(form, concept) != concept:
                owner = self.forms[form]
                self.problems.append(
                    f"{source}: the form “{written}” belongs to {owner} and to {concept}."
                )

    def close(self, known: Iterable[str]) -> None:
        """Index the forms once all files are read.

        :param known: words of the documents, which are right as they are.
        """
        for form in self.forms:
            self._by_start.setdefault(form[0], []).append(form)
        for forms in self._by_start.values():
            forms.sort(key=lambda form: (-len(form), [word.endswith("*") for word in form]))
        patterns = {word for form in self.forms for word in form}
        self._stems = frozenset(word[:-1] for word in patterns if word.endswith("*"))
        self._known = {word for word in patterns if not word.endswith("*")} | set(known)
        self._spelling = Spelling(self._known, self._stems)
        for form, concept in self.forms.items():
            if len(form) > 1 and concept in self.phrases:
                self._within[form] = self._named_within(form)

    @cached_property
    def named(self) -> set[str]:
        """What a question must not name unless its answer does."""
        return self.absent | self.needed

    @property
    def concepts(self) -> set[str]:
        return set(self.forms.values())

    def _named_within(self, form: tuple[str, ...]) -> frozenset[str]:
        """What the words of a form name by themselves, of the things that an answer must name."""
        said = [word.rstrip("*") for word in form]
        found = (*self.find(said[1:]), *self.find(said[:-1]))
        return frozenset(one.concept for one in found) & self.needed

    def repaired(self, said: list[str]) -> list[str]:
        """The words with slips of the keyboard put right."""
        return [word if self._is_known(word) else self._repair(word) for word in said]

    def find(self, said: list[str], taken: Iterable[int] = ()) -> list[Found]:
        """The concepts in a sentence's words: longer forms first, none overlapping, in their order.

        :param taken: the places of words that are accounted for already.
        """
        taken = set(taken)
        chosen = []
        candidates = [found for place in range(len(said)) for found in self._at(said, place)]
        for found in sorted(candidates, key=lambda found: (-found.words, found.start - found.end)):
            places = range(found.start, found.end)
            if taken.isdisjoint(places):
                taken.update(places)
                chosen.append(found)
        return sorted(chosen, key=lambda found: found.start)

    def _is_known(self, word: str) -> bool:
        return (
            word in self._known
            or word in self.ignored
            or word in LINKS
            or any(word[:length] in self._stems for length in range(2, len(word) + 1))
        )

    def _repair(self, word: str) -> str:
        assert self._spelling is not None  # noqa: S101 - close() comes before the first question
        return self._spelling.repair(word) or word

    def _starting(self, word: str) -> _Starting:
        """What begins with a word; looked up once a word."""
        if word not in self._seen:
            if len(self._seen) > _MOST_SEEN:
                self._seen.clear()
            stems = (word[:length] for length in range(len(word), 0, -1))
            fits = (word, *(f"{stem}*" for stem in stems if stem in self._stems))
            forms: dict[str, list[tuple[str, ...]]] = {}
            for form in (form for start in fits for form in self._by_start.get(start, ())):
                forms.setdefault(form[1] if len(form) > 1 else "", []).append(form)
            self._seen[word] = _Starting(fits, forms)
        return self._seen[word]

    def _at(self, said: list[str], place: int) -> Iterator[Found]:
        """The forms that begin at a place, the more exact ones first."""
        forms = self._starting(said[place]).forms
        for second in (*self._seconds(said, place), "") if forms else ():
            for form in forms.get(second, ()):
                if end := _end_of(form, said, place):
                    within = self._within.get(form, _NOTHING)
                    yield Found(self.forms[form], place, end, len(form), within)

    def _seconds(self, said: list[str], place: int) -> Iterable[str]:
        """The patterns that the next word fits; a linking word may be passed over."""
        seconds: dict[str, None] = {}
        for word in said[place + 1 :]:
            seconds |= dict.fromkeys(self._starting(word).fits)
            if word not in LINKS:
                break
        return seconds


def _pattern(written: str) -> tuple[str, ...]:
    """A form as it is looked for: without the small words inside it."""
    said = list(_pattern_words(written))
    inside = range(1, len(said) - 1)
    return tuple(word for place, word in enumerate(said) if not (place in inside and word in LINKS))


def _pattern_words(written: str) -> Iterator[str]:
    for word in written.split():
        stem, star = word.rstrip("*"), "*" if word.endswith("*") else ""
        is_plain = stem.isascii() and stem.isalnum() and stem.islower()  # as nearly all are
        *first, last = [stem] if is_plain else words(stem) or [""]
        yield from map(intern, first)
        if last:
            yield intern(last + star)


def _end_of(form: tuple[str, ...], said: list[str], place: int) -> int:
    """Where the form ends that starts at a place, or 0; small linking words are passed over."""
    for count, pattern in enumerate(form):
        while count and place < len(said) and said[place] in LINKS and said[place] != pattern:
            place += 1
        if place >= len(said) or not _fits(pattern, said[place]):
            return 0
        place += 1
    return place


def _fits(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern
