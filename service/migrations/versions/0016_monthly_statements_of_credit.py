"""Monthly statements of credit, and on which one each credit stands"""

import sqlalchemy as sa
from alembic import op

from service import models

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "credit_statement",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("issued_at", models.Instant(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Text(), nullable=False),
        sa.Column("object_until", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_credit_statement_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_statement")),
        sa.UniqueConstraint("organisation_id", "month", name=op.f("uq_credit_statement_organisation_id_month")),
    )
    # in place, as in 0003: SQLite would make the table anew for a constraint
    name = op.f("fk_credit_statement_id")
    reference = f"INTEGER CONSTRAINT {name} REFERENCES credit_statement (id)"
    op.execute(f"ALTER TABLE credit ADD COLUMN statement_id {reference}")
    op.create_index(op.f("ix_credit_statement_id"), "credit", ["statement_id"])


def downgrade() -> None:
    raise RuntimeError("Go back by the copy that the upgrade made of the database.")
