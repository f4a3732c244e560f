"""Turns: who holds the secretariat when (ToR section 4, S55; order and start are the charter's, gap
Q2).
"""

import re
from collections.abc import Iterator

from coalition.rotation import Quarter
from knowledge.computed import Case, Series, Value
from knowledge.words import fold, words

_YEAR = re.compile(r"\b20\d\d\b")


def secretariat(case: Case) -> Value | None:
    """Who holds the secretariat in a quarter or year, on a day, or after another entity (S55, gap
    Q2).
    """
    order = case.charter.rotation.order
    named = next((entity for entity in case.question.entities if entity in order), None)
    return _of_nobody(case) if named is None else _of_one(case, named)


def _of_nobody(case: Case) -> Value | None:
    """Who it is, where the question names nobody."""
    rotation, asked = case.charter.rotation, _asked_quarter(case)
    if len(case.question.quarters) > 1:
        held = [(rotation.secretariat_in(one), one) for one in case.question.quarters]
        return Value.each(Value("in_quarter", {"entity": e, "quarter": one}) for e, one in held)
    if asked and (case.question.quarters or case.question.day):
        return Value("in_quarter", {"entity": rotation.secretariat_in(asked), "quarter": asked})
    if year := _year(case):
        turns = [f"Q{one.number} {rotation.secretariat_in(one)}" for one in _quarters_of(year)]
        return Value("in_year", {"year": year, "turns": Series(tuple(turns))})
    if asked:
        return Value("in_quarter", {"entity": rotation.secretariat_in(asked), "quarter": asked})
    return None


def _of_one(case: Case, named: str) -> Value | None:
    """What holds for the entity that the question names."""
    question, rotation = case.question, case.charter.rotation
    concepts, quarters = question.concepts, question.quarters
    if len(quarters) > 1:
        known = _held(case, named)
        return _from_given(case, named, known, next(one for one in quarters[::-1] if one != known))
    if "now" in concepts and quarters and quarters[0] > Quarter.of(case.today):
        return _from_given(case, named, Quarter.of(case.today), quarters[0])
    if "follow" in concepts or "precede" in concepts:
        if quarters:
            step = -1 if "precede" in concepts else 1
            return _from_given(case, named, quarters[0], quarters[0].later(step))
        return _neighbour(case, named)
    if quarters and "again" in concepts:
        turn = quarters[0].later(len(rotation.order))
        values = {"entity": named, "known": quarters[0], "quarter": turn, "day": turn.starts_on}
        return Value("again", values)
    if quarters and (asked := _asked_quarter(case)):
        holder_then = rotation.secretariat_in(asked)
        variant = "is_it" if holder_then == named else "is_not"
        return Value(variant, {"asked": named, "entity": holder_then, "quarter": asked})
    if (year := _year(case)) and not question.days:
        turns = [one for one in _quarters_of(year) if rotation.secretariat_in(one) == named]
        shown = Series(tuple(f"Q{one.number}" for one in turns))
        return Value("turns", {"entity": named, "year": year, "quarters": shown})
    if concepts & {"when", "again"}:
        turn = next_turn(case, named)
        return Value("turn", {"entity": named, "quarter": turn, "day": turn.starts_on})
    return None


def _held(case: Case, named: str) -> Quarter:
    """Of several quarters the one that the entity is said to hold: the nearest to its name."""
    clauses = list(_clauses(case))
    here = next((place for place, (names, _) in enumerate(clauses) if named in names), 0)
    told = [
        (abs(place - here), place, quarter)
        for place, (_, quarters) in enumerate(clauses)
        for quarter in quarters
        if quarter in case.question.quarters
    ]
    return min(told, key=lambda one: one[:2])[2] if told else case.question.quarters[0]


def _clauses(case: Case) -> Iterator[tuple[list[str], list[Quarter]]]:
    """The parts of the question, each with its entities and quarters."""
    folded = fold(case.question.text)
    mentions = case.speech.quarters.mentions_in(case.question.text, case.today)
    ends = case.speech.quarters.clause_ends(folded)
    for start, end in zip([0, *ends], [*ends, len(folded)], strict=True):
        found = case.names.entities_in(words(folded[start:end]))
        quarters = [mention.quarter for mention in mentions if start <= mention.place < end]
        yield [entity for entity, _, _ in found], quarters


def _from_given(case: Case, given: str, known: Quarter, wanted: Quarter) -> Value:
    """Who holds a quarter if an entity holds another one, as the asker says."""
    order = case.charter.rotation.order
    place = (order.index(given) + wanted.since(known)) % len(order)
    values = {"given": given, "known": known, "quarter": wanted, "entity": order[place]}
    return Value("given", values)


def _neighbour(case: Case, named: str) -> Value:
    order = case.charter.rotation.order
    if "precede" in case.question.concepts:
        return Value("before", {"given": named, "entity": order[order.index(named) - 1]})
    return Value("after", {"given": named, "entity": case.charter.rotation.after(named)})


def next_turn(case: Case, entity: str) -> Quarter:
    """The present quarter or the next one that is the entity's turn."""
    quarter = Quarter.of(case.today)
    while case.charter.rotation.secretariat_in(quarter) != entity:
        quarter = quarter.later(1)
    return quarter


def _year(case: Case) -> int | None:
    found = _YEAR.search(case.question.text)
    return int(found[0]) if found else None


def _quarters_of(year: int) -> Iterator[Quarter]:
    return (Quarter(year, number) for number in (1, 2, 3, 4))


def _asked_quarter(case: Case) -> Quarter | None:
    question = case.question
    if question.quarters:
        return question.quarters[-1]
    if question.day:
        return Quarter.of(question.day)
    if "follow" in question.concepts:
        return Quarter.of(case.today).later(1)
    if "precede" in question.concepts:
        return Quarter.of(case.today).later(-1)
    return Quarter.of(case.today) if "now" in question.concepts else None
