"""Cards of minutes: the text, the window for comments, the comments, and a field to write one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from microsoft_teams.cards import CardElement, ExecuteAction

from bot.cards.layout import button, card, facts, line, notice, row_lines, text_input, title, typed
from bot.saying import say
from bot.turn import Reply, Turn
from coalition.meetings import Meeting, minutes_by
from coalition.minutes import Comment, Minutes
from language.dates import say_instant

#: Bytes of minutes and of comments: a message holds them three times (card, text, summary) and
#: stays under the 80 KB that Teams takes (L9). All of it goes into the record in the library.
_SHOWN, _COMMENTS, _COMMENT = 9000, 9000, 1200


def minutes_card(
    turn: Turn,
    meeting: Meeting,
    minutes: Minutes,
    comments: Sequence[Comment],
    what: str = "",
    *,
    for_all: bool = False,
) -> Reply:
    """The minutes of a meeting.

    :param what: the key of what just happened to them.
    :param for_all: a post that all read: comments are counted, not shown, and written on a card
        of one's own, because what one member fills in on a shared card others may lose.
    """
    t = turn.t
    zone = turn.charter.zone
    happened = say(t, what, zone, number=meeting.id, title=meeting.title) if what else ""
    heading = t("minutes-of", title=meeting.title)
    rows = _rows(turn, meeting, minutes)
    late = _late(turn, meeting, minutes)
    excerpt = _cut(minutes.text, _SHOWN)
    said = [] if for_all else _latest(turn, comments)
    count = t.count("minutes-comments", len(comments)) if comments else t("minutes-no-comments")
    words = f"{t.words('command-minutes-comment')[0]} {meeting.id}"
    actions = _actions(turn, meeting, words, for_all=for_all)
    hint = t("minutes-type-comment", command=words) + "  \n" + typed(t, actions[1:])
    told = "\n".join(said)
    parts = [happened, f"**{heading}**", row_lines(rows), late, excerpt, count, told, hint]
    text = "\n\n".join(part for part in parts if part)
    body: list[CardElement] = [notice(happened)] if happened else []
    body += [title(heading), facts(rows)]
    body += [line(part) for part in (late, excerpt) if part]
    body += [line(count, strong=True), *(line(entry) for entry in said)]
    if not for_all:
        body.append(text_input("comment", t("minutes-label-comment"), lines=3))
    body.append(line(hint, quiet=True))
    return Reply(text, card(*body, actions=actions, text=text))


def _rows(turn: Turn, meeting: Meeting, minutes: Minutes) -> list[tuple[str, str]]:
    t = turn.t
    return [
        (t("meetings-label-when"), say_instant(meeting.starts_at, meeting.zone, t.language)),
        (t("minutes-label-circulated"), _circulated(turn, minutes)),
        (t("minutes-label-window"), _window(turn, minutes)),
        (t("minutes-label-link"), minutes.link),
    ]


def _actions(turn: Turn, meeting: Meeting, words: str, *, for_all: bool) -> list[ExecuteAction]:
    t = turn.t
    show = f"{t.words('command-minutes')[0]} {meeting.id}"
    if for_all:
        return [
            button(t("title-minutes-comment"), words, beside=True),
            button(t("button-comments"), show, beside=True),
        ]
    return [
        button(t("button-comment"), words, follows="comment"),
        button(t("button-comments"), show),
    ]


def _circulated(turn: Turn, minutes: Minutes) -> str:
    at = say_instant(minutes.circulated_at, turn.charter.zone, turn.language)
    return f"{at} · {minutes.circulated_by_label}"


def _window(turn: Turn, minutes: Minutes) -> str:
    """Until when comments count, said by the time itself: no job has to have run."""
    last = minutes.closes_at - timedelta(minutes=1)
    at = say_instant(last, turn.charter.zone, turn.language)
    return turn.t("minutes-open" if minutes.is_open(turn.now) else "minutes-closed", at=at)


def _late(turn: Turn, meeting: Meeting, minutes: Minutes) -> str:
    """A remark where the week of S65 was over before the minutes went round."""
    due = minutes_by(meeting.day, turn.charter.meetings)
    day = minutes.circulated_at.astimezone(ZoneInfo(turn.charter.zone)).date()
    return say(turn.t, "minutes-were-due", turn.zone, day=due) if day > due else ""


def _latest(turn: Turn, comments: Sequence[Comment]) -> list[str]:
    """As many of the latest comments as a message holds, and that it does not hold all."""
    shown: list[str] = []
    left = _COMMENTS
    for comment in reversed(comments):
        said = _comment(turn, replace(comment, text=_cut(comment.text, _COMMENT)))
        left -= len(said.encode())
        if left < 0:
            break
        shown.insert(0, said)
    whole = all(len(comment.text.encode()) <= _COMMENT for comment in comments)
    if whole and len(shown) == len(comments):
        return shown
    return [*shown, turn.t("minutes-comments-cut")]


def _cut(text: str, size: int) -> str:
    """The text, cut to so many bytes."""
    if len(text.encode()) <= size:
        return text
    return f"{text.encode()[:size].decode(errors='ignore')}…"


def _comment(turn: Turn, comment: Comment) -> str:
    at = say_instant(comment.made_at, turn.charter.zone, turn.language)
    mark = f" · **{turn.t('minutes-late')}**" if comment.is_late else ""
    return f"- **{comment.label}** ({at}){mark}: {comment.text}"


def minutes_list(turn: Turn, latest: Sequence[Minutes]) -> Reply:
    """The latest minutes, each with its window."""
    t = turn.t
    if not latest:
        text = t("minutes-none")
        return Reply(text, card(line(text), text=text))
    lines = [
        f"**{t('meetings-number', number=minutes.meeting_id)}** {minutes.meeting_title}  \n"
        f"{_window(turn, minutes)}"
        for minutes in latest
    ]
    hint = t("minutes-hint", command=t.words("command-minutes")[0])
    text = "\n\n".join([t("minutes-latest"), "\n".join(f"- {entry}" for entry in lines), hint])
    body = [title(t("minutes-latest")), *(line(entry) for entry in lines), line(hint, quiet=True)]
    return Reply(text, card(*body, text=text))
