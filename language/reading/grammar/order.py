"""The order in which the rules are applied: what is certain first, bare numbers last."""

from __future__ import annotations

from language.reading.grammar import (
    around,
    bare_clocks,
    clock_lengths,
    clock_minutes,
    clock_ranges,
    clocks,
    day_rows,
    days,
    ends,
    lengths,
    months,
    ordinals,
    parts,
    periods,
    ranges,
    recurrences,
    weekdays,
)
from language.reading.rules import Found, Rule, Speaker
from language.reading.words import Kinds


def _count(found: Found, speaker: Speaker) -> Kinds:
    return {"count": found["n"]["num"]}


def _now(found: Found, speaker: Speaker) -> Kinds:
    """This moment; beside a date it says nothing of it ("I'm in a call now, today at 5?")."""
    if found.has_any("day", "clock", "crange", "relpart", "part") and not (
        (found.before and "from" in found.before.kinds) or found.follows("to")
    ):
        return {"other": "now"}
    from language.reading.values import Instant

    return {"instant": Instant(speaker.now.replace(second=0, microsecond=0))}


def _midnight(found: Found, speaker: Speaker) -> Kinds | None:
    if found.has("h") and found["h"]["hh"] not in (0, 12, 24):
        return None
    from language.reading.values import Clock

    return {"clock": Clock(0, 0, sure=True), "midnight": 0}


def _clocks(found: Found, speaker: Speaker) -> Kinds:
    from language.reading.values import Clock

    a, b = found["a"]["clock"], found["b"]
    late = Clock(b["hh"] % 24, 0, sure=b["hh"] > 12) if "hh" in b.kinds else b["clock"]
    return {"clocks": (a, late)}


#: The sets of kinds that no word has: those of figures, of repaired words and of what the rules
#: make.
SYNTHETIC = (
    "day",
    "clock+clockend",
    "clock+midnight",
    "clock+clockend+midnight",
    "day+begin",
    "day+until",
    "span",
    "span+begin",
    "span+until",
    "range",
    "days",
    "clock",
    "clocks",
    "crange",
    "clocklen",
    "part",
    "relpart",
    "instant",
    "vague",
    "clash",
    "repeat",
    "repeat+repeatpart",
    "count",
    "len",
    "fewlen",
    "dayshift",
    "daylen",
    "dayend",
    "weekof",
    "weekendof",
    "shift+shiftclock",
    "num+hourlen",
    "other",
    "comma",
    "dash",
    "slash",
    "hclock+length",
    "length",
    "ord+dord",
    "numdate",
    "ym",
    "dot",
    "qlab",
    "slab",
    "yyyy",
    "big",
    "rel",
    "wd",
    "mon",
    "morrow",
)

_MISC = (
    Rule("n:num times", _count),
    Rule("(at|the|of|on)* h:hh midnight", _midnight),
    Rule("(at|the|of|on)* midnight", _midnight),
)
_OR = (Rule("a:clock or at* b:hh|clock !unit !mon", _clocks),)

RULES: tuple[Rule, ...] = (
    *_MISC,
    *parts.RULES,
    *clock_lengths.CLOCK_LENGTHS,
    *clock_minutes.CLOCK_MINUTES,
    *clocks.CLOCKS,
    *_OR,
    *recurrences.EARLY,
    *clock_ranges.RANGES,
    *ordinals.ORDINALS,
    *day_rows.ROWS,
    *days.CALENDAR,
    *ranges.MONTH_RANGES,
    *periods.PERIODS,
    *days.RELATIVE,
    *months.YEARS,
    *ordinals.IN_SPAN,
    *day_rows.IN_SPAN,
    *days.IN_SPAN,
    *months.INSIDE,
    *lengths.LENGTHS,
    *ranges.NUMBER_RANGES,
    *around.AROUND,
    *weekdays.WEEKDAYS,
    *months.MONTHS_ALONE,
    *ordinals.IN_SPAN,
    *ends.ENDS,
    *lengths.OFFSETS,
    *periods.WEEK_OF,
    *periods.WEEKEND_ALONE,
    *clock_ranges.BARE_RANGES,
    *bare_clocks.BARE,
    *recurrences.LATE,
    *ranges.DAY_RANGES,
    *lengths.AFTER,
    *lengths.WITH_CLOCK,
    Rule("<!at now", _now),
)
