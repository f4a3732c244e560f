"""The kernel: audit trail, outbox, pace, and the tables of the job engine."""

from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SQL = Path(__file__).parents[1] / "sql"

INSTANT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.String(300).with_variant(sa.VARCHAR(300, collation="C"), "postgresql")
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")

APPEND_ONLY_SQLITE = """
CREATE TRIGGER audit_trail_no_{verb} BEFORE {verb} ON audit_trail
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
"""
APPEND_ONLY_POSTGRESQL = """
CREATE FUNCTION audit_trail_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$;
CREATE TRIGGER audit_trail_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_trail
FOR EACH STATEMENT EXECUTE FUNCTION audit_trail_is_append_only();
"""
# Everything of Procrastinate begins with its name, its indexes and triggers go with the tables.
DROP_PROCRASTINATE = """
DO $$ DECLARE thing record; BEGIN
FOR thing IN SELECT tablename AS name FROM pg_tables
    WHERE schemaname = current_schema() AND tablename LIKE 'procrastinate\\_%' LOOP
    EXECUTE format('DROP TABLE %I CASCADE', thing.name);
END LOOP;
FOR thing IN SELECT oid::regprocedure AS name FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace AND proname LIKE 'procrastinate\\_%' LOOP
    EXECUTE format('DROP FUNCTION %s CASCADE', thing.name);
END LOOP;
FOR thing IN SELECT typname AS name FROM pg_type
    WHERE typnamespace = current_schema()::regnamespace
    AND typname LIKE 'procrastinate\\_%' AND typtype IN ('e', 'c') LOOP
    EXECUTE format('DROP TYPE IF EXISTS %I CASCADE', thing.name);
END LOOP;
END $$;
"""


def upgrade() -> None:
    make_audit_trail()
    make_outbox()
    if op.get_bind().dialect.name == "sqlite":
        run(APPEND_ONLY_SQLITE.format(verb="update"))
        run(APPEND_ONLY_SQLITE.format(verb="delete"))
        tables = (SQL / "procrastinate_3_10_sqlite.sql").read_text(encoding="utf-8")
        for statement in tables.split(";\n"):
            run(statement)
    else:
        run(APPEND_ONLY_POSTGRESQL)
        run((SQL / "procrastinate_3_10_postgresql.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    if on_sqlite:
        for name in ("periodic_defers", "jobs", "workers"):
            op.drop_table(f"procrastinate_{name}")
    else:
        run(DROP_PROCRASTINATE)
    for name in ("signs_of_life", "slots", "unreachable_conversations", "deliveries"):
        op.drop_table(name)
    op.drop_table("audit_trail")
    if not on_sqlite:
        op.execute("DROP FUNCTION audit_trail_is_append_only()")


def run(statements: str) -> None:
    """As it stands: nothing in it is taken for a placeholder."""
    connection = op.get_bind().connection.driver_connection
    connection.cursor().execute(statements)


def make_audit_trail() -> None:
    op.create_table(
        "audit_trail",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("noun", sa.String(length=80), nullable=False),
        sa.Column("record_id", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("before", JSON, nullable=True),
        sa.Column("after", JSON, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_trail")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_trail_noun_record_id", "audit_trail", ["noun", "record_id"])


def make_outbox() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("conversation_id", sa.String(length=500), nullable=True),
        sa.Column("person_id", sa.String(length=200), nullable=True),
        sa.Column("activity", JSON, nullable=False),
        sa.Column("replaces", sa.String(length=500), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("remedy", sa.Text(), nullable=True),
        sa.Column("activity_id", sa.String(length=500), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claim", sa.String(length=40), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("key", name=op.f("uq_deliveries_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_deliveries_conversation_id_state", "deliveries", ["conversation_id", "state"]
    )
    op.create_index("ix_deliveries_state", "deliveries", ["state"])
    op.create_table(
        "unreachable_conversations",
        sa.Column("conversation_id", sa.String(length=500), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("delivery_id", ROW_ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["deliveries.id"],
            name=op.f("fk_unreachable_conversations_delivery_id_deliveries"),
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_unreachable_conversations")),
    )
    op.create_table(
        "slots",
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("taken", JSON, nullable=False),
        sa.Column("held_until", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_slots")),
    )
    op.create_table(
        "signs_of_life",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_signs_of_life")),
    )
