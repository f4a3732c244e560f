"""The end of a period is its last day; its beginning and middle have to be asked for."""

from __future__ import annotations

from language.reading.calendar import DAY
from language.reading.grammar.periods import unit_span
from language.reading.rules import Found, Rule, Speaker
from language.reading.values import Day, Span, Vague
from language.reading.when import Grain, When
from language.reading.words import Kinds


def _ending(found: Found, speaker: Speaker) -> Kinds | None:
    """The end of a month, quarter or year is its last day; that of a week has to be asked."""
    if found.has("d"):
        return {"dayend": found["d"]["day"]}
    span = found["s"]["span"] if found.has("s") else None
    if found.has("u"):
        span = unit_span(speaker.today, found["u"]["unit"])
        if found["u"]["unit"] == "day":
            return {"part": "end_of_day"}
    if span is None:
        return None
    if span.grain is Grain.WEEK:
        return _friday_or_sunday(span)
    return {"day": Day(on=span.end - DAY)}


def _unit_end(found: Found, speaker: Speaker) -> Kinds | None:
    """ "EOM", "EOW"."""
    unit = found["e"]["unitend"]
    span = unit_span(speaker.today, unit)
    if span is None:
        return None
    if unit == "week":
        return _friday_or_sunday(span)
    return {"day": Day(on=span.end - DAY)}


def _friday_or_sunday(week: Span) -> Kinds:
    friday = week.start + 4 * DAY
    return {"vague": Vague((When(friday), When(friday + 2 * DAY)))}


def _vague(found: Found, speaker: Speaker) -> Kinds | None:
    is_compound = found.has("u") and any("-" in token.text for token in found.whole)
    if is_compound and found.after and found.after.kinds.keys() & {"other", "noun"}:
        return {"other": "mid-"}  # "the mid-year report"
    if found.has("u") and found["u"]["unit"] in ("hour", "minute", "day"):
        return None
    span = found["s"]["span"] if found.has("s") else unit_span(speaker.today, found["u"]["unit"])
    if span is None:
        return None
    whole = When(span.start, None, span.grain) if span.whole else When(span.start, span.end)
    return {"vague": Vague((whole,))}


ENDS = (
    Rule("(on|the|of|at|by|to|in)* e:unitend", _unit_end),
    Rule("(on|the|of|at|by|to|in|dayart|ofpart)* ending (of|the|this|ofpart)* s:span", _ending),
    Rule("(on|the|of|at|by|to|in|dayart|ofpart)* ending (of|the|this|ofpart)* u:unit", _ending),
    Rule("(on|the|of|at|by|to|in|dayart|ofpart)* ending (of|the|on|ofpart)* d:day", _ending),
    Rule("(on|the|by)* u:unit dash? ending", _ending),
    Rule(
        "(on|the|of|at|by|to|in)* (beginning|middle|late) (of|the|this|dash|in|ofpart)* s:span",
        _vague,
    ),
    Rule(
        "(on|the|of|at|by|to|in)* (beginning|middle|late) (of|the|this|dash|in|ofpart)* u:unit",
        _vague,
    ),
    Rule("s:span (beginning|middle|late)", _vague),
    Rule("(later|ago) s:span", _vague),
    Rule("(the|on|of|in|ofpart)* alternate u:unit", _vague),
    Rule(
        "(on|the|of|in|this|next|previous)* season (of|comma)* (yyyy/span)?",
        lambda found, speaker: {"vague": Vague()},
    ),
)
