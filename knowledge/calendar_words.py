"""Calendar words: months and days in every language, which are no strange words in a question."""

_DATE_WORDS = frozenset(
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "ene",
        "abr",
        "mai",
        "ago",
        "set",
        "out",
        "dez",
        "dic",
    ]
)
_MONTH_STEMS = (
    "januar",
    "februar",
    "march",
    "april",
    "june",
    "july",
    "august",
    "septem",
    "octob",
    "novem",
    "decem",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiem",
    "setiem",
    "octub",
    "noviem",
    "diciem",
    "janeiro",
    "fevereiro",
    "marco",
    "maio",
    "junho",
    "julho",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "segunda",
    "terca",
    "quarta",
    "quinta",
    "sexta",
    "feira",
    "today",
    "tomorrow",
    "hoy",
    "manana",
    "hoje",
    "amanha",
)


_MONTH_OF = {
    stem: number
    for number, stems in enumerate(
        [
            "jan janua janei ene enero",
            "feb febru febre fev fever",
            "mar march marzo marco",
            "apr april abr abril",
            "may mayo mai maio",
            "jun june junio junho",
            "jul july julio julho",
            "aug augus ago agost",
            "sep sept septe setie setem set",
            "oct octob octub out outub",
            "nov novem novie",
            "dec decem dic dicie dez dezem",
        ],
        1,
    )
    for stem in stems.split()
}


def month_of(word: str) -> int | None:
    """The number of the month that a folded word names, in any of the languages."""
    return _MONTH_OF.get(word) or _MONTH_OF.get(word[:5]) if len(word) != 4 else _MONTH_OF.get(word)


def is_date_word(word: str) -> bool:
    """Whether a folded word is part of a date."""
    return word in _DATE_WORDS or word.startswith(_MONTH_STEMS) or any(c.isdigit() for c in word)
