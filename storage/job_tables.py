"""Procrastinate's tables as we read them on PostgreSQL and keep them on SQLite.

They are not part of our metadata: on PostgreSQL its own SQL makes them. `finished_at` and
`started_at` exist on SQLite only, where they stand for Procrastinate's table of events.
"""

from sqlalchemy import Boolean, Column, Enum, Integer, MetaData, String, Table, Text

from storage.metadata import Json, RowId, UtcDateTime

outside = MetaData()

STATES = ("todo", "doing", "succeeded", "failed", "cancelled", "aborting", "aborted")

jobs = Table(
    "procrastinate_jobs",
    outside,
    Column("id", RowId, primary_key=True),
    Column("queue_name", String(128), nullable=False),
    Column("task_name", String(128), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("lock", Text),
    Column("queueing_lock", Text),
    Column("args", Json, nullable=False),
    Column("status", Enum(*STATES, name="procrastinate_job_status"), nullable=False),
    Column("scheduled_at", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    Column("abort_requested", Boolean, nullable=False),
    Column("worker_id", RowId),
)

started_at = Column("started_at", UtcDateTime)
finished_at = Column("finished_at", UtcDateTime)
jobs_on_sqlite = jobs.to_metadata(MetaData())
jobs_on_sqlite.append_column(started_at)
jobs_on_sqlite.append_column(finished_at)

workers = Table(
    "procrastinate_workers",
    outside,
    Column("id", RowId, primary_key=True),
    Column("last_heartbeat", UtcDateTime, nullable=False),
)

periodic_defers = Table(
    "procrastinate_periodic_defers",
    outside,
    Column("id", RowId, primary_key=True),
    Column("task_name", String(128), nullable=False),
    Column("defer_timestamp", RowId),
    Column("job_id", RowId),
    Column("periodic_id", String(128), nullable=False),
)
