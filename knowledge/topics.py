"""Topics: objectives by number, by topic and by thematic area (concept note, Annex 1, S189 to
S195).
"""

from knowledge.computed import Case, Series, Value


def objective(case: Case) -> Value | None:
    """The objective that is named by number, and the thematic areas it stands in (S189 to S195)."""
    number = case.question.objective
    if number is None:
        return None
    if number not in case.objectives.rows:
        units = tuple(unit.id for unit in case.objectives.lists.values())[:1]
        return Value("unknown", {"number": number, "count": len(case.objectives.rows)}, units)
    return _objectives(case, (number,))


def objective_of_topic(case: Case) -> Value | None:
    """The objectives whose topic is named; the lexicon's concepts `obj1`, `obj2` ... stand for
    them.
    """
    said = case.question.concepts
    numbers = tuple(number for number in case.objectives.rows if f"obj{number}" in said)
    return _objectives(case, numbers[:3]) if numbers else None


def _objectives(case: Case, numbers: tuple[int, ...]) -> Value:
    areas = sorted({area for number in numbers for area in case.objectives.areas[number]})
    shown = {
        "number": Series(tuple(map(str, numbers))),
        "areas": Series(tuple(map(str, areas))),
    }
    quotes = tuple(case.objectives.rows[number].id for number in numbers)
    several = len(areas) > 1
    variant = "several" if len(numbers) > 1 else ("in_areas" if several else "in_area")
    return Value(variant, shown, quotes)


def ibc_objective(case: Case) -> Value | None:
    """The coalition's own specific objective of a number, as its list writes it: "1) ..."."""
    number = case.question.objective
    mark = f"{number}) "
    units = [unit for unit in case.library.units.values() if unit.text.startswith(mark)]
    found = next((unit for unit in units if unit.kind == "item"), None)
    return Value("objective", {"number": number}, (found.id,)) if found else None


def area(case: Case) -> Value | None:
    """The objectives of a thematic area (S189 to S193)."""
    number = case.question.area
    if number is None:
        return None
    if number not in case.objectives.lists:
        units = tuple(unit.id for unit in case.objectives.lists.values())[:1]
        return Value("unknown", {"area": number, "count": len(case.objectives.lists)}, units)
    numbers = case.objectives.in_area(number)
    shown = {"area": number, "count": len(numbers), "numbers": Series(tuple(map(str, numbers)))}
    return Value("area", shown, (case.objectives.lists[number].id,))


#: So many characters of a section are shown; a longer one is cut after a whole clause.
_SHOWN = 1100


def section(case: Case) -> Value | None:
    """The clauses of a numbered section, or the first ones of a long section."""
    number = str(case.question.section)
    units = [unit for unit in case.library.units.values() if unit.section.number == number]
    clauses = [unit for unit in units if unit.kind in ("paragraph", "item")]
    if not clauses:
        return None
    shown = [clauses[0]]
    for unit in clauses[1:]:
        if sum(len(clause.text) for clause in (*shown, unit)) > _SHOWN:
            break
        shown.append(unit)
    variant = "section" if len(shown) == len(clauses) else "beginning"
    values = {"section": number, "title": clauses[0].section.title}
    return Value(variant, values, tuple(unit.id for unit in shown))
