"""Occupations that a partner was proposed and refused: they are not proposed again"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("partner_service") as table:
        table.add_column(sa.Column("refused", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))


def downgrade() -> None:
    with op.batch_alter_table("partner_service") as table:
        table.drop_column("refused")
