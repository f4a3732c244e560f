"""Tables of the coalition's nouns. Columns are named as the fields of the dataclasses they keep."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeEngine

from storage.metadata import Json, RowId, UtcDateTime, metadata


def _numbered(name: str, *columns: "Column[Any]") -> Table:
    return Table(
        name,
        metadata,
        Column("id", RowId, primary_key=True),
        *columns,
        Column("version", Integer, nullable=False, default=0),
        sqlite_autoincrement=True,
    )


def _needed(name: str, kind: "TypeEngine[Any]") -> "Column[Any]":
    return Column(name, kind, nullable=False)


_SHORT, _NAME, _LONG = String(60), String(300), Text()

people = Table(
    "people",
    metadata,
    Column("id", String(200), primary_key=True),
    _needed("name", _NAME),
    _needed("entity", _SHORT),
    _needed("seat", _SHORT),
    _needed("language", String(10)),
    _needed("zone", _SHORT),
    _needed("email", _NAME),
    _needed("version", Integer()),
)

places = Table(
    "places",
    metadata,
    Column("id", String(500), primary_key=True),
    _needed("kind", _SHORT),
    _needed("team_id", String(500)),
    _needed("name", _NAME),
    Column("person_id", String(200), nullable=False, index=True),
    _needed("purpose", _SHORT),
    _needed("reference", Json),
    _needed("version", Integer()),
)

#: What a member is in the middle of, in one conversation.
dialogs = Table(
    "dialogs",
    metadata,
    Column("conversation_id", String(500), primary_key=True),
    Column("person_id", String(200), primary_key=True),
    _needed("state", Json),
    _needed("version", Integer()),
    _needed("at", UtcDateTime()),
)

#: What was done lately on whose word, so that an activity sent again changes nothing.
receipts = Table(
    "receipts",
    metadata,
    Column("fingerprint", String(64), primary_key=True),
    _needed("at", UtcDateTime()),
    _needed("reply", Json),
)

counters = Table(
    "counters", metadata, Column("name", _SHORT, primary_key=True), _needed("value", Integer())
)

marks = Table("marks", metadata, Column("name", _SHORT, primary_key=True), _needed("value", Json))

meetings = _numbered(
    "meetings",
    _needed("title", _NAME),
    _needed("kind", _SHORT),
    Column("starts_at", UtcDateTime, nullable=False, index=True),
    _needed("zone", _SHORT),
    _needed("lasts_for", Integer()),
    _needed("place", _LONG),
    _needed("announced_in", String(500)),
    _needed("scheduled_by", String(200)),
    _needed("state", _SHORT),
    Column("notice_on", Date),
    _needed("event_id", _LONG),
    _needed("event_link", _LONG),
    _needed("event_version", Integer()),
)

minutes = _numbered(
    "minutes",
    Column("meeting_id", RowId, ForeignKey("meetings.id"), nullable=False, unique=True),
    _needed("meeting_title", _NAME),
    _needed("text", _LONG),
    _needed("link", _LONG),
    _needed("circulated_at", UtcDateTime()),
    _needed("closes_at", UtcDateTime()),
    _needed("circulated_by", String(200)),
    _needed("circulated_by_label", _NAME),
    _needed("announced_in", String(500)),
    _needed("document_id", Integer()),
    _needed("record_link", _LONG),
    Column("closed_at", UtcDateTime),
)

comments = _numbered(
    "comments",
    Column("minutes_id", RowId, ForeignKey("minutes.id"), nullable=False, index=True),
    _needed("person_id", String(200)),
    _needed("label", _NAME),
    _needed("text", _LONG),
    _needed("made_at", UtcDateTime()),
    _needed("is_late", Boolean()),
)

requests = _numbered(
    "requests",
    Column("number", String(20), nullable=False, unique=True),
    _needed("service", String(10)),
    _needed("line", String(10)),
    _needed("subject", _NAME),
    _needed("details", _LONG),
    _needed("countries", _LONG),
    _needed("requester", _SHORT),
    _needed("for_external", Boolean()),
    Column("needed_on", Date),
    _needed("filed_by", String(200)),
    _needed("filed_by_label", _NAME),
    _needed("filed_at", UtcDateTime()),
    _needed("filed_in", String(500)),
    _needed("state", _SHORT),
    _needed("state_by_label", _NAME),
    Column("state_at", UtcDateTime),
    _needed("reason", _LONG),
    _needed("row_id", _NAME),
)

documents = _numbered(
    "documents",
    _needed("name", _NAME),
    _needed("folder", _NAME),
    _needed("title", _NAME),
    _needed("source", _SHORT),
    _needed("source_url", _LONG),
    _needed("filed_by", String(200)),
    _needed("filed_by_label", _NAME),
    _needed("filed_at", UtcDateTime()),
    _needed("asked_in", String(500)),
    _needed("meeting_id", Integer()),
    _needed("state", _SHORT),
    _needed("item_id", _NAME),
    _needed("web_url", _LONG),
    _needed("reason", _LONG),
)

questions = _numbered(
    "questions",
    Column("number", String(20), nullable=False, unique=True),
    _needed("text", _LONG),
    _needed("folded", _LONG),
    _needed("language", String(10)),
    Column("asked_by", String(200), nullable=False, index=True),
    _needed("asked_by_label", _NAME),
    _needed("asked_at", UtcDateTime()),
    _needed("asked_in", String(500)),
    _needed("state", _SHORT),
    _needed("answer", _LONG),
    _needed("answered_by_label", _NAME),
    Column("answered_at", UtcDateTime),
    Column("practice_at", UtcDateTime),
)

#: What the documents were asked, by nobody in particular.
asked = Table(
    "asked",
    metadata,
    Column("id", RowId, primary_key=True),
    _needed("text", _LONG),
    _needed("folded", _LONG),
    _needed("language", String(10)),
    _needed("units", Json),
    _needed("refused", Boolean()),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("answer_id", String(500), nullable=False, index=True),
    sqlite_autoincrement=True,
)

feedback = Table(
    "feedback",
    metadata,
    Column("key", String(64), primary_key=True),
    _needed("answer_id", String(500)),
    _needed("text", _LONG),
    _needed("units", Json),
    _needed("refused", Boolean()),
    _needed("reaction", _SHORT),
    _needed("remark", _LONG),
    Column("at", UtcDateTime, nullable=False, index=True),
)
