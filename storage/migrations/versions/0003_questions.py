"""Questions put to the secretariat, what was asked, and how the answers were received."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INSTANT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.String(300).with_variant(sa.VARCHAR(300, collation="C"), "postgresql")
JSON = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True), "postgresql"
)


def upgrade() -> None:
    op.create_table('asked',
    sa.Column('id', ROW_ID, nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('folded', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('units', JSON, nullable=False),
    sa.Column('refused', sa.Boolean(), nullable=False),
    sa.Column('at', INSTANT, nullable=False),
    sa.Column('answer_id', sa.String(length=500), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_asked')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('asked', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_asked_answer_id'), ['answer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_asked_at'), ['at'], unique=False)

    op.create_table('feedback',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('answer_id', sa.String(length=500), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('units', JSON, nullable=False),
    sa.Column('refused', sa.Boolean(), nullable=False),
    sa.Column('reaction', sa.String(length=60), nullable=False),
    sa.Column('remark', sa.Text(), nullable=False),
    sa.Column('at', INSTANT, nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_feedback'))
    )
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_feedback_at'), ['at'], unique=False)

    op.create_table('questions',
    sa.Column('id', ROW_ID, nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('folded', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('asked_by', sa.String(length=200), nullable=False),
    sa.Column('asked_by_label', sa.String(length=300), nullable=False),
    sa.Column('asked_at', INSTANT, nullable=False),
    sa.Column('asked_in', sa.String(length=500), nullable=False),
    sa.Column('state', sa.String(length=60), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_by_label', sa.String(length=300), nullable=False),
    sa.Column('answered_at', INSTANT, nullable=True),
    sa.Column('practice_at', INSTANT, nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questions')),
    sa.UniqueConstraint('number', name=op.f('uq_questions_number')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('questions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_questions_asked_by'), ['asked_by'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('questions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_questions_asked_by'))

    op.drop_table('questions')
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_feedback_at'))

    op.drop_table('feedback')
    with op.batch_alter_table('asked', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_asked_at'))
        batch_op.drop_index(batch_op.f('ix_asked_answer_id'))

    op.drop_table('asked')
