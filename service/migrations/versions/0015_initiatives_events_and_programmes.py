"""Initiatives, events, programmes and offices that referrals come from"""

import sqlalchemy as sa
from alembic import op

from service.models.base import Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "initiative",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_initiative_organisation_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative")),
    )
    op.create_table(
        "initiative_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name=op.f("fk_initiative_part_initiative_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_initiative_part_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative_part")),
        sa.UniqueConstraint(
            "initiative_id",
            "organisation_id",
            "role",
            name=op.f("uq_initiative_part_initiative_id_organisation_id_role"),
        ),
    )
    op.create_table(
        "initiative_referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name=op.f("fk_initiative_referral_initiative_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_initiative_referral_referral_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["message_id"], ["inbound_message.id"], name=op.f("fk_initiative_referral_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative_referral")),
        sa.UniqueConstraint(
            "initiative_id", "referral_id", name=op.f("uq_initiative_referral_initiative_id_referral_id")
        ),
    )
    op.create_index(op.f("ix_initiative_referral_referral_id"), "initiative_referral", ["referral_id"])


def downgrade() -> None:
    for table in ("initiative_referral", "initiative_part", "initiative"):
        op.drop_table(table)
