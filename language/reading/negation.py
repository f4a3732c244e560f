"""What is said not to be: "no puedo el martes, mejor el jueves" names Thursday, "I can't do
Tuesday" names no day to take and has to be asked.
"""

from __future__ import annotations

from language.reading.tokens import Token

_BARE = frozenset({"no", "nao", "not"})
_PARTING = frozenset({"comma", "but"})
#: What a denied clause has to hold for its denial to be about a date.
_DAYS = frozenset({"day", "days", "range", "relpart", "dayend", "dayshift", "repeat", "span"})


def affirmed(tokens: list[Token], meaning: frozenset[str]) -> list[Token] | None:
    """The tokens without the clauses that deny a date; None if no other day is left."""
    if not any("neg" in token.kinds or token.text in _BARE for token in tokens):
        return tokens
    clauses = _clauses(tokens, meaning)
    kept = [clause for clause in clauses if not (_denies(clause) and _means(clause, meaning))]
    if len(kept) == len(clauses):
        return tokens
    left = [token for clause in kept for token in clause]
    return left if _means(left, _DAYS) else None


def _clauses(tokens: list[Token], meaning: frozenset[str]) -> list[list[Token]]:
    """The clauses; a bare denial ("el martes, no puedo") belongs to the one before it."""
    found: list[list[Token]] = [[]]
    for token in tokens:
        if token.kinds.keys() & _PARTING:
            found.append([])
        found[-1].append(token)
    done: list[list[Token]] = []
    for clause in found:
        if _denies(clause) and _is_bare(clause, meaning):
            clause = _with_its_date(done, clause)
        done.append(clause)
    return done


def _with_its_date(done: list[list[Token]], denial: list[Token]) -> list[Token]:
    """A bare denial and what it denies, taken from the clauses before it: "domingo, 14/3, no"."""
    joined = denial
    while done:
        joined = [*done.pop(), *joined]
        if _means(joined, frozenset({"other", "noun"})):
            break
    return joined


def _is_bare(clause: list[Token], meaning: frozenset[str]) -> bool:
    rest = [token for token in clause if token.text not in _BARE]
    return not _means(rest, meaning | {"other", "noun"})


def _denies(clause: list[Token]) -> bool:
    """Whether the clause has a denial, or ends in a bare one ("hoy no, mañana sí")."""
    return any("neg" in token.kinds for token in clause) or (
        len(clause) > 1 and clause[-1].text in _BARE
    )


def _means(tokens: list[Token], kinds: frozenset[str]) -> bool:
    return any(token.kinds.keys() & kinds for token in tokens)
