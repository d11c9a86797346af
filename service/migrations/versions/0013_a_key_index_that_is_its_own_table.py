"""A key index that is its own table: no number a row, one tree less to keep for every key"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

PRIMARY = "CONSTRAINT pk_match_key PRIMARY KEY (kind, key, record_id)"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        columns = "kind VARCHAR(9) NOT NULL, key VARCHAR(80) NOT NULL, record_id INTEGER NOT NULL"
        op.execute(f"CREATE TABLE new_match_key ({columns}, {PRIMARY}) WITHOUT ROWID")
        op.execute("INSERT INTO new_match_key SELECT kind, key, record_id FROM match_key ORDER BY 1, 2, 3")
        op.execute("DROP TABLE match_key")
        op.execute("ALTER TABLE new_match_key RENAME TO match_key")
        op.create_index(op.f("ix_match_key_record_id"), "match_key", ["record_id"])
    else:
        op.execute("ALTER TABLE match_key DROP CONSTRAINT uq_match_key_kind_key_record_id, DROP COLUMN id")
        op.execute(f"ALTER TABLE match_key ADD {PRIMARY}")


def downgrade() -> None:
    raise RuntimeError("Go back by the copy that the upgrade made of the database.")
