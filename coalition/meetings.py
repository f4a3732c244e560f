"""Meetings: kinds, the notice they need, and the reminders that follow from them (ToR sections 4
and 5)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from coalition.charter import MeetingRules
from coalition.errors import Refused


class MeetingKind(StrEnum):
    """The kinds that the ToR know (S56, S59, S104, S105)."""

    REGULAR = "regular"
    CO_CHAIRS = "co-chairs"
    PRINCIPAL = "principal"
    EXTRAORDINARY = "extraordinary"
    AD_HOC = "ad-hoc"


class MeetingState(StrEnum):
    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Meeting:
    """A meeting; `starts_at` is an instant, `zone` the IANA zone it was meant in, `lasts_for`
    minutes."""

    title: str
    kind: MeetingKind
    starts_at: datetime
    zone: str
    lasts_for: int
    place: str
    announced_in: str
    scheduled_by: str
    state: MeetingState = MeetingState.SCHEDULED
    notice_on: date | None = None
    event_id: str = ""
    event_link: str = ""
    event_version: int = 0
    id: int = 0
    version: int = 0

    @property
    def ends_at(self) -> datetime:
        """The instant at which it ends."""
        return self.starts_at + timedelta(minutes=self.lasts_for)

    @property
    def day(self) -> date:
        """The day of the meeting where it was meant."""
        return self.starts_at.astimezone(ZoneInfo(self.zone)).date()

    @property
    def is_cancelled(self) -> bool:
        return self.state is MeetingState.CANCELLED


@dataclass(frozen=True)
class Reminder:
    """A message about a meeting: `name` tells it from the others of the meeting, `due_at` is an
    instant."""

    name: str
    due_at: datetime


def invitation_by(day: date, rules: MeetingRules) -> date:
    """The last day on which the invitation to a regular meeting may go out (S58)."""
    return day - timedelta(days=rules.notice_for_days)


def minutes_by(day: date, rules: MeetingRules) -> date:
    """The last day on which the minutes may be circulated (S65)."""
    return day + timedelta(days=rules.minutes_within_days)


def check_notice(meeting: Meeting, today: date, rules: MeetingRules) -> None:
    """Refuse a regular meeting whose invitation would go out later than seven days before (S58).

    Extraordinary and ad hoc meetings may have less (S59). Of meetings of the co-chairs and at
    principal level the ToR say nothing, so they are not refused.
    """
    if meeting.kind is MeetingKind.REGULAR and today > invitation_by(meeting.day, rules):
        raise Refused(
            "meetings-short-notice",
            day=meeting.day,
            invitation=invitation_by(meeting.day, rules),
            earliest=today + timedelta(days=rules.notice_for_days),
        )


def close_before(
    meeting: Meeting, others: Iterable[Meeting], rules: MeetingRules
) -> Meeting | None:
    """A meeting so short before that its minutes cannot be commented on in time (gap Q7).

    A week to circulate and five days for comments have to fit between two meetings (S65 to S67).
    """
    needed = timedelta(days=rules.minutes_within_days + rules.comments_for_days)
    for other in others:
        if other.id != meeting.id and timedelta() <= meeting.day - other.day < needed:
            return other
    return None


#: The reminder that the minutes are to be circulated; the others say that the meeting is near.
MINUTES_DUE = "minutes-due"


def all_reminders(meeting: Meeting, rules: MeetingRules) -> list[Reminder]:
    """The whole ladder, in UTC: days by the wall clock of the meeting's zone, hours by the
    instant."""
    local = meeting.starts_at.astimezone(ZoneInfo(meeting.zone))
    ladder = [
        Reminder(f"T-{days}d", local - timedelta(days=days)) for days in rules.reminders_before_days
    ]
    ladder += [
        Reminder(f"T-{hours}h", meeting.starts_at - timedelta(hours=hours))
        for hours in rules.reminders_before_hours
    ]
    minutes_due = minutes_by(meeting.day, rules) - timedelta(days=2)
    ladder.append(Reminder(MINUTES_DUE, datetime.combine(minutes_due, local.timetz())))
    return [Reminder(reminder.name, reminder.due_at.astimezone(UTC)) for reminder in ladder]


def reminders(meeting: Meeting, rules: MeetingRules, now: datetime) -> Iterator[Reminder]:
    """The reminders still to come: a meeting scheduled late does not remind of the past."""
    return (reminder for reminder in all_reminders(meeting, rules) if reminder.due_at > now)
