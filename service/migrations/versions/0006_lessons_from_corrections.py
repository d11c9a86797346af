"""What people corrected, what was learnt from it, and where it was used"""

import sqlalchemy as sa
from alembic import op

from service import models

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _lesson()
    _correction()
    _lesson_use()


def _lesson() -> None:
    op.create_table(
        "lesson",
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("everywhere", sa.Boolean(), nullable=False),
        *(_words(name) for name in ("sender", "trigger", "written")),
        sa.Column("field", sa.String(length=20), nullable=False),
        _words("value"),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("taught", sa.Integer(), nullable=False),
        sa.Column("against", sa.Integer(), nullable=False),
        _words("taught_by"),
        sa.Column("taught_at", models.Instant(timezone=True), nullable=False),
        _words("changed_by"),
        sa.Column("changed_at", models.Instant(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        _points("lesson", "organisation_id", "organisation", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
    )
    _indexed("lesson", ["kind", "trigger"], ["organisation_id"], ["state"])


def _correction() -> None:
    op.create_table(
        "correction",
        sa.Column("at", models.Instant(timezone=True), nullable=False),
        _words("who"),
        *(sa.Column(f"{name}_id", sa.Integer(), nullable=True) for name in ("organisation", "message", "referral")),
        sa.Column("field", sa.String(length=40), nullable=False),
        *(_words(name) for name in ("words", "before", "after")),
        sa.Column("personal", sa.Boolean(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        _points("correction", "organisation_id", "organisation", "CASCADE"),
        _points("correction", "message_id", "inbound_message"),
        _points("correction", "referral_id", "referral"),
        _points("correction", "lesson_id", "lesson", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    _indexed("correction", ["at"], ["organisation_id"], ["message_id"], ["referral_id"], ["lesson_id"])


def _lesson_use() -> None:
    op.create_table(
        "lesson_use",
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("at", models.Instant(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _points("lesson_use", "lesson_id", "lesson", "CASCADE"),
        _points("lesson_use", "message_id", "inbound_message", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_use")),
        sa.UniqueConstraint("lesson_id", "message_id", "field", name=op.f("uq_lesson_use_lesson_id_message_id_field")),
    )
    _indexed("lesson_use", ["message_id"])


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _points(table: str, column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def _indexed(table: str, *columns: list[str]) -> None:
    with op.batch_alter_table(table) as batch:
        for names in columns:
            batch.create_index(batch.f(f"ix_{table}_{'_'.join(names)}"), names, unique=False)


def downgrade() -> None:
    for table in ("lesson_use", "correction", "lesson"):
        op.drop_table(table)
