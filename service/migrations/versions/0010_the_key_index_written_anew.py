"""The key index written anew: what the keys of a record are has changed, and old ones would find less"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from matching.blocking import keys
from service.plain_records import record_from

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

AT_ONCE = 500
PLACE = ("city", "zip")
COLUMNS = {
    "employer": (("name", "street", "state", *PLACE), ("aliases", "domains", "phones")),
    "candidate": (("given_name", "family_name", "date_of_birth", *PLACE), ("emails", "phones")),
}
match_key = sa.table("match_key", sa.column("kind"), sa.column("key"), sa.column("record_id"))


def upgrade() -> None:
    bind = op.get_bind()
    for kind in COLUMNS:
        rows = list(_rows(bind, kind))
        bind.execute(match_key.delete().where(match_key.c.kind == kind))
        for start in range(0, len(rows), AT_ONCE):
            new = [
                {"kind": kind, "key": key, "record_id": record_id}
                for record_id, values in rows[start : start + AT_ONCE]
                for key in keys(record_from(kind, values))
            ]
            if new:
                bind.execute(match_key.insert(), new)


def _rows(bind: sa.Connection, kind: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """(id, values) of the records that stand in the index: erased ones don't."""
    texts, lists = COLUMNS[kind]
    columns = [sa.column("id"), *map(sa.column, texts), *(sa.column(name, sa.JSON()) for name in lists)]
    held = sa.select(match_key.c.record_id).where(match_key.c.kind == kind)
    found = sa.select(*columns).select_from(sa.table(kind)).where(sa.column("id").in_(held))
    for row in bind.execute(found).mappings():
        yield row["id"], dict(row)


def downgrade() -> None:
    """The keys stay: they are found by any version, only less well."""
