"""The job `close_comments`: at the end of the window the secretariat gets all comments at once."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from coalition.charter import Charter
from coalition.errors import Stale
from coalition.meetings import Meeting
from coalition.minutes import Comment, Minutes
from coalition.places import Purpose
from graph.client import Graph
from jobs.engine import Engine, Retry, RetryLater
from jobs.graph_errors import patient
from language.dates import say_instant
from language.texts import Texts, texts
from storage.database import Database

RETRY = Retry((5, 30, 120, 600, 1800, 3600))


class Voice(Protocol):
    """Words the message that the document with all comments is ready."""

    def record_ready(self, minutes: Minutes, name: str) -> Mapping[str, Any]: ...


class CommentPeriods:
    """Writes minutes and comments into one document of the library (S66, S67)."""

    def __init__(self, database: Database, graph: Graph, charter: Charter, voice: Voice) -> None:
        self._database = database
        self._graph = graph
        self._charter = charter
        self._voice = voice

    def register(self, engine: Engine) -> None:
        engine.task("close_comments", self.close, retry=RETRY)

    async def close(self, arguments: Mapping[str, Any]) -> None:
        """File the document; a late comment brings it up to date without a second message."""
        async with self._database.unit_of_work(read_only=True) as unit:
            minutes = await unit.minutes.get(int(arguments["minutes"]))
            if minutes is None or minutes.is_open(unit.now):
                return
            meeting = await unit.meetings.get(minutes.meeting_id)
            comments = await unit.comments.on(minutes.id)
        if meeting is None:
            return
        t = texts(self._charter.team_language)
        name = f"{t('minutes-record-name', number=meeting.id)}.docx"
        content = record(t, self._charter, meeting, minutes, comments)
        async with patient("close_comments"):
            item = await self._graph.drive.put(
                self._charter.library["minutes"],
                name,
                content,
                conflict="replace",
                title=t("minutes-record-heading", title=meeting.title),
            )
        await self._tell(replace(minutes, record_link=item.web_url), minutes, name)

    async def _tell(self, closed: Minutes, was: Minutes, name: str) -> None:
        try:
            async with self._database.unit_of_work() as unit:
                at = was.closed_at or unit.now
                saved = await unit.minutes.save(replace(closed, closed_at=at), was)
                message = self._voice.record_ready(saved, name)
                key = f"minutes:{saved.meeting_id}:closed"
                await unit.postings.post(Purpose.SECRETARIAT, message, key)
        except Stale as error:
            raise RetryLater(1, "minutes changed") from error


def record(
    t: Texts, charter: Charter, meeting: Meeting, minutes: Minutes, comments: Sequence[Comment]
) -> bytes:
    """The minutes and all comments as a Word document."""
    from docx import Document  # read when first needed: most processes never write one

    document = Document()
    document.add_heading(t("minutes-record-heading", title=meeting.title), level=1)
    document.add_paragraph(say_instant(meeting.starts_at, meeting.zone, t.language))
    attached = minutes.link or (t("minutes-record-attached") if minutes.document_id else "")
    if attached:
        document.add_paragraph(t("minutes-record-source", link=attached))
    for paragraph in minutes.text.splitlines():
        document.add_paragraph(_printable(paragraph))
    document.add_heading(t("minutes-record-comments"), level=2)
    if not comments:
        document.add_paragraph(t("minutes-record-none"))
    for comment in comments:
        at = say_instant(comment.made_at, charter.zone, t.language)
        late = f" · {t('minutes-late')}" if comment.is_late else ""
        document.add_paragraph().add_run(f"{_printable(comment.label)} · {at}{late}").bold = True
        for paragraph in comment.text.splitlines():
            document.add_paragraph(_printable(paragraph))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


#: What XML 1.0 knows no way to write: https://www.w3.org/TR/xml/#charsets
_UNWRITABLE = re.compile("[^\t -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _printable(text: str) -> str:
    """The text without what a Word document cannot hold."""
    return _UNWRITABLE.sub("", text)
