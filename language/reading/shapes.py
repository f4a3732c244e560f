"""Numbers whose shape says what they are: 15h30, 3.30 pm, 12/03/2027, 1º, Q3."""

from __future__ import annotations

import re
from collections.abc import Callable

from language.reading.values import Clock
from language.reading.words import Kinds, number_kinds

_END = r"(?![a-z\d])"

_SHAPES = (
    (
        "date3",
        r"(?P<d1>\d{1,4})\s?(?P<ds>[/.\-])\s?(?P<d2>\d{1,2})\s?(?P=ds)\s?(?P<d3>\d{4}|\d{1,2})(?!\d)",
    ),
    ("noon", r"12(?:[:.]00)?\s?m\b(?!\w)(?!\.?\s?\d)"),
    (
        "half",
        r"(?P<hh>[01]?\d|2[0-4])(?:\s?[:.h]\s?(?P<hm>\d{2}))?(?::\d\d)?\s?(?P<hx>[ap])\s?\.?\s?m\b\.?"
        + _END,
    ),
    ("glued", r"(?P<gh>\d{1,2})(?P<gm>[0-5]\d)\s?(?P<gx>[ap])\s?\.?\s?m\b\.?" + _END),
    ("letter", r"(?P<lh>\d{1,2})(?:[:.](?P<lm>\d{2}))?(?P<lx>[ap])\b(?![.\s-]{0,2}feira)"),
    (
        "clock",
        r"(?P<ch>\d{1,2})\s?(?::|h(?:r?s)?(?=\d))\s?(?P<cm>[0-5]\d)(?::(?P<cs>[0-5]\d)(?:\.\d+)?)?(?:\s?(?:h|hrs|hs|horas|hours|min|m)\b\.?)?"
        + _END,
    ),
    ("hours", r"(?P<oh>\d{1,2})(?P<og>\s?)(?:hrs|hs|h)\b\.?" + _END),
    ("monthyear", r"(?P<my1>\d{1,2})\s?[/.\-]\s?(?P<my2>\d{4})(?![\d/.\-])"),
    ("yearmonth", r"(?P<ym1>(?:19|20)\d\d)[/.\-](?P<ym2>\d{1,2})(?![\d/\-])"),
    ("date2", r"(?P<e1>\d{1,2})\s?/\s?(?P<e2>\d{1,2})(?![\d/])"),
    ("thousands", r"\d{1,3}(?:[.,]\d{3})+(?!\d)"),
    ("dot", r"(?P<p1>\d{1,2})[.,](?P<p2>\d{1,2})(?!\d)"),
    (
        "ordinal",
        r"(?P<n>\d{1,2})(?:st|nd|rd|th|ero|era|ro|ra|er|do|da|to|ta|mo|vo|ere|eme|e|\s?[º°ª])"
        + _END,
    ),
    ("quarter", r"[qt](?P<q1>[1-4])" + _END + r"|(?P<q2>[1-4])[qt]" + _END),
    ("semester", r"[hs](?P<s1>[12])" + _END + r"|(?P<s2>[12])s" + _END),
    ("shortyear", r"'(?P<y>\d\d)" + _END),
    ("military", r"(?P<zh>[01]\d|2[0-3])(?P<zm>[0-5]\d)\s?(?:h|hrs|hours|horas|hs)" + _END),
    ("early", r"(?P<yh>0\d)(?P<ym>[0-5]\d)(?!\d)"),
    ("number", r"(?P<number_>\d+)"),
)

SHAPE = re.compile("|".join(rf"(?P<{name}>{pattern})" for name, pattern in _SHAPES))

Match = re.Match[str]


def shape_kinds(found: Match) -> Kinds:
    """What a matched shape may be; empty if its numbers fit nothing ("25:70")."""
    name = next(name for name, _ in _SHAPES if found[name] is not None)
    return _READERS[name](found)


def _date3(found: Match) -> Kinds:
    texts = [found["d1"], found["d2"], found["d3"]]
    first, second, third = map(int, texts)
    if len(texts[0]) == 4:
        return {"numdate": ((first, second, third),)}
    if len(texts[0]) == 3:
        return {}
    year = third if len(texts[2]) == 4 else 2000 + third
    return {"numdate": both_orders(year, first, second)}


def _date2(found: Match) -> Kinds:
    """Day and month in either order; a share such as 50/50 or 80/20 is neither."""
    first, second = int(found["e1"]), int(found["e2"])
    if max(first, second) > 31 and min(first, second) > 12:
        return {}
    return {"numdate": both_orders(None, first, second)}


def both_orders(
    year: int | None, first: int, second: int
) -> tuple[tuple[int | None, int, int], ...]:
    """The readings of two numbers as (year, month, day): day first, then month first."""
    readings: list[tuple[int | None, int, int]] = []
    if second <= 12:
        readings.append((year, second, first))
    if first <= 12 and first != second:
        readings.append((year, first, second))
    return tuple(readings) or ((year, second, first),)


def _half(hour: int, minute: int, letter: str) -> Kinds:
    if hour > 23 or minute > 59:
        return {}
    if hour <= 12:
        hour = hour % 12 + (12 if letter == "p" else 0)
    return {"clock": Clock(hour, minute, sure=True)}


def _clock(found: Match) -> Kinds:
    hour, minute = int(found["ch"]), int(found["cm"])
    if hour > 24:
        return {}
    sure = hour > 12 or found["ch"].startswith("0")
    return {"clock": Clock(hour % 24, minute, sure, of_24=hour > 12)}


def _hours(found: Match) -> Kinds:
    hour = int(found["oh"])
    kinds: Kinds = {"length": hour}
    if hour <= 24:
        kinds["hclock"] = Clock(hour % 24, 0, sure=hour > 12 or found["oh"].startswith("0"))
    return kinds


def _month(year: int, month: int) -> Kinds:
    return {"ym": (year, month)} if 1 <= month <= 12 and 1900 <= year < 2200 else {}


def _number(found: Match) -> Kinds:
    digits = found["number_"]
    if len(digits) > 4:
        return {"big": 0}
    return number_kinds(int(digits), len(digits))


_READERS: dict[str, Callable[[Match], Kinds]] = {
    "date3": _date3,
    "noon": lambda found: {"clock": Clock(12, 0, sure=True)},
    "half": lambda found: _half(int(found["hh"]), int(found["hm"] or 0), found["hx"]),
    "glued": lambda found: _half(int(found["gh"]), int(found["gm"]), found["gx"]),
    "letter": lambda found: _half(int(found["lh"]), int(found["lm"] or 0), found["lx"]),
    "clock": _clock,
    "hours": _hours,
    "monthyear": lambda found: _month(int(found["my2"]), int(found["my1"])),
    "yearmonth": lambda found: _month(int(found["ym1"]), int(found["ym2"])),
    "date2": _date2,
    "thousands": lambda found: {"big": 0},
    "dot": lambda found: {"dot": (int(found["p1"]), int(found["p2"]))},
    "ordinal": lambda found: {"ord": int(found["n"]), "dord": int(found["n"])},
    "quarter": lambda found: {"qlab": int(found["q1"] or found["q2"])},
    "semester": lambda found: {"slab": int(found["s1"] or found["s2"])},
    "shortyear": lambda found: {"yyyy": 2000 + int(found["y"])},
    "military": lambda found: {"clock": Clock(int(found["zh"]), int(found["zm"]), sure=True)},
    "early": lambda found: {"clock": Clock(int(found["yh"]), int(found["ym"]), sure=True)},
    "number": _number,
}
