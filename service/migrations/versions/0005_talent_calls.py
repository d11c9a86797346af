"""Talent calls, consent said with a list, the work that candidates seek"""

import sqlalchemy as sa
from alembic import op

from service import models

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "talent_call",
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("names_employer", sa.Boolean(), nullable=False),
        sa.Column("opened_at", models.Instant(timezone=True), nullable=False),
        sa.Column("deadline", models.Instant(timezone=True), nullable=False),
        sa.Column("closed_at", models.Instant(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_talent_call_need_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_talent_call_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talent_call")),
    )
    with op.batch_alter_table("talent_call", schema=None) as table:
        table.create_index(table.f("ix_talent_call_need_id"), ["need_id"], unique=False)
        table.create_index(table.f("ix_talent_call_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "call_ask",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", models.Instant(timezone=True), nullable=False),
        sa.Column("answered_at", models.Instant(timezone=True), nullable=True),
        sa.Column("remind_at", models.Instant(timezone=True), nullable=True),
        sa.Column("away", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["talent_call.id"], name=op.f("fk_call_ask_call_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_call_ask_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_ask")),
        sa.UniqueConstraint("call_id", "organisation_id", name=op.f("uq_call_ask_call_id_organisation_id")),
    )
    with op.batch_alter_table("call_ask", schema=None) as table:
        table.create_index(table.f("ix_call_ask_organisation_id"), ["organisation_id"], unique=False)
        table.create_index(table.f("ix_call_ask_remind_at"), ["remind_at"], unique=False)

    with op.batch_alter_table("submission", schema=None) as table:
        table.add_column(sa.Column("consent", sa.String(length=8), nullable=False, server_default="none"))
        table.add_column(sa.Column("consent_words", sa.Text(), nullable=False, server_default=""))
    call = f"call_id INTEGER CONSTRAINT {op.f('fk_submission_call_id')} REFERENCES talent_call (id)"
    op.execute(f"ALTER TABLE submission ADD COLUMN {call}")  # in place: a table made anew would lose what points to it
    op.create_index(op.f("ix_submission_call_id"), "submission", ["call_id"])

    with op.batch_alter_table("candidate", schema=None) as table:
        table.add_column(sa.Column("work", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("languages", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("candidate", schema=None) as table:
        table.drop_column("languages")
        table.drop_column("work")
    with op.batch_alter_table("submission", schema=None) as table:
        table.drop_index(table.f("ix_submission_call_id"))
        table.drop_column("consent_words")
        table.drop_column("consent")
        table.drop_column("call_id")
    op.drop_table("call_ask")
    op.drop_table("talent_call")
