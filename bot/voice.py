"""What the clock says in Teams: the messages of the jobs, worded and drawn as those of the bot."""

from collections.abc import Mapping
from typing import Any

from bot.activities import activity
from bot.cards.documents import filed_reply
from bot.cards.meetings import reminder_reply
from bot.turn import Reply
from coalition.charter import Charter
from coalition.documents import Document
from coalition.meetings import Meeting
from coalition.minutes import Minutes
from language.texts import texts


class Voice:
    """Channels are written to in the team's language, members in their own."""

    def __init__(self, charter: Charter) -> None:
        self._charter = charter
        self._t = texts(charter.team_language)

    def reminder(self, meeting: Meeting, name: str) -> Mapping[str, Any]:
        """A reminder of a meeting or of its minutes."""
        return activity(reminder_reply(self._t, meeting, name, self._charter.meetings))

    def document_filed(self, document: Document, language: str) -> Mapping[str, Any]:
        """Where a document was filed, or why it was not."""
        return activity(filed_reply(texts(language), document))

    def record_ready(self, minutes: Minutes, name: str) -> Mapping[str, Any]:
        """Where all comments on minutes are, once their window is closed."""
        text = self._t(
            "minutes-record-ready",
            number=minutes.meeting_id,
            title=minutes.meeting_title,
            name=name,
            link=minutes.record_link,
        )
        return activity(Reply(text))
