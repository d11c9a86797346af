"""Room for "ask_the_hub": PostgreSQL refused the word, which is a letter longer than its column was"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # a new column in the old one's place: SQLite would make the table anew, to which most others point
    op.add_column("organisation", sa.Column("shown", sa.String(length=12), nullable=False, server_default="named"))
    op.execute("UPDATE organisation SET shown = shown_as")
    op.execute("ALTER TABLE organisation DROP COLUMN shown_as")
    op.execute("ALTER TABLE organisation RENAME COLUMN shown TO shown_as")


def downgrade() -> None:
    raise RuntimeError("Go back by the copy that the upgrade made of the database.")
