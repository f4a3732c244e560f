"""Live: what the coalition's own records add to an answer, read only where it depends on them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.turn import Turn
from knowledge.live import Live, NextMeeting, OpenMinutes


async def live(turn: Turn) -> Live:
    """The next meeting on record, and the minutes that are open for comments."""
    async with turn.reading() as unit:
        coming = await unit.meetings.coming(turn.now)
        latest = await unit.minutes.latest()
    meetings = [
        NextMeeting(meeting.title, meeting.starts_at, meeting.zone)
        for meeting in coming
        if meeting.starts_at > turn.now
    ]
    minutes = [
        OpenMinutes(one.meeting_title, _last_day(turn, one.closes_at))
        for one in latest
        if one.is_open(turn.now)
    ]
    return Live(next(iter(meetings), None), next(iter(minutes), None))


def _last_day(turn: Turn, closes_at: datetime) -> date:
    """The day at whose end the window closes."""
    return (closes_at - timedelta(minutes=1)).astimezone(ZoneInfo(turn.charter.zone)).date()
