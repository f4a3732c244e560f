"""The coalition's nouns."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INSTANT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.String(300).with_variant(sa.VARCHAR(300, collation="C"), "postgresql")
JSON = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True), "postgresql"
)


def upgrade() -> None:
    op.create_table('counters',
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_counters'))
    )
    op.create_table('dialogs',
    sa.Column('conversation_id', sa.String(length=500), nullable=False),
    sa.Column('person_id', sa.String(length=200), nullable=False),
    sa.Column('state', JSON, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('at', INSTANT, nullable=False),
    sa.PrimaryKeyConstraint('conversation_id', 'person_id', name=op.f('pk_dialogs'))
    )
    op.create_table('documents',
    sa.Column('id', ROW_ID, nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('folder', sa.String(length=300), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('source', sa.String(length=60), nullable=False),
    sa.Column('source_url', sa.Text(), nullable=False),
    sa.Column('filed_by', sa.String(length=200), nullable=False),
    sa.Column('filed_by_label', sa.String(length=300), nullable=False),
    sa.Column('filed_at', INSTANT, nullable=False),
    sa.Column('asked_in', sa.String(length=500), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=60), nullable=False),
    sa.Column('item_id', sa.String(length=300), nullable=False),
    sa.Column('web_url', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_documents')),
    sqlite_autoincrement=True
    )
    op.create_table('marks',
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('value', JSON, nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_marks'))
    )
    op.create_table('meetings',
    sa.Column('id', ROW_ID, nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('starts_at', INSTANT, nullable=False),
    sa.Column('zone', sa.String(length=60), nullable=False),
    sa.Column('lasts_for', sa.Integer(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('announced_in', sa.String(length=500), nullable=False),
    sa.Column('scheduled_by', sa.String(length=200), nullable=False),
    sa.Column('state', sa.String(length=60), nullable=False),
    sa.Column('notice_on', sa.Date(), nullable=True),
    sa.Column('event_id', sa.Text(), nullable=False),
    sa.Column('event_link', sa.Text(), nullable=False),
    sa.Column('event_version', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meetings')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meetings_starts_at'), ['starts_at'], unique=False)

    op.create_table('people',
    sa.Column('id', sa.String(length=200), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('entity', sa.String(length=60), nullable=False),
    sa.Column('seat', sa.String(length=60), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('zone', sa.String(length=60), nullable=False),
    sa.Column('email', sa.String(length=300), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people'))
    )
    op.create_table('places',
    sa.Column('id', sa.String(length=500), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('team_id', sa.String(length=500), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('person_id', sa.String(length=200), nullable=False),
    sa.Column('purpose', sa.String(length=60), nullable=False),
    sa.Column('reference', JSON, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_places'))
    )
    with op.batch_alter_table('places', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_places_person_id'), ['person_id'], unique=False)

    op.create_table('receipts',
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('at', INSTANT, nullable=False),
    sa.Column('reply', JSON, nullable=False),
    sa.PrimaryKeyConstraint('fingerprint', name=op.f('pk_receipts'))
    )
    op.create_table('requests',
    sa.Column('id', ROW_ID, nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('service', sa.String(length=10), nullable=False),
    sa.Column('line', sa.String(length=10), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('details', sa.Text(), nullable=False),
    sa.Column('countries', sa.Text(), nullable=False),
    sa.Column('requester', sa.String(length=60), nullable=False),
    sa.Column('for_external', sa.Boolean(), nullable=False),
    sa.Column('needed_on', sa.Date(), nullable=True),
    sa.Column('filed_by', sa.String(length=200), nullable=False),
    sa.Column('filed_by_label', sa.String(length=300), nullable=False),
    sa.Column('filed_at', INSTANT, nullable=False),
    sa.Column('filed_in', sa.String(length=500), nullable=False),
    sa.Column('state', sa.String(length=60), nullable=False),
    sa.Column('state_by_label', sa.String(length=300), nullable=False),
    sa.Column('state_at', INSTANT, nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('row_id', sa.String(length=300), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_requests')),
    sa.UniqueConstraint('number', name=op.f('uq_requests_number')),
    sqlite_autoincrement=True
    )
    op.create_table('minutes',
    sa.Column('id', ROW_ID, nullable=False),
    sa.Column('meeting_id', ROW_ID, nullable=False),
    sa.Column('meeting_title', sa.String(length=300), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('link', sa.Text(), nullable=False),
    sa.Column('circulated_at', INSTANT, nullable=False),
    sa.Column('closes_at', INSTANT, nullable=False),
    sa.Column('circulated_by', sa.String(length=200), nullable=False),
    sa.Column('circulated_by_label', sa.String(length=300), nullable=False),
    sa.Column('announced_in', sa.String(length=500), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('record_link', sa.Text(), nullable=False),
    sa.Column('closed_at', INSTANT, nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_minutes_meeting_id_meetings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_minutes')),
    sa.UniqueConstraint('meeting_id', name=op.f('uq_minutes_meeting_id')),
    sqlite_autoincrement=True
    )
    op.create_table('comments',
    sa.Column('id', ROW_ID, nullable=False),
    sa.Column('minutes_id', ROW_ID, nullable=False),
    sa.Column('person_id', sa.String(length=200), nullable=False),
    sa.Column('label', sa.String(length=300), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('made_at', INSTANT, nullable=False),
    sa.Column('is_late', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['minutes_id'], ['minutes.id'], name=op.f('fk_comments_minutes_id_minutes')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comments')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('comments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_comments_minutes_id'), ['minutes_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('comments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_comments_minutes_id'))

    op.drop_table('comments')
    op.drop_table('minutes')
    op.drop_table('requests')
    op.drop_table('receipts')
    with op.batch_alter_table('places', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_places_person_id'))

    op.drop_table('places')
    op.drop_table('people')
    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meetings_starts_at'))

    op.drop_table('meetings')
    op.drop_table('marks')
    op.drop_table('documents')
    op.drop_table('dialogs')
    op.drop_table('counters')
