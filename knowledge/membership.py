"""Membership: whether an entity is a member, a co-chair, or takes its turn (S2, S53 to S55, gaps Q1
and Q3).
"""

from knowledge.computed import Case, Value
from knowledge.names import same


def membership(case: Case) -> Value | None:
    """Whether an entity is in the coalition, and in the platform (S54, S2, gap Q3)."""
    entity = next(iter(case.question.entities or case.question.strangers), None)
    if entity is None:
        return None
    in_coalition = same(entity, case.charter.entities)
    in_platform = same(entity, case.charter.platform_entities)
    shown = {"entity": case.names.shown(entity, case.question), "count": len(case.charter.entities)}
    if in_coalition:
        return Value("yes" if in_platform else "only_coalition", shown)
    return Value("only_platform" if in_platform else "neither", shown)


def platform(case: Case) -> Value | None:
    """Whether an entity is in the platform (S2)."""
    entity = next(iter(case.question.entities or case.question.strangers), None)
    if entity is None:
        return None
    shown = {
        "entity": case.names.shown(entity, case.question),
        "count": len(case.charter.platform_entities),
    }
    return Value("yes" if same(entity, case.charter.platform_entities) else "no", shown)


def co_chair(case: Case) -> Value | None:
    """Whether an entity co-chairs the coalition (S53, gap Q1)."""
    return _one_of(case, case.charter.co_chairs)


def in_rotation(case: Case) -> Value | None:
    """Whether an entity takes its turn as the secretariat (S55)."""
    return _one_of(case, case.charter.rotation.order)


def _one_of(case: Case, entities: tuple[str, ...]) -> Value | None:
    entity = next(iter(case.question.entities or case.question.strangers), None)
    if entity is None:
        return None
    shown = {"entity": case.names.shown(entity, case.question)}
    return Value("yes" if same(entity, entities) else "no", shown)


def acronym(case: Case) -> Value | None:
    """What the documents spell an acronym out as."""
    for name in (*case.question.acronyms, *case.question.entities):
        if spelt := case.names.spelt.get(name):
            return Value("spelt", {"acronym": name, "full": spelt[0]}, (spelt[1],))
    return None
