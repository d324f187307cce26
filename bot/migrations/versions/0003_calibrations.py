"""How sure the bot must be to answer, as fitted on question sets."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "bot_calibrations",
        sa.Column("model", sa.Text, primary_key=True),
        sa.Column("mode", sa.String(8), primary_key=True),
        sa.Column("enough", sa.Float, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("questions", sa.Integer, nullable=False),
    )
