"""Weeks, weekends, months, quarters, years: this one, the next, the third of a year, its end."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from language.reading import calendar as days
from language.reading.calendar import DAY, MONTHS, WEEK, month_start
from language.reading.rules import Found, Rule, Speaker
from language.reading.values import Day, Instant, Length, Span, Vague
from language.reading.when import Grain, When
from language.reading.words import Kinds


def unit_span(day: date, unit: str, later: int = 0) -> Span | None:
    """The calendar unit with that day in it, or the one so many units later; None for hours and minutes."""
    if unit == "week":
        start = days.monday(day) + later * WEEK
        return Span(start, start + WEEK, Grain.WEEK)
    if unit == "weekend":
        start = days.monday(day) + 5 * DAY + later * WEEK
        return Span(start, start + 2 * DAY, Grain.DAY, whole=False)
    if unit == "day":
        return Span(day + later * DAY, day + (later + 1) * DAY, Grain.DAY)
    if unit == "fortnight":
        return _half_month(day, later)
    if unit in MONTHS:
        months = MONTHS[unit]
        start = days.unit_start(day, months)
        start = month_start(start.year, start.month, later * months)
        return Span(
            start,
            month_start(start.year, start.month, months),
            days.grain_of(months),
            months in (1, 3, 12),
        )
    return None


def _half_month(day: date, later: int) -> Span:
    halves = day.year * 24 + (day.month - 1) * 2 + (day.day > 15) + later
    first = date(halves // 24, halves % 24 // 2 + 1, 1)
    return fortnight(first, halves % 2)


def fortnight(first: date, second: int) -> Span:
    """The 1st to the 15th of a month, or the 16th to its end."""
    if second:
        return Span(
            first.replace(day=16), month_start(first.year, first.month, 1), Grain.DAY, whole=False
        )
    return Span(first, first.replace(day=16), Grain.DAY, whole=False)


def _this(found: Found, speaker: Speaker) -> Kinds | None:
    if "plural" in found["u"].kinds:
        return {"vague": Vague()}
    span = unit_span(speaker.today, found["u"]["unit"])
    if span and span.grain is Grain.DAY and span.whole:
        return {"day": Day(on=span.start)}
    return {"span": span} if span else None


def _shifted(found: Found, speaker: Speaker) -> Kinds | None:
    unit = found["u"]["unit"]
    if "plural" in found["u"].kinds:
        return {"vague": Vague()}
    later = sum(1 for token in found.whole if "next" in token.kinds) or (
        1 if found.has("x") else -1
    )
    if found.has("p"):
        later = -1
    if unit in ("minute", "hour"):
        step = timedelta(**{f"{unit}s": 1})
        return {
            "instant": Instant(speaker.now, speaker.now + step)
            if later > 0
            else Instant(speaker.now - step, speaker.now)
        }
    if unit == "bday":
        return {"day": Day(on=days.add_business_days(speaker.today, later))}
    if unit == "weekend" and later == 1 and speaker.today.weekday() < 5:
        if speaker.asks_next:
            return {
                "vague": Vague(tuple(_day_span(unit_span(speaker.today, unit, n)) for n in (0, 1)))
            }
        later = 0
    span = unit_span(speaker.today, unit, later)
    if span and unit == "day":
        return {"day": Day(on=span.start)}
    return {"span": span} if span else None


def _day_span(span: Span | None) -> When:
    assert span  # noqa: S101 - weekends always have days
    return When(span.start, span.end)


def _two_on(found: Found, speaker: Speaker) -> Kinds | None:
    span = unit_span(speaker.today, found["u"]["unit"], 2)
    return {"span": span} if span else None


def _several(found: Found, speaker: Speaker) -> Kinds | None:
    """ "the next three days" start tomorrow, "the past two days" end yesterday; hours count from now."""
    back = found.has("p")
    if found.has("few"):
        return {"vague": Vague()}
    length = Length(found["n"]["num"] if found.has("n") else 1, found["u"]["unit"])
    if length.unit in ("minute", "hour"):
        step = timedelta(**{f"{length.unit}s": length.count})
        now = speaker.now
        return {"instant": Instant(now - step, now) if back else Instant(now, now + step)}
    if length.unit == "weekend":
        return {"vague": Vague()}
    first = speaker.today if back else speaker.today + DAY
    other = shifted(first, length, -1 if back else 1)
    return {"span": Span(min(first, other), max(first, other), Grain.DAY, whole=False)}


def shifted(day: date, length: Length, sign: int = 1) -> date:
    """The day so long after (or before) another; months and years keep the day of the month."""
    count = sign * length.count
    if length.unit == "bday":
        return days.add_business_days(day, int(count))
    if length.unit in MONTHS:
        return days.add_months(day, round(count * MONTHS[length.unit]))
    per = {"week": 7, "twoweek": 14, "fortnight": 15, "weekend": 7}.get(length.unit, 1)
    return day + timedelta(days=round(count * per))


def _rest(found: Found, speaker: Speaker) -> Kinds | None:
    span = unit_span(speaker.today, found["u"]["unit"])
    if found["u"]["unit"] == "day":
        midnight = datetime.combine(speaker.today + DAY, time())
        return {"instant": Instant(speaker.now, midnight)}
    return {"span": Span(speaker.today, span.end, Grain.DAY, whole=False)} if span else None


def _week_of(found: Found, speaker: Speaker) -> Kinds | None:
    if found["u"]["unit"] != "week":
        return None
    return {"weekof": found["d"]["day"]}


def _month(found: Found, speaker: Speaker) -> Kinds | None:
    token = found["m"]
    month = token["mon"]
    if found.has("y"):
        start = date(found["y"]["yyyy"], month, 1)
        return {"span": Span(start, month_start(start.year, month, 1), Grain.MONTH)}
    if "weak" in token.kinds and not found.has("g") and not _is_announced(found):
        return None
    year = speaker.today.year + (month < speaker.today.month)
    if found.has("p"):
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


def _month_of_span(found: Found, speaker: Speaker) -> Kinds | None:
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


def _year_month(found: Found, speaker: Speaker) -> Kinds:
    year, month = found["m"]["ym"]
    return {"span": Span(date(year, month, 1), month_start(year, month, 1), Grain.MONTH)}


def _year(found: Found, speaker: Speaker) -> Kinds:
    year = found["y"]["yyyy"]
    return {"span": Span(date(year, 1, 1), date(year + 1, 1, 1), Grain.YEAR)}


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
        friday = span.start + 4 * DAY
        return {"vague": Vague((When(friday), When(friday + 2 * DAY)))}
    return {"day": Day(on=span.end - DAY)}


def _vague(found: Found, speaker: Speaker) -> Kinds | None:
    if found.has("u") and found["u"]["unit"] in ("hour", "minute", "day"):
        return None
    span = found["s"]["span"] if found.has("s") else unit_span(speaker.today, found["u"]["unit"])
    if span is None:
        return None
    whole = When(span.start, None, span.grain) if span.whole else When(span.start, span.end)
    return {"vague": Vague((whole,))}


_G = "g:of|on|in|this|next|to|from|by|between|at|starting|dayto|dayfrom|the"

PERIODS = (
    Rule("whole u:unit !of", _this),
    Rule("(unit (of|comma)*)? m:mon (of|the|comma|dash|slash|dayart)* y:yyyy", _month),
    Rule("m:ym", _year_month),
    Rule("(the|in|on)* few:few x:next u:unit", _several),
    Rule("(the|in|on|of)* (x:next|coming) few:few u:unit", _several),
    Rule("(the|in|on|of)* p:previous few:few u:unit", _several),
    Rule("(the|in|on|of|for|within)* (x:next|coming) n:num u:unit", _several),
    Rule("<!dash <!to (the|in|on|of|for)* <!dash <!to n:num (x:next) u:unit", _several),
    Rule("(the|in|on|of|for)* n:num u:unit x:next", _several),
    Rule("(the|in|on|of|for)* p:previous n:num u:unit", _several),
    Rule("(the|in|on|of|for)* n:num p:previous u:unit", _several),
    Rule("(the|in|on|of|for)* n:num u:unit p:previous", _several),
    Rule("rest (of|the|this)* u:unit", _rest),
    Rule("(the|on|in|of|by|ofpart)* x:next next u:unit", _shifted),
    Rule("(the|on|in|of|by|ofpart)* u:unit (after|hence) next", _two_on),
    Rule("(the|on|in|of|by|ofpart)* (this|coming) u:unit (next)?", _this),
    Rule("(the|on|in|of|by|ofpart)* x:next u:unit", _shifted),
    Rule("(the|on|in|of|by|ofpart)* u:unit (of)? this !wd !part !unit !mon", _this),
    Rule("(the|on|in|of|by|ofpart)* u:unit (of)? x:next !wd", _shifted),
    Rule("(the|on|in|of|by|ofpart)* u:unit p:previous", _shifted),
    Rule("(the|on|in|of|by|ofpart)* p:previous u:unit !of", _shifted),
    Rule("(on|of|in)? (unit (of)?)? x:next m:mon", _month),
    Rule("(on|of|in)? m:mon x:next", _month),
    Rule("(on|of|in)? p:previous m:mon", _month),
    Rule("(on|of|in)? m:mon p:previous", _month),
    Rule("(on|of|in)? (unit of)? m:mon (of|the|comma)* s:span", _month_of_span),
)

YEARS = (
    Rule(
        "(in|of|on|from|by)* (the)? unit (of)? y:yyyy",
        lambda found, speaker: (
            _year(found, speaker)
            if any(token.get("unit") == "year" for token in found.whole)
            else None
        ),
    ),
    Rule("(in|of|for) (the)? y:yyyy", _year),
    Rule("^ y:yyyy $", _year),
    Rule("^ (from|between) y:yyyy", _year),
)

INSIDE = (
    Rule(f"(the|on|dayart|dayword|by|to)* d:dd|ord (of|the|comma)* s:span", _day_of_span),
    Rule(f"k:day (of|the|comma)* s:span", _day_of_span),
)

ENDS = (
    Rule("(on|the|of|at|by|to|in|dayart|ofpart)* ending (of|the|this|ofpart)* s:span", _ending),
    Rule("(on|the|of|at|by|to|in|dayart|ofpart)* ending (of|the|this|ofpart)* u:unit", _ending),
    Rule("(on|the|of|at|by|to|in|dayart|ofpart)* ending (of|the|on|ofpart)* d:day", _ending),
    Rule("(on|the|by)* u:unit ending", _ending),
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

MONTHS_ALONE = (
    Rule("(on|of|the)* (u:unit (of)?)? g:this m:mon", _month),
    Rule("(on|in|of)* (the)? g:unit of m:mon", _month),
    Rule(f"({_G})? m:mon", _month),
)

WEEKEND_ALONE = (
    Rule(
        "(the|on|in|of|by|ofpart|at)* u:unit",
        lambda found, speaker: _this(found, speaker) if found["u"]["unit"] == "weekend" else None,
    ),
)

WEEK_OF = (
    Rule(
        "(on|the|in|by)* u:unit (of|from|the|dayword|comma|on|starting|by|dayart|ofpart)* d:day",
        _week_of,
    ),
)
