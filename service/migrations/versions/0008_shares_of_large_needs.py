"""Shares of large needs: how many openings a partner was asked for, and by which service it was suggested"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("suggestion") as table:
        table.add_column(sa.Column("service", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("openings", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("suggestion") as table:
        for name in ("service", "openings"):
            table.drop_column(name)
