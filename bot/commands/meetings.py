"""Meetings: scheduled with notice, moved and cancelled with all that hangs on them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.activities import activity
from bot.cards.meetings import meeting_card, meeting_line, meetings_card
from bot.router import Command
from bot.turn import Reply, Turn, only_conveners
from coalition.errors import Refused
from coalition.meetings import (
    Meeting,
    MeetingKind,
    MeetingState,
    check_notice,
    close_before,
    reminders,
)
from coalition.places import Purpose
from dialogs.dates import Moment
from dialogs.durations import Duration
from dialogs.meetings import Kind, Title
from dialogs.readers import Number, Words
from dialogs.slots import slot
from language.reading.when import When
from storage.unit_of_work import UnitOfWork


def _has_no_end(known: Any) -> bool:
    when = known.get("when")
    return not (isinstance(when, When) and when.end)


@dataclass(frozen=True)
class ScheduleMeeting:
    title: str = slot("meetings-ask-title", Title(at_most=120))
    kind: str = slot("meetings-ask-kind", Kind())
    when: When = slot("meetings-ask-when", Moment())
    lasts_for: int = slot("meetings-ask-lasts-for", Duration(), default=60, only_if=_has_no_end)
    place: str = slot("meetings-ask-place", Words(at_most=400), default="")


async def schedule_meeting(turn: Turn, request: ScheduleMeeting) -> Reply:
    """Store a meeting, announce it, remind of it, and put it into the joint calendar."""
    when = request.when
    meeting = Meeting(
        title=request.title,
        kind=MeetingKind(request.kind),
        starts_at=when.at(turn.zone),
        zone=when.zone or turn.zone,
        lasts_for=_minutes(when, turn.zone) or request.lasts_for,
        place=request.place,
        announced_in="",
        scheduled_by=turn.person.id,
        notice_on=turn.today,
    )
    if meeting.starts_at <= turn.now:
        raise Refused("date-past", said=meeting.starts_at)
    check_notice(meeting, turn.today, turn.charter.meetings)
    async with turn.unit_of_work() as unit:
        announced_in = await _announced_in(turn, unit)
        meeting = await unit.meetings.add(replace(meeting, announced_in=announced_in))
        near = close_before(meeting, await unit.meetings.coming(turn.now), turn.charter.meetings)
        await _follow(turn, unit, meeting, "scheduled")
    return meeting_card(turn, meeting, "meetings-scheduled", near=near)


def _minutes(when: When, zone: str) -> int:
    if not isinstance(when.end, datetime) or not isinstance(when.start, datetime):
        return 0
    return int((when.end - when.start) / timedelta(minutes=1))


async def _announced_in(turn: Turn, unit: UnitOfWork) -> str:
    """The channel for announcements; a chat in which the bot was told only where there is no
    team."""
    channel = await unit.places.for_purpose(Purpose.ANNOUNCEMENTS)
    return channel.id if channel else "" if turn.is_personal else turn.place.id


async def _follow(turn: Turn, unit: UnitOfWork, meeting: Meeting, what: str) -> None:
    """Everything that follows from a change of a meeting, in the same transaction.

    Reminders of the earlier time are void, those of the new one are set; the calendar follows.
    """
    await unit.jobs.cancel(f"meeting:{meeting.id}")
    if not meeting.is_cancelled:
        for reminder in reminders(meeting, turn.charter.meetings, turn.now):
            key = f"meeting:{meeting.id}:{reminder.name}"
            arguments = {"meeting": meeting.id, "name": reminder.name}
            await unit.jobs.defer("remind", arguments, at=reminder.due_at, key=key)
    await unit.jobs.defer("sync_event", {"meeting": meeting.id}, key=f"event:{meeting.id}")
    told = replace(turn, language=turn.charter.team_language, zone=meeting.zone)
    message = activity(meeting_card(told, meeting, f"meetings-announced-{what}", for_all=True))
    key = f"meeting:{meeting.id}:{what}:{meeting.version}"
    await unit.postings.on_meeting(meeting, message, key)


@dataclass(frozen=True)
class ListMeetings:
    """Which meetings are coming?"""


async def list_meetings(turn: Turn, request: ListMeetings) -> Reply:
    """The meetings to come, and the latest of those that were."""
    async with turn.reading() as unit:
        coming = await unit.meetings.coming(turn.now)
        past = await unit.meetings.past(turn.now, at_most=3)
    return meetings_card(turn, coming, [meeting for meeting in past if meeting not in coming])


@dataclass(frozen=True)
class ShowMeeting:
    number: int = slot("meetings-ask-number", Number())


async def show_meeting(turn: Turn, request: ShowMeeting) -> Reply:
    """One meeting with its time, its deadlines and its place in the calendar."""
    async with turn.reading() as unit:
        meeting = await numbered(unit, request.number)
    return meeting_card(turn, meeting)


async def numbered(unit: UnitOfWork, number: int) -> Meeting:
    """The meeting with a number; refused with what to do where there is none."""
    meeting = await unit.meetings.get(number)
    if meeting is None:
        raise Refused("meetings-none-numbered", number=number)
    return meeting


async def preview_meeting(turn: Turn, request: "MoveMeeting | CancelMeeting") -> str:
    """Which meeting it is that will be changed; refused where it cannot be."""
    async with turn.reading() as unit:
        meeting = await _changeable(turn, unit, request.number)
    return meeting_line(turn, meeting)


async def check_meeting(turn: Turn, known: Mapping[str, Any]) -> None:
    """Refuse a number that no meeting to come has, before anything else is asked."""
    if "number" in known:
        async with turn.reading() as unit:
            await _changeable(turn, unit, known["number"])


async def _changeable(turn: Turn, unit: UnitOfWork, number: int) -> Meeting:
    meeting = await numbered(unit, number)
    if meeting.is_cancelled:
        raise Refused("meetings-is-cancelled", number=meeting.id)
    if meeting.starts_at <= turn.now:
        raise Refused("meetings-has-begun", number=meeting.id)
    return meeting


@dataclass(frozen=True)
class MoveMeeting:
    number: int = slot("meetings-ask-number", Number())
    when: When = slot("meetings-ask-when", Moment())


async def move_meeting(turn: Turn, request: MoveMeeting) -> Reply:
    """Move a meeting; its reminders and its event move with it."""
    async with turn.unit_of_work() as unit:
        was = await _changeable(turn, unit, request.number)
        zone = request.when.zone or turn.zone
        meeting = replace(
            was,
            starts_at=request.when.at(turn.zone),
            zone=zone,
            lasts_for=_minutes(request.when, turn.zone) or was.lasts_for,
        )
        check_notice(meeting, turn.today, turn.charter.meetings)
        meeting = await unit.meetings.save(meeting, was)
        await _follow(turn, unit, meeting, "moved")
    return meeting_card(turn, meeting, "meetings-moved", was=was)


@dataclass(frozen=True)
class CancelMeeting:
    number: int = slot("meetings-ask-number", Number())


async def cancel_meeting(turn: Turn, request: CancelMeeting) -> Reply:
    """Cancel a meeting; its reminders are void and its event is taken out of the calendar."""
    async with turn.unit_of_work() as unit:
        was = await _changeable(turn, unit, request.number)
        meeting = await unit.meetings.save(replace(was, state=MeetingState.CANCELLED), was)
        await _follow(turn, unit, meeting, "cancelled")
    return meeting_card(turn, meeting, "meetings-cancelled")


COMMANDS = (
    Command(
        "meetings schedule",
        ScheduleMeeting,
        schedule_meeting,
        allowed=only_conveners,
        confirms=True,
        writes=True,
    ),
    Command(
        "meetings move",
        MoveMeeting,
        move_meeting,
        allowed=only_conveners,
        confirms=True,
        preview=preview_meeting,
        check=check_meeting,
        writes=True,
        listed=False,
    ),
    Command(
        "meetings cancel",
        CancelMeeting,
        cancel_meeting,
        allowed=only_conveners,
        confirms=True,
        preview=preview_meeting,
        check=check_meeting,
        writes=True,
        listed=False,
    ),
    Command("meeting", ShowMeeting, show_meeting, needs_first=True, listed=False),
    Command("meetings", ListMeetings, list_meetings),
)
