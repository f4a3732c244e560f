"""A small engine: patterns over kinds of tokens, applied in order, each match rewritten to one new
token.

A pattern is a row of kinds: `from? a:hh|clock to at* b:clock`. `a:` names what an action reads;
`|` joins kinds; `?`, `*`, `+` repeat; `( .. / .. )` are alternatives; `!kind` looks ahead and
`<!kind` behind for what must not stand there. Every token is one letter of a string in a private
alphabet, so a pattern is an ordinary regular expression over a few dozen letters and never sees a
language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from language.reading.tokens import Token
from language.reading.words import Kinds


@dataclass(frozen=True)
class Speaker:
    """Who says it when: the local time there, and whether their language writes the month first."""

    now: datetime
    month_first: bool
    asks_next: bool

    @property
    def today(self) -> date:
        """The day on which it is said."""
        return self.now.date()


class Found:
    """The tokens that a pattern matched, by name."""

    def __init__(self, match: re.Match[str], tokens: Sequence[Token]) -> None:
        self._match, self._tokens = match, tokens

    def __getitem__(self, name: str) -> Token:
        """The (first) token under this name."""
        return self._tokens[self._match.start(name)]

    def get(self, name: str) -> Token | None:
        """The token under this name, or None if that part of the pattern was left out."""
        return self[name] if self.has(name) else None

    def has(self, name: str) -> bool:
        """Whether that part of the pattern was there."""
        groups = self._match.groupdict()
        return groups.get(name) is not None and bool(groups[name])

    def all(self, name: str) -> list[Token]:
        """All tokens under a repeated name."""
        start, end = self._match.span(name)
        return list(self._tokens[start:end]) if start >= 0 else []

    @property
    def whole(self) -> list[Token]:
        """Every token that was matched."""
        return list(self._tokens[self._match.start() : self._match.end()])

    def is_after(self, kind: str) -> bool:
        """Whether such a token stands somewhere before the match."""
        return any(kind in token.kinds for token in self._tokens[: self._match.start()])

    def has_any(self, *kinds: str) -> bool:
        """Whether the text has a token of one of these kinds anywhere."""
        return any(token.kinds.keys() & set(kinds) for token in self._tokens)

    def follows(self, *kinds: str) -> bool:
        """Whether the tokens right after the match have these kinds, one each."""
        end = self._match.end()
        next_ones = self._tokens[end : end + len(kinds)]
        return len(next_ones) == len(kinds) and all(
            kind in token.kinds for kind, token in zip(kinds, next_ones, strict=True)
        )

    @property
    def after(self) -> Token | None:
        """The token that follows the match."""
        end = self._match.end()
        return self._tokens[end] if end < len(self._tokens) else None

    @property
    def before(self) -> Token | None:
        """The token that precedes the match."""
        start = self._match.start()
        return self._tokens[start - 1] if start else None


Action = Callable[[Found, Speaker], Kinds | None]


@dataclass(frozen=True)
class Rule:
    """A pattern and what its match becomes; an action that returns None leaves the tokens alone."""

    pattern: str
    action: Action


class _Alphabet:
    """One letter for every set of kinds that a token can have."""

    def __init__(self) -> None:
        self._letters: dict[frozenset[str], str] = {}

    def letter(self, kinds: Kinds) -> str:
        key = frozenset(kinds)
        if key not in self._letters:
            self._letters[key] = chr(0xE000 + len(self._letters))
            _compiled.cache_clear()
        return self._letters[key]

    def kind(self, names: str) -> str:
        wanted = set(names.split("|"))
        letters = [letter for kinds, letter in self._letters.items() if wanted & kinds]
        return "[" + "".join(letters) + "]" if letters else "(?!)"


_ALPHABET = _Alphabet()
_WORD = re.compile(
    r"(?P<look><!|!)?(?:(?P<name>[a-z]\w*):)?(?P<kinds>[a-z_]\w*(?:\|[a-z_]\w*)*)(?P<many>\+)?"
)


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    def written(found: re.Match[str]) -> str:
        letters = _ALPHABET.kind(found["kinds"])
        if found["look"]:
            return f"(?{found['look']}{letters})"
        if found["name"]:  # a name over a repeated kind ("days:wd+") holds all of them
            return f"(?P<{found['name']}>{letters}{found['many'] or ''})"
        return letters + (found["many"] or "")

    source = pattern.replace("(", "(?:").replace("/", "|")
    return re.compile(_WORD.sub(written, source).replace(" ", ""))


def warm(samples: Sequence[Kinds], rules: Sequence[Rule]) -> None:
    """Give every known set of kinds its letter, then compile the patterns, before the first text
    comes.
    """
    for kinds in samples:
        _ALPHABET.letter(kinds)
    for rule in rules:
        _compiled(rule.pattern)


def rewrite(tokens: list[Token], rules: Sequence[Rule], speaker: Speaker) -> list[Token]:
    """The tokens after all rules in turn; each rule goes over the whole row from left to right."""
    letters = "".join(_ALPHABET.letter(token.kinds) for token in tokens)
    for rule in rules:
        place = 0
        while found := _compiled(rule.pattern).search(letters, place):
            start, end = found.span()
            kinds = rule.action(Found(found, tokens), speaker) if end > start else None
            if kinds is None:
                place = start + 1
                continue
            kinds = {**kinds, **_bounds(tokens[start:end], kinds)}
            new = Token(tokens[start].start, tokens[end - 1].end, kinds)
            tokens = [*tokens[:start], new, *tokens[end:]]
            letters = letters[:start] + _ALPHABET.letter(kinds) + letters[end:]
            place = start + 1
    return tokens


def _bounds(matched: list[Token], kinds: Kinds) -> Kinds:
    """Whether the words before a day ("desde el", "until") made it the start or the end of
    something.
    """
    if not kinds.keys() & {"day", "span"}:
        return {}
    bounds: Kinds = {
        kind: 0 for token in matched for kind in ("begin", "until") if kind in token.kinds
    }
    first = matched[0].kinds.keys()
    if "starting" in first:
        bounds["begin"] = 0
    elif "dayto" in first or ("to" in first and not first & {"of", "at", "in"}):
        bounds["until"] = 0
    return bounds
