"""Stored meetings, their minutes, and what members wrote on them."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from coalition.meetings import Meeting, MeetingState
from coalition.minutes import Comment, Minutes
from storage.records import Records
from storage.tables import comments, meetings, minutes
from storage.transaction import Transaction

_COMING = (
    select(meetings)
    .where(
        meetings.c.starts_at > bindparam("after"), meetings.c.state == MeetingState.SCHEDULED.value
    )
    .order_by(meetings.c.starts_at)
    .limit(bindparam("most"))
)
_LATEST = select(minutes).order_by(minutes.c.id.desc()).limit(bindparam("most"))


class Meetings(Records[Meeting]):
    """Meetings by number."""

    def __init__(self, unit: Transaction) -> None:
        super().__init__(unit, meetings, Meeting)

    async def coming(self, now: datetime, at_most: int = 10) -> list[Meeting]:
        """Scheduled meetings that have not ended, the next one first."""
        near = await self.rows(_COMING, after=now - timedelta(days=1), most=at_most + 10)
        return [meeting for meeting in near if meeting.ends_at > now][:at_most]

    async def past(self, now: datetime, at_most: int = 5) -> list[Meeting]:
        """Meetings that have begun, the latest first."""
        return await self.find(
            meetings.c.starts_at <= now,
            meetings.c.state == MeetingState.SCHEDULED,
            order_by=meetings.c.starts_at.desc(),
            limit=at_most,
        )


class MinutesRecords(Records[Minutes]):
    """Circulated minutes by number."""

    def __init__(self, unit: Transaction) -> None:
        super().__init__(unit, minutes, Minutes)

    async def of_meeting(self, meeting_id: int) -> Minutes | None:
        """The minutes last circulated for a meeting."""
        found = await self.find(
            minutes.c.meeting_id == meeting_id, order_by=minutes.c.id.desc(), limit=1
        )
        return found[0] if found else None

    async def latest(self, at_most: int = 5) -> list[Minutes]:
        """Minutes, the latest circulated first."""
        return await self.rows(_LATEST, most=at_most)


class Comments(Records[Comment]):
    """Comments in the order in which they were made."""

    def __init__(self, unit: Transaction) -> None:
        super().__init__(unit, comments, Comment)

    async def on(self, minutes_id: int) -> list[Comment]:
        """All comments on one set of minutes."""
        return await self.find(comments.c.minutes_id == minutes_id, order_by=comments.c.id)
