"""Tables of the kernel: the audit trail, what leaves the process, and the pace at which it may."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, Text

from storage.metadata import Json, Key, RowId, UtcDateTime, metadata

#: Append-only: triggers in the migration refuse UPDATE and DELETE on both databases.
audit_trail = Table(
    "audit_trail",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(200), nullable=False),
    Column("noun", String(80), nullable=False),
    Column("record_id", String(200), nullable=False),
    Column("action", String(40), nullable=False),
    Column("before", Json),
    Column("after", Json),
    Index(None, "noun", "record_id"),
    sqlite_autoincrement=True,
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("key", Key, nullable=False, unique=True),
    Column("conversation_id", String(500)),
    Column("person_id", String(200)),
    Column("activity", Json, nullable=False),
    Column("replaces", String(500)),
    Column("state", String(20), nullable=False),
    Column("reason", Text),
    Column("remedy", Text),
    Column("activity_id", String(500)),
    Column("attempts", Integer, nullable=False, default=0),
    # Who is sending it: an answer is recorded only by the sender whose claim still stands.
    Column("claim", String(40)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Index(None, "conversation_id", "state"),
    Index(None, "state"),
    sqlite_autoincrement=True,
)

#: Conversations that no message reaches until an event clears them.
unreachable_conversations = Table(
    "unreachable_conversations",
    metadata,
    Column("conversation_id", String(500), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("delivery_id", RowId, ForeignKey("deliveries.id")),
)

#: One row for each conversation and one for the app: when its last messages left, as seconds
#: since 1970 by the wall clock, because the limits of Microsoft do not follow a moved clock.
slots = Table(
    "slots",
    metadata,
    Column("name", String(500), primary_key=True),
    Column("taken", Json, nullable=False),
    Column("held_until", Float, nullable=False, default=0.0),
)

#: When the jobs of the clock were last seen at work.
signs_of_life = Table(
    "signs_of_life",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)
