"""Documents of agreements, placements under one, what partners write of their pages, openings that are offered"""

import sqlalchemy as sa
from alembic import op

from service import models

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("agreement", sa.Column("document_name", sa.Text(), nullable=False, server_default=""))
    op.add_column("agreement", sa.Column("document", sa.LargeBinary(), nullable=True))
    _agreement_of_placement()
    op.add_column("talent_call", sa.Column("offers_opening", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("call_ask", sa.Column("openings", sa.Integer(), nullable=True))
    _profile_question()


def _agreement_of_placement() -> None:
    """In place, as SQLite would make the table anew for a constraint. What stood there before was never set."""
    name = op.f("fk_placement_agreement_id")
    reference = f"INTEGER CONSTRAINT {name} REFERENCES agreement (id)"
    op.execute(f"ALTER TABLE placement ADD COLUMN agreement_id {reference}")
    op.create_index(op.f("ix_placement_agreement_id"), "placement", ["agreement_id"])
    op.add_column("placement", sa.Column("scope_line", sa.Text(), nullable=False, server_default=""))
    op.execute("ALTER TABLE placement DROP COLUMN agreement")


def _profile_question() -> None:
    op.create_table(
        "profile_question",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", models.Instant(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=3), nullable=False),
        sa.Column("settled_at", models.Instant(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        _points("organisation_id", "organisation", "CASCADE"),
        _points("service_id", "partner_service", "SET NULL"),
        _points("message_id", "inbound_message", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_question")),
    )
    for column in ("organisation_id", "message_id"):
        op.create_index(op.f(f"ix_profile_question_{column}"), "profile_question", [column])


def _points(column: str, target: str, gone: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_profile_question_{column}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=gone)


def downgrade() -> None:
    raise RuntimeError("Go back by the copy that the upgrade made of the database.")
