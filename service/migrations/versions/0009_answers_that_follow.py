"""Pairs that another decision answers too"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # in place, as in 0003: SQLite would make the table anew for a constraint
    name = op.f("fk_pair_follows_id")
    op.execute(f"ALTER TABLE pair ADD COLUMN follows_id INTEGER CONSTRAINT {name} REFERENCES pair (id)")


def downgrade() -> None:
    raise RuntimeError("Go back by the copy that the upgrade made of the database.")
