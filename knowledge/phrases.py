"""Phrases: the words around an answer in one language, and how dates and series are written
in it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from coalition.rotation import Quarter
from knowledge.computed import Series
from knowledge.live import NextMeeting


@dataclass(frozen=True)
class Phrases:
    """One language's frame: `labels` for citations, `said` for whole sentences, `gaps` for Q1 to
    Q20.
    """

    language: str
    labels: Mapping[str, str]
    said: Mapping[str, str]
    gaps: Mapping[str, str]

    @classmethod
    def read(cls, shared: Path, own: Path) -> "Phrases":
        """Read `phrases.toml` of the shared folder and `gaps.toml` of the coalition's, if there is
        one.
        """
        read = tomllib.loads((shared / "phrases.toml").read_text(encoding="utf-8"))
        gaps = own / "gaps.toml"
        found = tomllib.loads(gaps.read_text(encoding="utf-8")) if gaps.exists() else {}
        return cls(shared.name, read["labels"], read["said"], found)

    def fill(self, text: str, values: Mapping[str, object]) -> str:
        """The text with its places filled in; KeyError where it has a place without a value."""
        return text.format_map({name: self.written(value) for name, value in values.items()})

    def written(self, value: object) -> str:
        """A value as it is written in this language."""
        if isinstance(value, NextMeeting):
            from language.dates import zone_name  # its word files are read on first use

            local = value.starts_at.astimezone(ZoneInfo(value.zone))
            clock = zone_name(value.zone, self.language)
            return f"{self.written(local.date())}, {local:%H:%M} ({clock})"
        if isinstance(value, date):
            month = self.labels["months"].split()[value.month - 1]
            weekday = self.labels["weekdays"].split()[value.weekday()]
            return self.labels["date"].format(
                weekday=weekday, day=value.day, month=month, year=value.year
            )
        if isinstance(value, Quarter):
            ordinal = self.labels["ordinals"].split()[value.number - 1]
            return self.labels["quarter"].format(
                number=value.number, year=value.year, ordinal=ordinal
            )
        if isinstance(value, Series):
            *first, last = value.values
            return f"{', '.join(first)} {self.labels['and']} {last}" if first else last
        return str(value)
