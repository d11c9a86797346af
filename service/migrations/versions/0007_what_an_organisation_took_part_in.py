"""The mails of an organisation are found by one index: every page asks who stood on a mail"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("participant") as table:
        table.drop_index(op.f("ix_participant_organisation_id"))
        table.create_index(op.f("ix_participant_organisation_id_message_id"), ["organisation_id", "message_id"])
