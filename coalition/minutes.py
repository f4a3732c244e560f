"""Minutes: circulated within a week, open for comments for five days, then amended (S64 to S67)."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coalition.charter import Charter


@dataclass(frozen=True)
class Minutes:
    """Minutes as circulated; `text` is empty where they are an attached file or a link."""

    meeting_id: int
    meeting_title: str
    text: str
    link: str
    circulated_at: datetime
    closes_at: datetime
    circulated_by: str
    circulated_by_label: str
    announced_in: str
    document_id: int = 0
    record_link: str = ""
    closed_at: datetime | None = None
    id: int = 0
    version: int = 0

    def is_open(self, now: datetime) -> bool:
        """Whether comments still count as made in time: the time decides, not a job that ran."""
        return now < self.closes_at


@dataclass(frozen=True)
class Comment:
    """What a member wrote on minutes, word for word; a late one is kept and marked."""

    minutes_id: int
    person_id: str
    label: str
    text: str
    made_at: datetime
    is_late: bool
    id: int = 0
    version: int = 0


def comments_close_at(circulated_at: datetime, charter: Charter) -> datetime:
    """The instant at which the window of S66 closes, in UTC.

    Calendar days (gap Q5) from the actual circulation (gap Q6), to the end of the last day in the
    coalition's zone.
    """
    zone = ZoneInfo(charter.zone)
    last_day = circulated_at.astimezone(zone).date() + timedelta(
        days=charter.meetings.comments_for_days
    )
    # Where the clock is put forward at midnight, this midnight is the instant of the change.
    return datetime.combine(last_day + timedelta(days=1), time.min, zone).astimezone(UTC)
