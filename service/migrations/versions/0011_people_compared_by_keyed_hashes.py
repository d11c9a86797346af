"""People compared by keyed hashes: their clear keys go, identities.renew_index writes hashed ones at the start"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pair", sa.Column("veiled", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("DELETE FROM match_key WHERE kind = 'candidate'")


def downgrade() -> None:
    raise RuntimeError("Go back by the copy that the upgrade made of the database.")
