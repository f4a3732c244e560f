"""Weeks, weekends, months, quarters, years: this one, the next, the third of a year, its end."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from language.reading import calendar as days
from language.reading.calendar import DAY, MONTHS, WEEK, month_start
from language.reading.grammar.months import month_of_span, month_said, year_month
from language.reading.rules import Found, Rule, Speaker
from language.reading.values import Day, Instant, Length, Span, Vague
from language.reading.when import Grain, When
from language.reading.words import Kinds

#: Years beyond which an offset is a slip of the keyboard.
_FARTHEST = 100


def unit_span(day: date, unit: str, later: int = 0) -> Span | None:
    """The calendar unit with that day in it, or the one so many units later; None for hours and
    minutes.
    """
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
        if found.whole[-1].text == "past":
            return None  # "a quarter past"
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
            return {"vague": Vague(_weekends(speaker.today))}
        later = 0
    span = unit_span(speaker.today, unit, later)
    if span and unit == "day":
        return {"day": Day(on=span.start)}
    return {"span": span} if span else None


def _weekends(today: date) -> tuple[When, When]:
    """This weekend and the next, for a speaker whose "next weekend" may be either."""
    first = days.monday(today) + 5 * DAY
    return When(first, first + 2 * DAY), When(first + WEEK, first + WEEK + 2 * DAY)


def _two_on(found: Found, speaker: Speaker) -> Kinds | None:
    span = unit_span(speaker.today, found["u"]["unit"], 2)
    return {"span": span} if span else None


def _several(found: Found, speaker: Speaker) -> Kinds | None:
    """ "the next three days" start tomorrow, "the past two days" end yesterday; hours count from
    now.
    """
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
    """The day so long after (or before) another; months and years keep the day of the month.

    OverflowError for more than a hundred years: nobody plans for that.
    """
    count = sign * length.count
    if length.unit == "bday":
        if abs(count) > 260 * _FARTHEST:
            raise OverflowError("too far off")
        return days.add_business_days(day, int(count))
    if length.unit in MONTHS:
        found = days.add_months(day, round(count * MONTHS[length.unit]))
    else:
        per = {"week": 7, "twoweek": 14, "fortnight": 15, "weekend": 7}.get(length.unit, 1)
        found = day + timedelta(days=round(count * per))
    if abs(found.year - day.year) > _FARTHEST:
        raise OverflowError("too far off")
    return found


def _rest(found: Found, speaker: Speaker) -> Kinds | None:
    span = unit_span(speaker.today, found["u"]["unit"])
    if found["u"]["unit"] == "day":
        midnight = datetime.combine(speaker.today + DAY, time())
        return {"instant": Instant(speaker.now, midnight)}
    return {"span": Span(speaker.today, span.end, Grain.DAY, whole=False)} if span else None


def _week_of(found: Found, speaker: Speaker) -> Kinds | None:
    unit = found["u"]["unit"]
    if unit not in ("week", "weekend"):
        return None
    return {f"{unit}of": found["d"]["day"]}


def _weekend_of_days(found: Found, speaker: Speaker) -> Kinds | None:
    """ "the weekend of 8-9 May": the days that are said."""
    return {"range": found["r"]["range"]} if found["u"]["unit"] == "weekend" else None


def _numbered_week(found: Found, speaker: Speaker) -> Kinds | None:
    """ "week 20" is asked about, with the week that has this number in ISO 8601; "week 3 of the
    project" is none.
    """
    token, number = found["u"], found["n"]["num"]
    is_of_year = found.has("y") or found.has("v")
    if token["unit"] != "week" or "plural" in token.kinds or not 1 <= number <= 53:
        return None
    if not is_of_year and found.after and "of" in found.after.kinds:
        return None
    year = found["y"]["yyyy"] if found.has("y") else speaker.today.year
    weeks = [days.iso_week(year + later, number) for later in (0, 1)]
    start = weeks[0] if found.has("y") or weeks[0] + WEEK > speaker.today else weeks[1]
    return {"vague": Vague((When(start, None, Grain.WEEK),))}


PERIODS = (
    Rule("whole u:unit !of", _this),
    Rule("(unit (of|comma)*)? m:mon (of|the|comma|dash|slash|dayart)* y:yyyy", month_said),
    Rule("m:ym", year_month),
    Rule("(the|in|on)* few:few x:next u:unit", _several),
    Rule("(the|in|on|of)* (x:next|coming) few:few u:unit", _several),
    Rule("(the|in|on|of)* p:previous few:few u:unit", _several),
    Rule("(the|in|on|of|for|within)* (x:next|coming) n:num u:unit", _several),
    Rule("<!dash <!to (the|in|on|of|for)* <!dash <!to n:num (x:next) u:unit", _several),
    Rule("(the|in|on|of|for)* n:num u:unit x:next !to !after", _several),
    Rule("(the|in|on|of|for)* p:previous n:num u:unit", _several),
    Rule("(the|in|on|of|for)* n:num p:previous u:unit", _several),
    Rule("(the|in|on|of|for)* n:num u:unit p:previous", _several),
    Rule("rest (of|the|this)* u:unit", _rest),
    Rule("(the|on|in|of|by|ofpart)* x:next next u:unit", _shifted),
    Rule("(the|on|in|of|by|ofpart)* u:unit (after|hence) next", _two_on),
    Rule("(the|on|in|of|by|ofpart)* u:unit overnext", _two_on),
    Rule("(the|on|in|of|by|ofpart)* unit overprevious", lambda found, speaker: {"vague": Vague()}),
    Rule("(the|on|in|of|by|ofpart)* (this|coming) u:unit (next)?", _this),
    Rule("(the|on|in|of|by|ofpart)* x:next u:unit", _shifted),
    Rule("(the|on|in|of|by|ofpart)* u:unit (of)? this !wd !part !unit !mon", _this),
    Rule("(the|on|in|of|by|ofpart)* u:unit (of)? x:next !wd", _shifted),
    Rule("(the|on|in|of|by|ofpart)* u:unit p:previous", _shifted),
    Rule("(the|on|in|of|by|ofpart)* p:previous u:unit !of !span", _shifted),
    Rule("(on|of|in)? (unit (of)?)? x:next m:mon", month_said),
    Rule("(on|of|in)? m:mon x:next", month_said),
    Rule("(on|of|in)? p:previous m:mon", month_said),
    Rule("(on|of|in)? m:mon p:previous", month_said),
    Rule("(on|of|in)? (unit of)? m:mon (of|the|comma)* s:span", month_of_span),
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
    Rule("(on|the|in|by)* u:unit (of|from|the|dayword|on|dayart)* r:range", _weekend_of_days),
    Rule(
        "(on|the|in|by|of)* u:unit n:num !unit "
        "((of|comma|slash|dash)* (the)? y:yyyy / of+ (the)? v:unit)?",
        _numbered_week,
    ),
)
