"""Turns: who holds the secretariat when (ToR section 4, S55; order and start are the charter's, gap
Q2).
"""

from coalition.rotation import Quarter
from knowledge.computed import Case, Value


def secretariat(case: Case) -> Value | None:
    """Who holds the secretariat in a quarter, on a day, or after another entity (S55, gap Q2)."""
    question, rotation = case.question, case.charter.rotation
    named = next((entity for entity in question.entities if entity in rotation.order), None)
    asked = _asked_quarter(case)
    if named is None:
        holder = {"entity": rotation.secretariat_in(asked), "quarter": asked} if asked else {}
        return Value("in_quarter", holder) if asked else None
    if len(question.quarters) > 1:
        return _from_given(case, named, min(question.quarters), max(question.quarters))
    if "follow" in question.concepts or "precede" in question.concepts:
        if question.quarters:
            return _from_given(case, named, question.quarters[0], question.quarters[0].later(1))
        return _neighbour(case, named)
    if question.quarters and asked:
        holder_then = rotation.secretariat_in(asked)
        variant = "is_it" if holder_then == named else "is_not"
        return Value(variant, {"asked": named, "entity": holder_then, "quarter": asked})
    if "when" in question.concepts:
        turn = next_turn(case, named)
        return Value("turn", {"entity": named, "quarter": turn, "day": turn.starts_on})
    return None


def _from_given(case: Case, given: str, known: Quarter, wanted: Quarter) -> Value:
    """Who holds a quarter if an entity holds another one, as the asker says."""
    order = case.charter.rotation.order
    if "precede" in case.question.concepts:
        known, wanted = wanted, known
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
