"""Dates as people read them, in the language they asked for; what is printed reads back as the
same value.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from language.reading.values import CODES
from language.reading.when import Grain, When
from language.reading.words import lexicons
from language.reading.zones import zone_file

_DAY = timedelta(days=1)


def say_when(when: When, language: str, zone: str | None = None) -> str:
    """The value in words, for example "martes 12 de enero de 2027, 10:00 (hora de Panamá)".

    The zone that the words named is printed; else `zone` (IANA), if given; else none.
    """
    said = _rule(when, language) if when.rule else _value(when, language)
    shown = when.zone or zone
    return f"{said} ({zone_name(shown, language)})" if shown else said


def say_instant(at: datetime, zone: str, language: str) -> str:
    """An aware instant as the clock of `zone` shows it, with weekday and zone; ValueError if `at`
    is naive.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs a zone")
    local = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return say_when(When(local, grain=Grain.MINUTE), language, zone)


def say_day(day: date, language: str) -> str:
    """One day with its weekday and year: "martes 12 de enero de 2027"."""
    text: str = _printed(language)["day"].format(
        weekday=_names(language, "weekday")[day.weekday()],
        number=day.day,
        month=_names(language, "month")[day.month - 1],
        year=day.year,
    )
    return text


def zone_name(zone: str, language: str) -> str:
    """What people call an IANA zone: "hora de Panamá", "Panama time", "GMT-5"; its own name if
    they have none.
    """
    if zone == "UTC":
        return "UTC"
    if zone.startswith("Etc/GMT"):
        return "GMT" + zone[7:].translate(str.maketrans("+-", "-+"))
    place = zone_file()["places"].get(zone)
    if place is None:
        return zone
    return str(_printed(language)["zone"].format(place=place.get(language, place["en"])))


def _printed(language: str) -> dict[str, Any]:
    known = lexicons()
    return (known.get(language) or known["en"]).printed


def _names(language: str, sort: str) -> list[str]:
    known = lexicons()
    return (known.get(language) or known["en"]).names[sort]


def _value(when: When, language: str) -> str:
    words = _printed(language)
    start, end = when.start, when.end
    if isinstance(start, datetime):
        return _moment(start, end if isinstance(end, datetime) else None, when.part, language)
    if when.grain is Grain.MONTH and end is not None:
        between = words.get("month_span", words["span"])
        return str(between.format(start=_month(start, language), end=_month(end - _DAY, language)))
    if end is not None:
        return str(
            words["span"].format(start=say_day(start, language), end=say_day(end - _DAY, language))
        )
    if when.grain is Grain.WEEK:
        return str(words["week"].format(day=say_day(start, language)))
    if when.grain is Grain.MONTH:
        return _month(start, language)
    if when.grain is Grain.QUARTER:
        return str(words["quarters"][start.month // 3].format(year=start.year))
    if when.grain is Grain.YEAR:
        return str(words["year"].format(year=start.year))
    return say_day(start, language)


def _month(day: date, language: str) -> str:
    return str(
        _printed(language)["month"].format(
            month=_names(language, "month")[day.month - 1], year=day.year
        )
    )


def _moment(start: datetime, end: datetime | None, part: str | None, language: str) -> str:
    words = _printed(language)
    day = say_day(start.date(), language)
    if part:
        return str(words["part"].format(day=day, part=words["parts"][part]))
    if end is None or end.date() == start.date():
        return str(words["time"].format(day=day, time=_hours(start, end)))
    first, last = (
        words["time"].format(day=say_day(at.date(), language), time=_hours(at, None))
        for at in (start, end)
    )
    return str(words["span"].format(start=first, end=last))


def _hours(start: datetime, end: datetime | None) -> str:
    return f"{start:%H:%M}" + (f"–{end:%H:%M}" if end else "")


def _rule(when: When, language: str) -> str:
    """A recurrence: what repeats, its time, its first day and where it stops."""
    words = _printed(language)
    parts = dict(part.split("=") for part in (when.rule or "").split(";"))
    said = [_repeated(parts, language)]
    if isinstance(when.start, datetime):
        end = when.end if isinstance(when.end, datetime) else None
        said.append(words["parts"][when.part] if when.part else _hours(when.start, end))
    if when.anchored:
        first = when.start.date() if isinstance(when.start, datetime) else when.start
        said.append(words["begin"].format(day=say_day(first, language)))
    if "UNTIL" in parts:
        last = date.fromisoformat(parts["UNTIL"][:8])
        said.append(words["until"].format(day=say_day(last, language)))
    if "COUNT" in parts:
        said.append(words["count"].format(n=parts["COUNT"]))
    return ", ".join(said)


def _repeated(parts: dict[str, str], language: str) -> str:
    words = _printed(language)
    interval = int(parts.get("INTERVAL", "1"))
    once, several = words["every"][parts["FREQ"]]
    every = once if interval == 1 else several.format(n=interval)
    days = [code for code in parts.get("BYDAY", "").split(",") if code]
    if days and days[0] not in CODES:
        return f"{every} {_nth(days[0], language)}"
    if days:
        named = _listed(
            [_names(language, "weekday")[CODES.index(code)] for code in days], words["and"]
        )
        return (
            str(words["weekdays"].format(days=named))
            if interval == 1
            else f"{every} {words['on'].format(days=named)}"
        )
    if "BYMONTH" in parts:
        month = _names(language, "month")[int(parts["BYMONTH"]) - 1]
        return f"{every} {words['year_day'].format(number=parts['BYMONTHDAY'], month=month)}"
    if "BYMONTHDAY" in parts:
        number = parts["BYMONTHDAY"]
        day = words["last_day"] if number == "-1" else words["month_day"].format(number=number)
        return f"{every} {day}"
    return str(every)


def _nth(code: str, language: str) -> str:
    words = _printed(language)
    nth = int(code[:-2])
    ordinal = words["last"] if nth < 0 else words["ordinals"][nth - 1]
    return str(
        words["nth"].format(nth=ordinal, day=_names(language, "weekday")[CODES.index(code[-2:])])
    )


def _listed(names: list[str], joint: str) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" {joint} {names[-1]}"
