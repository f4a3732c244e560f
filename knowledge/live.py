"""Live: what the coalition's own records add to the documents, filled in by the caller."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class NextMeeting:
    """The next meeting on record; `starts_at` is an instant, `zone` the IANA zone it was
    meant in.
    """

    title: str
    starts_at: datetime
    zone: str


@dataclass(frozen=True)
class OpenMinutes:
    """Minutes that members may still comment on, to the end of the day `comments_by`."""

    meeting_title: str
    comments_by: date


@dataclass(frozen=True)
class Live:
    """What is known at the moment of the question; empty where there is nothing."""

    next_meeting: NextMeeting | None = None
    open_minutes: OpenMinutes | None = None


class Unread:
    """Records that are not read yet: `were_wanted` if an answer would say more with them."""

    def __init__(self) -> None:
        self.were_wanted = False

    @property
    def next_meeting(self) -> NextMeeting | None:
        self.were_wanted = True
        return None

    @property
    def open_minutes(self) -> OpenMinutes | None:
        self.were_wanted = True
        return None
