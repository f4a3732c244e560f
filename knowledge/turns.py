"""Turns: who holds the secretariat when (ToR section 4, S55; order and start are the charter's, gap
Q2).
"""

from coalition.rotation import Quarter
from knowledge.computed import Case, Value


def secretariat(case: Case) -> Value | None:
    """Who holds the secretariat in a quarter, on a day, or after another entity (S55, gap Q2)."""
    question, rotation = case.question, case.charter.rotation
    named = [entity for entity in question.entities if entity in rotation.order]
    asked = _asked_quarter(case)
    if named and len(question.quarters) > 1:
        given, wanted = question.quarters[0], question.quarters[-1]
        if question.text.lower().find("if") < 0 and wanted < given:
            given, wanted = wanted, given
        place = (rotation.order.index(named[0]) + wanted.since(given)) % len(rotation.order)
        return Value(
            "given",
            {"given": named[0], "known": given, "quarter": wanted, "entity": rotation.order[place]},
        )
    if named and "follow" in question.concepts:
        if asked and question.quarters:
            return Value(
                "given",
                {
                    "given": named[0],
                    "known": asked,
                    "quarter": asked.later(1),
                    "entity": rotation.after(named[0]),
                },
            )
        before = rotation.order[rotation.order.index(named[0]) - 1]
        if "precede" in question.concepts:
            return Value("before", {"given": named[0], "entity": before})
        return Value("after", {"given": named[0], "entity": rotation.after(named[0])})
    if named and not question.quarters and "when" in question.concepts:
        turn = next_turn(case, named[0])
        return Value("turn", {"entity": named[0], "quarter": turn, "day": turn.starts_on})
    if named and asked and question.quarters:
        holder = rotation.secretariat_in(asked)
        return Value(
            "is_it" if holder == named[0] else "is_not",
            {"asked": named[0], "entity": holder, "quarter": asked},
        )
    if asked:
        return Value("in_quarter", {"entity": rotation.secretariat_in(asked), "quarter": asked})
    return None


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
