"""Minutes: circulated for a meeting, open for comments for five days, shown with all comments."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.activities import activity
from bot.cards.meetings import meeting_line
from bot.cards.minutes import minutes_card, minutes_list
from bot.commands.meetings import numbered
from bot.router import Command
from bot.turn import Reply, Turn, only_conveners
from coalition.documents import Document, DocumentSource, check_open
from coalition.errors import Refused
from coalition.meetings import Meeting
from coalition.minutes import Comment, Minutes, comments_close_at
from coalition.places import Purpose
from dialogs.readers import Number, Words
from dialogs.slots import slot
from dialogs.sources import Given, Source
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class CirculateMinutes:
    number: int = slot("minutes-ask-number", Number())
    minutes: Given = slot("minutes-ask-minutes", Source(takes_text=True, lines=8))


async def circulate_minutes(turn: Turn, request: CirculateMinutes) -> Reply:
    """Circulate the minutes of a meeting; the window of S66 opens now, not at the limit of S65."""
    given = request.minutes
    check_open(given.text, names=[given.link, *(file["name"] for file in given.files)])
    if len(given.files) > 1:
        raise Refused("minutes-one-file")
    async with turn.unit_of_work() as unit:
        meeting = await numbered(unit, request.number)
        await _check_due(turn, unit, meeting)
        minutes = await unit.minutes.add(
            Minutes(
                meeting_id=meeting.id,
                meeting_title=meeting.title,
                text=given.text,
                link=given.link,
                circulated_at=turn.now,
                closes_at=comments_close_at(turn.now, turn.charter),
                circulated_by=turn.person.id,
                circulated_by_label=turn.person.label,
                announced_in=meeting.announced_in,
                document_id=await _file(turn, unit, meeting, given),
            )
        )
        await unit.jobs.cancel(f"meeting:{meeting.id}:minutes-due")
        key = f"minutes:{meeting.id}:close"
        await unit.jobs.defer(
            "close_comments", {"minutes": minutes.id}, at=minutes.closes_at, key=key
        )
        await _announce(turn, unit, meeting, minutes)
    return minutes_card(turn, meeting, minutes, [], "minutes-circulated")


async def preview_minutes(turn: Turn, request: CirculateMinutes) -> str:
    """Which meeting's minutes they are; refused where they cannot be circulated."""
    check_open(request.minutes.text, request.minutes.link)
    async with turn.reading() as unit:
        meeting = await numbered(unit, request.number)
        await _check_due(turn, unit, meeting)
    return meeting_line(turn, meeting)


async def check_circulation(turn: Turn, known: Mapping[str, Any]) -> None:
    """Refuse a meeting whose minutes cannot be circulated, before they are asked for."""
    if "number" in known:
        async with turn.reading() as unit:
            await _check_due(turn, unit, await numbered(unit, known["number"]))


async def check_comments(turn: Turn, known: Mapping[str, Any]) -> None:
    """Refuse a meeting without minutes before the comment is asked for."""
    if "number" in known:
        async with turn.reading() as unit:
            await _circulated(unit, known["number"])


async def _check_due(turn: Turn, unit: UnitOfWork, meeting: Meeting) -> None:
    if meeting.is_cancelled:
        raise Refused("meetings-is-cancelled", number=meeting.id)
    if meeting.starts_at > turn.now:
        raise Refused("minutes-before-meeting", number=meeting.id, at=meeting.starts_at)
    if earlier := await unit.minutes.of_meeting(meeting.id):
        raise Refused(
            "minutes-already-circulated",
            number=meeting.id,
            by=earlier.circulated_by_label,
            at=earlier.circulated_at,
        )


async def _file(turn: Turn, unit: UnitOfWork, meeting: Meeting, given: Given) -> int:
    """File what is an attachment or a link; 0 for minutes that are text."""
    if not given.files and not given.link:
        return 0
    attached = (
        given.files[0] if given.files else {"name": f"{meeting.title}.url", "url": given.link}
    )
    document = await unit.documents.add(
        Document(
            name=attached["name"],
            folder=turn.charter.library["minutes"],
            title=turn.team_t("minutes-of", title=meeting.title),
            source=DocumentSource.ATTACHMENT if given.files else DocumentSource.LINK,
            source_url=attached["url"],
            filed_by=turn.person.id,
            filed_by_label=turn.person.label,
            filed_at=turn.now,
            asked_in=turn.thread,
            meeting_id=meeting.id,
        )
    )
    await unit.jobs.defer("file_document", {"document": document.id}, key=f"document:{document.id}")
    return document.id


async def _announce(turn: Turn, unit: UnitOfWork, meeting: Meeting, minutes: Minutes) -> None:
    """Post to the channel; where the bot is in no team, to the personal chat of everybody it
    knows."""
    told = replace(turn, language=turn.charter.team_language)
    message = activity(minutes_card(told, meeting, minutes, [], "minutes-announced", for_all=True))
    key = f"minutes:{meeting.id}:circulated"
    channel = await unit.places.for_purpose(Purpose.ANNOUNCEMENTS)
    if place := meeting.announced_in or (channel.id if channel else ""):
        await unit.outbox.post(conversation_id=place, activity=message, key=f"{key}:channel")
        return
    people = [person for person in await unit.people.everybody() if person.id != turn.person.id]
    chats = await unit.places.personal(person.id for person in people)
    for person in people:
        chat = chats.get(person.id)
        await unit.outbox.post(
            conversation_id=chat.id if chat else None,
            person_id=person.id,
            activity=message,
            key=f"{key}:{person.id}",
            reason=None if chat else "no-conversation",
            remedy=None if chat else "wait-for-install",
        )


@dataclass(frozen=True)
class CommentOnMinutes:
    number: int = slot("minutes-ask-number", Number())
    comment: str = slot("minutes-ask-comment", Words(at_most=10_000, lines=5))


async def comment_on_minutes(turn: Turn, request: CommentOnMinutes) -> Reply:
    """Keep a comment word for word; one after the window is kept and marked late (S66).

    What is marked as classified is refused: all comments go into an open library (S117, S118).
    """
    check_open(request.comment)
    async with turn.unit_of_work() as unit:
        meeting, minutes = await _circulated(unit, request.number)
        late = not minutes.is_open(turn.now)
        comment = Comment(
            minutes.id, turn.person.id, turn.person.label, request.comment, turn.now, late
        )
        await unit.comments.add(comment)
        if late:
            key = f"minutes:{meeting.id}:close"
            await unit.jobs.defer("close_comments", {"minutes": minutes.id}, key=key)
        comments = await unit.comments.on(minutes.id)
    key = "minutes-comment-late" if late else "minutes-comment-recorded"
    return minutes_card(turn, meeting, minutes, comments, key)


async def _circulated(unit: UnitOfWork, number: int) -> tuple[Meeting, Minutes]:
    meeting = await numbered(unit, number)
    minutes = await unit.minutes.of_meeting(number)
    if minutes is None:
        raise Refused("minutes-none-yet", number=number, title=meeting.title)
    return meeting, minutes


@dataclass(frozen=True)
class ShowMinutes:
    number: int = slot("minutes-ask-number", Number(), default=0)


async def show_minutes(turn: Turn, request: ShowMinutes) -> Reply:
    """The minutes of a meeting with their comments, or the latest minutes and which are open."""
    async with turn.reading() as unit:
        if not request.number:
            return minutes_list(turn, await unit.minutes.latest())
        meeting, minutes = await _circulated(unit, request.number)
        comments = await unit.comments.on(minutes.id)
    return minutes_card(turn, meeting, minutes, comments)


COMMANDS = (
    Command(
        "minutes circulate",
        CirculateMinutes,
        circulate_minutes,
        allowed=only_conveners,
        confirms=True,
        preview=preview_minutes,
        check=check_circulation,
        writes=True,
    ),
    Command(
        "minutes comment",
        CommentOnMinutes,
        comment_on_minutes,
        check=check_comments,
        writes=True,
    ),
    Command("minutes", ShowMinutes, show_minutes),
)
