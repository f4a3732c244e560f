"""The charter: a coalition's rules and names as data, read from one TOML file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from coalition.rotation import Quarter, Rotation

CHARTERS = Path(__file__).parent / "charters"


@dataclass(frozen=True)
class Service:
    """A type of service of the menu (ToR Annex 1, S125 to S146) with its lines, verbatim."""

    id: str
    name: str
    lines: tuple[str, ...]

    def line_ids(self) -> tuple[str, ...]:
        """The lines' short names: 1a, 1b, ... in the order of the annex."""
        return tuple(f"{self.id}{chr(ord('a') + place)}" for place in range(len(self.lines)))


@dataclass(frozen=True)
class MeetingRules:
    """Periods in calendar days (gap Q5), except where the name says otherwise."""

    notice_for_days: int
    interval_for_months: int
    minutes_within_days: int
    comments_for_days: int
    reminders_before_days: tuple[int, ...]
    reminders_before_hours: tuple[int, ...]


@dataclass(frozen=True)
class Charter:
    """What the Terms of Reference fix for one coalition, and the assumptions that fill their
    gaps."""

    name: str
    short_name: str
    platform: str
    languages: tuple[str, ...]
    zone: str
    team_name: str
    team_language: str
    secretariat_channel: str
    entities: tuple[str, ...]
    co_chairs: tuple[str, ...]
    platform_entities: tuple[str, ...]
    rotation: Rotation
    rotation_assumption: str
    meetings: MeetingRules
    library: Mapping[str, str]
    services: tuple[Service, ...]

    def service(self, service_id: str) -> Service:
        """The service type with this id; KeyError where the menu has none."""
        for service in self.services:
            if service.id == service_id:
                return service
        raise KeyError(service_id)

    def line_text(self, line_id: str) -> str:
        """The verbatim text of a service line such as `1c`; KeyError where the menu has none."""
        service = self.service(line_id[:-1])
        return dict(zip(service.line_ids(), service.lines, strict=True))[line_id]


def load_charter(name: str = "ibc-hm") -> Charter:
    """Read a charter.

    :param name: a file's name in `coalition/charters` without its ending, or a path to a TOML file.
    :raises FileNotFoundError: there is no such file.
    :raises ValueError: an entry is missing or contradicts another; the message names it.
    """
    path = Path(name) if name.endswith(".toml") else CHARTERS / f"{name}.toml"
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        charter = _charter(read)
    except KeyError as missing:
        raise ValueError(f"The charter {path.name} lacks the entry {missing}.") from missing
    _check(charter, path.name)
    return charter


def _charter(read: Mapping[str, Any]) -> Charter:
    secretariat, team, members, meetings = (
        read[part] for part in ("secretariat", "team", "members", "meetings")
    )
    return Charter(
        name=read["name"],
        short_name=read["short_name"],
        platform=read["platform"],
        languages=tuple(read["languages"]),
        zone=read["zone"],
        team_name=team["name"],
        team_language=team["language"],
        secretariat_channel=team["secretariat_channel"],
        entities=tuple(members["entities"]),
        co_chairs=tuple(members["co_chairs"]),
        platform_entities=tuple(members["platform_entities"]),
        rotation=Rotation(
            tuple(secretariat["rotation"]), Quarter.read(secretariat["starts_with_quarter"])
        ),
        rotation_assumption=secretariat["assumption"],
        meetings=MeetingRules(
            notice_for_days=meetings["notice_for_days"],
            interval_for_months=meetings["interval_for_months"],
            minutes_within_days=meetings["minutes_within_days"],
            comments_for_days=meetings["comments_for_days"],
            reminders_before_days=tuple(meetings["reminders_before_days"]),
            reminders_before_hours=tuple(meetings["reminders_before_hours"]),
        ),
        library=dict(read["library"]),
        services=tuple(
            Service(service["id"], service["name"], tuple(service["lines"]))
            for service in read["services"]
        ),
    )


def _check(charter: Charter, file: str) -> None:
    for entity in (*charter.co_chairs, *charter.rotation.order):
        if entity not in charter.entities:
            raise ValueError(f"The charter {file} names {entity}, which is not among its members.")
    if not charter.rotation.order:
        raise ValueError(f"The charter {file} names nobody in the secretariat's rotation.")
    try:
        ZoneInfo(charter.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"The charter {file} names no IANA zone: {charter.zone!r}.") from error
