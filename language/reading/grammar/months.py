"""Months and years: "marzo de 2028", "next January", "the 15th of next month"."""

from __future__ import annotations

from datetime import date

from language.reading.calendar import month_start
from language.reading.rules import Found, Rule, Speaker
from language.reading.values import Day, Span, Vague
from language.reading.when import Grain
from language.reading.words import Kinds


def month_said(found: Found, speaker: Speaker) -> Kinds | None:
    if found.has("g") and found["g"].kinds.keys() & {"after", "before"} and not found.has("y"):
        return {"vague": Vague()}
    token = found["m"]
    month = token["mon"]
    if found.has("y"):
        start = date(found["y"]["yyyy"], month, 1)
        return {"span": Span(start, month_start(start.year, month, 1), Grain.MONTH)}
    if "weak" in token.kinds and not found.has("g") and not _is_announced(found):
        return None
    year = speaker.today.year + (month < speaker.today.month)
    if found.has("p") or (found.has("g") and found["g"].text == "since"):
        year = speaker.today.year - (month >= speaker.today.month)
    elif found.has("x"):
        year = speaker.today.year + (month <= speaker.today.month)
    return {
        "span": Span(
            date(year, month, 1), month_start(year, month, 1), Grain.MONTH, True, found.has("p")
        )
    }


def _is_announced(found: Found) -> bool:
    """Whether a word such as "may" stands alone or after "early", "end of" or the like."""
    before = found.before
    if before is None:
        return found.after is None
    return bool(before.kinds.keys() & {"beginning", "middle", "late", "ending", "rest", "dash"})


def month_of_span(found: Found, speaker: Speaker) -> Kinds | None:
    year: Span = found["s"]["span"]
    if year.grain != "year":
        return None
    month = found["m"]["mon"]
    return {
        "span": Span(
            date(year.start.year, month, 1), month_start(year.start.year, month, 1), Grain.MONTH
        )
    }


def _day_of_span(found: Found, speaker: Speaker) -> Kinds | None:
    """ "the 15th of next month", "12 January of next year"."""
    span: Span = found["s"]["span"]
    if found.has("d") and span.grain == "month" and span.whole:
        number = found["d"]["ord"] if "ord" in found["d"].kinds else found["d"]["dd"]
        return {"day": Day(number=number, month=span.start.month, year=span.start.year)}
    if found.has("k") and span.grain == "year" and found["k"]["day"].month:
        day: Day = found["k"]["day"]
        return {"day": Day(day.weekday, day.number, day.month, span.start.year)}
    return None


def year_month(found: Found, speaker: Speaker) -> Kinds:
    year, month = found["m"]["ym"]
    return {"span": Span(date(year, month, 1), month_start(year, month, 1), Grain.MONTH)}


def _year(found: Found, speaker: Speaker) -> Kinds | None:
    if found.before and "noun" in found.before.kinds:
        return None  # "plan para 2030" is called after its year
    year = found["y"]["yyyy"]
    return {"span": Span(date(year, 1, 1), date(year + 1, 1, 1), Grain.YEAR)}


_G = "g:of|on|in|this|next|to|from|by|between|at|starting|dayto|dayfrom|the|after|before"


YEARS = (
    Rule(
        "(in|of|on|from|by)* (the)? unit (of)? y:yyyy",
        lambda found, speaker: (
            _year(found, speaker)
            if any(token.get("unit") == "year" for token in found.whole)
            else None
        ),
    ),
    Rule("(in|by|to|since|starting|before|on) (the|on)? y:yyyy", _year),
    Rule("whole (of)? (the)? (unit (of)?)? y:yyyy", _year),
    Rule("^ y:yyyy $", _year),
    Rule("^ (from|between) y:yyyy", _year),
)


INSIDE = (
    Rule("(the|on|dayart|dayword|by|to)* d:dd|ord (of|the|comma)* s:span", _day_of_span),
    Rule("k:day (of|the|comma)* s:span", _day_of_span),
)


MONTHS_ALONE = (
    Rule("(on|of|the)* (u:unit (of)?)? g:this m:mon", month_said),
    Rule("(on|in|of)* (the)? g:unit of m:mon", month_said),
    Rule("whole (of)? (the)? m:mon", month_said),
    Rule(f"({_G})? m:mon", month_said),
)
