"""Partner profiles with programmes, eligibility and pathways; batches that can be undone; models that were learnt"""

import json

import sqlalchemy as sa
from alembic import op

from service import models

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _list(name: str) -> sa.Column[list[str]]:
    return sa.Column(name, sa.JSON(), nullable=False, server_default=sa.text("'[]'"))


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def upgrade() -> None:
    with op.batch_alter_table("partner_service") as table:
        for name in ("programmes", "requires", "pathways"):
            table.add_column(_list(name))
        table.add_column(sa.Column("agreement_required", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("capacity_on", sa.Date(), nullable=True))
        table.add_column(_words("confirmed_by"))
    with op.batch_alter_table("need") as table:
        table.add_column(_words("industry"))
        table.add_column(_list("languages"))
    _import_batch()
    _learnt_model()


def _import_batch() -> None:
    op.create_table(
        "import_batch",
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", models.Instant(timezone=True), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("undone_at", models.Instant(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )


def _learnt_model() -> None:
    """What was in use so far stands in a setting; it becomes the first row."""
    table = op.create_table(
        "learnt_model",
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("old_loss", sa.Double(), nullable=False),
        sa.Column("new_loss", sa.Double(), nullable=False),
        sa.Column("taken_at", models.Instant(timezone=True), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("put_back_at", models.Instant(timezone=True), nullable=True),
        sa.Column("put_back_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learnt_model")),
    )
    with op.batch_alter_table("learnt_model") as batch:
        batch.create_index(batch.f("ix_learnt_model_kind"), ["kind"], unique=False)
    setting = sa.table("setting", sa.column("name", sa.Text()), sa.column("value", sa.Text()))
    known = setting.c.name == "weights:partners"
    for (value,) in op.get_bind().execute(sa.select(setting.c.value).where(known)).all():
        op.bulk_insert(table, [_row(value)])
    op.execute(sa.delete(setting).where(known))


def _row(value: str) -> dict[str, object]:
    learnt = json.loads(value)
    return {
        "kind": "partners",
        "parameters": learnt["weights"],
        "words": [],
        "answers": learnt.get("answers", 0),
        "old_loss": learnt.get("old_loss", 0.0),
        "new_loss": learnt.get("new_loss", 0.0),
        "taken_at": models.utcnow(),
        "in_use": True,
        "put_back_by": "",
    }


def downgrade() -> None:
    op.drop_table("learnt_model")
    op.drop_table("import_batch")
    with op.batch_alter_table("need") as table:
        for name in ("industry", "languages"):
            table.drop_column(name)
    with op.batch_alter_table("partner_service") as table:
        for name in ("programmes", "requires", "pathways", "agreement_required", "capacity_on", "confirmed_by"):
            table.drop_column(name)
