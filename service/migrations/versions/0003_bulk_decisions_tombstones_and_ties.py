"""Pairs joined at once, tombstones of erased persons, what an undo asks, parents of employers and ties with them"""

import sqlalchemy as sa
from alembic import op

from service import models

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _tables()
    _reference("pair", "bulk_id", "bulk")
    _reference("employer", "parent_id", "employer")
    with op.batch_alter_table("merge") as table:
        table.add_column(sa.Column("asks", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    with op.batch_alter_table("candidate") as table:
        table.add_column(sa.Column("erased_at", models.Instant(timezone=True), nullable=True))


def _reference(table: str, column: str, target: str) -> None:
    """Added in place: SQLite would make the table anew for a constraint, and dropping the old one deletes what points
    to it."""
    name = op.f(f"fk_{table}_{column}")
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER CONSTRAINT {name} REFERENCES {target} (id)")
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _tables() -> None:
    op.create_table(
        "bulk",
        sa.Column("kind", sa.String(length=9), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("least", sa.Double(), nullable=False),
        sa.Column("joined", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", models.Instant(timezone=True), nullable=False),
        sa.Column("undone_by", sa.Text(), nullable=False),
        sa.Column("undone_at", models.Instant(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk")),
    )
    op.create_table(
        "tombstone",
        sa.Column("kind", sa.String(length=9), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("trait", sa.String(length=8), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("at", models.Instant(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_tombstone_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tombstone")),
        sa.UniqueConstraint("person", "trait", "hash", name=op.f("uq_tombstone_person_trait_hash")),
    )
    op.create_index(op.f("ix_tombstone_hash"), "tombstone", ["hash"])
    op.create_table(
        "employer_tie",
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("lead_name", sa.Text(), nullable=False),
        sa.Column("lead_email", sa.Text(), nullable=False),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name=op.f("fk_employer_tie_employer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_employer_tie_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_tie")),
        sa.UniqueConstraint("employer_id", "organisation_id", name=op.f("uq_employer_tie_employer_id_organisation_id")),
    )
    op.create_index(op.f("ix_employer_tie_employer_id"), "employer_tie", ["employer_id"])
    op.create_index(op.f("ix_employer_tie_organisation_id"), "employer_tie", ["organisation_id"])


def downgrade() -> None:
    raise RuntimeError("Go back by the copy that the upgrade made of the database.")
