"""What a date phrase means: a point, a span or a recurrence, in the speaker's clock or a named
zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypedDict
from zoneinfo import ZoneInfo


class Grain(StrEnum):
    """How finely a value was said; `minute` is a clock time, everything else counts whole days."""

    MINUTE = "minute"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class WhenJson(TypedDict, total=False):
    """The JSON form of a value; absent keys mean None."""

    start: str
    end: str
    grain: str
    rule: str
    tz: str
    part: str
    unanchored: bool


@dataclass(frozen=True)
class When:
    """One reading of a date phrase.

    `start` and `end` are naive local datetimes where the grain is a minute, else dates; `end` is
    exclusive and set for ranges only ("3 to 5 June" ends on 6 June). `rule` is an RRULE without
    DTSTART whose first occurrence is `start`. `zone` is an IANA name and set only if the words
    name a zone or a place. `part` names a part of the day (morning, end_of_day ...) whose usual
    hours `start` and `end` are. A recurrence said without any day ("weekly") is not `anchored`:
    its `start` is only the day on which it was said.
    """

    start: datetime | date
    end: datetime | date | None = None
    grain: Grain = Grain.DAY
    rule: str | None = None
    zone: str | None = None
    part: str | None = None
    anchored: bool = True

    def __post_init__(self) -> None:
        """Refuse a clock time under a grain of days, and the reverse."""
        for value in (self.start, self.end):
            if value is not None and isinstance(value, datetime) != self.has_time:
                raise ValueError(f"{value!r} does not fit the grain {self.grain}")

    @property
    def has_time(self) -> bool:
        """Whether a clock time or a part of the day was said."""
        return self.grain is Grain.MINUTE

    def at(self, default_zone: str) -> datetime:
        """The instant at which it starts; days start at midnight; `default_zone` unless a zone was
        named.
        """
        start = self.start
        if not isinstance(start, datetime):
            start = datetime.combine(start, time())
        return start.replace(tzinfo=ZoneInfo(self.zone or default_zone))

    def as_json(self) -> WhenJson:
        """The value as plain JSON, as kept in conversation state."""
        said: WhenJson = {"start": _written(self.start), "grain": str(self.grain)}
        if self.end is not None:
            said["end"] = _written(self.end)
        if self.rule:
            said["rule"] = self.rule
        if self.zone:
            said["tz"] = self.zone
        if self.part:
            said["part"] = self.part
        if not self.anchored:
            said["unanchored"] = True
        return said

    @classmethod
    def from_json(cls, said: WhenJson) -> When:
        """The value that `as_json` wrote; ValueError or KeyError if it is something else."""
        end = said.get("end")
        return cls(
            start=_read(said["start"]),
            end=_read(end) if end else None,
            grain=Grain(said["grain"]),
            rule=said.get("rule"),
            zone=said.get("tz"),
            part=said.get("part"),
            anchored=not said.get("unanchored", False),
        )


def _written(value: datetime | date) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return value.isoformat()


def _read(value: str) -> datetime | date:
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
