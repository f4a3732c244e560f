"""Cards of meetings: one meeting, the list, and the reminder that the clock sends."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from microsoft_teams.cards import CardElement, ExecuteAction

from bot.cards.layout import button, facts, line, notice, row_lines, title, with_typed
from bot.saying import say
from bot.turn import Reply, Turn
from coalition.charter import MeetingRules
from coalition.meetings import Meeting, MeetingKind, minutes_by
from language.dates import say_day, say_instant
from language.texts import Texts


def meeting_card(
    turn: Turn,
    meeting: Meeting,
    what: str = "",
    *,
    near: Meeting | None = None,
    was: Meeting | None = None,
    for_all: bool = False,
) -> Reply:
    """One meeting.

    :param what: the key of what just happened to it.
    :param near: a meeting so short before that its minutes cannot go round in time (gap Q7).
    :param was: the meeting before it was moved.
    :param for_all: a post that all read, without buttons for those who may change it.
    """
    t = turn.t
    happened = say(t, what, turn.zone, number=meeting.id, title=meeting.title) if what else ""
    rows = _rows(turn, meeting)
    if was:
        rows.insert(1, (t("meetings-label-was"), _clock(was, turn)))
    notes = _notes(turn, meeting, near)
    heading = f"{meeting.title} · {t('meetings-number', number=meeting.id)}"
    text = "\n\n".join(
        part for part in (happened, f"**{heading}**", row_lines(rows), *notes) if part
    )
    body: list[CardElement] = [notice(happened)] if happened else []
    body += [title(heading), facts(rows), *(line(note, quiet=True) for note in notes)]
    actions = [] if for_all else _actions(turn, meeting)
    return with_typed(t, text, *body, actions=actions)


def _rows(turn: Turn, meeting: Meeting) -> list[tuple[str, str]]:
    t = turn.t
    minutes_due = minutes_by(meeting.day, turn.charter.meetings)
    rows = [
        (t("meetings-label-when"), _clock(meeting, turn)),
        (t("meetings-label-lasts-for"), t.count("minutes-long", meeting.lasts_for)),
        (t("meetings-label-kind"), t(f"meeting-kind-{meeting.kind}")),
        (t("meetings-label-place"), meeting.place),
    ]
    if meeting.is_cancelled:
        return [*rows, (t("meetings-label-state"), t("meeting-state-cancelled"))]
    return [*rows, (t("meetings-label-minutes-by"), say_day(minutes_due, turn.language))]


def _clock(meeting: Meeting, turn: Turn) -> str:
    """The start where the meeting was meant, and at the reader's where that differs."""
    there = say_instant(meeting.starts_at, meeting.zone, turn.language)
    here = say_instant(meeting.starts_at, turn.zone, turn.language)
    same = meeting.zone == turn.zone or _offset(meeting, meeting.zone) == _offset(
        meeting, turn.zone
    )
    return there if same else turn.t("date-both", there=there, here=here)


def _offset(meeting: Meeting, zone: str) -> object:
    return meeting.starts_at.astimezone(ZoneInfo(zone)).utcoffset()


def _notes(turn: Turn, meeting: Meeting, near: Meeting | None) -> list[str]:
    t, notes = turn.t, []
    if meeting.kind in (MeetingKind.CO_CHAIRS, MeetingKind.PRINCIPAL) and not meeting.is_cancelled:
        notes.append(t("meetings-notice-silent"))
    if near:
        notes.append(t("meetings-near", number=near.id, title=near.title))
    if not meeting.announced_in:
        notes.append(t("meetings-no-channel"))
    return notes


def _actions(turn: Turn, meeting: Meeting) -> list[ExecuteAction]:
    if meeting.is_cancelled:
        return []
    t = turn.t
    if meeting.starts_at <= turn.now:
        words = f"{t.words('command-minutes-circulate')[0]} {meeting.id}"
        return [button(t("button-circulate"), words, beside=True)] if turn.may_convene else []
    if not turn.may_convene:
        return []
    return [
        button(
            t(f"button-{name}"),
            f"{t.words(f'command-meetings-{name}')[0]} {meeting.id}",
            beside=True,
        )
        for name in ("move", "cancel")
    ]


def meeting_line(turn: Turn, meeting: Meeting) -> str:
    """A meeting in two lines: number and title, and when it is."""
    number = turn.t("meetings-number", number=meeting.id)
    return f"**{number}** {meeting.title}  \n{_clock(meeting, turn)}"


def meetings_card(turn: Turn, coming: Sequence[Meeting], past: Sequence[Meeting]) -> Reply:
    """The meetings to come and the latest past ones, each with its number."""
    t = turn.t
    if not coming and not past:
        text = t("meetings-none")
        return with_typed(t, text, line(text), actions=_schedule(turn))
    parts: list[tuple[str, Sequence[Meeting]]] = [
        (t("meetings-coming"), coming),
        (t("meetings-past"), past),
    ]
    body: list[CardElement] = []
    texts = []
    for heading, meetings in parts:
        if not meetings:
            continue
        lines = [meeting_line(turn, meeting) for meeting in meetings]
        body += [title(heading), *(line(entry) for entry in lines)]
        texts.append(f"{heading}\n\n" + "\n".join(f"- {entry}" for entry in lines))
    hint = t("meetings-hint", command=t.words("command-meeting")[0])
    body.append(line(hint, quiet=True))
    text = "\n\n".join([*texts, hint])
    return with_typed(t, text, *body, actions=_schedule(turn))


def _schedule(turn: Turn) -> list[ExecuteAction]:
    if not turn.may_convene:
        return []
    return [
        button(turn.t("button-schedule"), turn.t.words("command-meetings-schedule")[0], beside=True)
    ]


def reminder_reply(t: Texts, meeting: Meeting, name: str, rules: MeetingRules) -> Reply:
    """The message that the clock sends about a meeting; `name` is that of the reminder."""
    at = say_instant(meeting.starts_at, meeting.zone, t.language)
    minutes_due = say_day(minutes_by(meeting.day, rules), t.language)
    key = "reminder-minutes-due" if name == "minutes-due" else "reminder-meeting"
    said = t(key, number=meeting.id, title=meeting.title, at=at, minutes_by=minutes_due)
    rows = [(t("meetings-label-when"), at), (t("meetings-label-place"), meeting.place)]
    words = f"{t.words('command-meeting')[0]} {meeting.id}"
    actions = [button(t("button-show"), words, beside=True)]
    text = "\n\n".join([said, row_lines(rows)])
    body = [title(t("reminder-title")), line(said), facts(rows)]
    return with_typed(t, text, *body, actions=actions)
