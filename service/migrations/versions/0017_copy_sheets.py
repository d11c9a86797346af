"""Copy-sheets: placements in the order of another system's form, and the number they got there"""

import sqlalchemy as sa
from alembic import op

from service.models.base import Instant

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "copy_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_copy_sheet_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copy_sheet")),
    )
    op.create_index(op.f("ix_copy_sheet_organisation_id"), "copy_sheet", ["organisation_id"])
    op.create_table(
        "sheet_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["copy_sheet.id"], name=op.f("fk_sheet_entry_sheet_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_sheet_entry_placement_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_entry")),
        sa.UniqueConstraint("sheet_id", "placement_id", name=op.f("uq_sheet_entry_sheet_id_placement_id")),
    )
    op.create_index(op.f("ix_sheet_entry_placement_id"), "sheet_entry", ["placement_id"])


def downgrade() -> None:
    for table in ("sheet_entry", "copy_sheet"):
        op.drop_table(table)
