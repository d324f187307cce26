"""In which message a question was asked, so that one that is edited is answered anew."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    asked_in = sa.Column("asked_in", sa.BigInteger, nullable=False, server_default="0")
    op.add_column("bot_turns", asked_in)
