"""Parts of a year: "Q3", "second quarter", "primer semestre de 2027", "segunda quincena"."""

from __future__ import annotations

from datetime import date

from language.reading import calendar as days
from language.reading.calendar import MONTHS, month_start
from language.reading.grammar.periods import fortnight
from language.reading.rules import Found, Speaker
from language.reading.tokens import Token
from language.reading.values import Clash, Span
from language.reading.when import Grain
from language.reading.words import Kinds


def nth_said(found: Found) -> int:
    """The number that an ordinal says; -1 for the last."""
    token = found["n"]
    return -1 if "final" in token.kinds else int(token["ord"])


def nth_of_year(unit: str, nth: int, year: date) -> Kinds | None:
    """The nth quarter, semester or the like of the year with that day in it."""
    months = MONTHS.get(unit)
    if not months or months >= 12:
        return None
    index = 12 // months if nth < 0 else nth
    if index * months > 12:
        return {"clash": Clash("no-such-day")}
    start = month_start(year.year, 1, (index - 1) * months)
    end = month_start(start.year, start.month, months)
    return {"span": Span(start, end, days.grain_of(months), whole=months in (1, 3))}


def _label(token: Token) -> tuple[str, int]:
    """The unit and number of "Q3", "T2", "H1"."""
    return ("quarter", token["qlab"]) if "qlab" in token.kinds else ("semester", token["slab"])


def labelled(found: Found, speaker: Speaker) -> Kinds | None:
    """ "Q3", "H1 2028"."""
    return _of_year(*_label(found["q"]), found, speaker)


def _of_year(unit: str, nth: int, found: Found, speaker: Speaker) -> Kinds | None:
    """The nth unit of the year that is said, else of the first year in which it is not over."""
    if found.has("y"):
        return nth_of_year(unit, nth, date(found["y"]["yyyy"], 1, 1))
    if found.has("s"):
        span: Span = found["s"]["span"]
        return nth_of_year(unit, nth, span.start) if span.grain is Grain.YEAR else None
    kinds = nth_of_year(unit, nth, speaker.today)
    if kinds and "span" in kinds and kinds["span"].end <= speaker.today:
        return nth_of_year(unit, nth, speaker.today.replace(year=speaker.today.year + 1, day=1))
    return kinds


def nth_unit(found: Found, speaker: Speaker) -> Kinds | None:
    """ "the second quarter", "primer semestre"."""
    unit = found["u"]["unit"]
    if unit in ("half", "semester", "quarter", "bimester", "quadrimester"):
        return _of_year("semester" if unit == "half" else unit, nth_said(found), found, speaker)
    return None


def nth_fortnight(found: Found, speaker: Speaker) -> Kinds | None:
    """ "segunda quincena" without a month: of this month, or the next once it is over."""
    if found["u"]["unit"] != "fortnight":
        return None
    span = fortnight(speaker.today.replace(day=1), nth_said(found) != 1)
    if span.end <= speaker.today:
        span = fortnight(month_start(span.start.year, span.start.month, 1), nth_said(found) != 1)
    return {"span": span}
