"""Updates that arrived, turns of conversations, votes, and chats."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    time = sa.DateTime(timezone=True)
    op.create_table(
        "bot_inbox",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("received", time, nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
    )
    op.create_table(
        "bot_turns",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("thread_id", sa.BigInteger),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column("parent_id", sa.Integer),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("answer", sa.JSON, nullable=False),
        sa.Column("asked_at", time, nullable=False),
    )
    op.create_index("bot_turns_by_message", "bot_turns", ["chat_id", "message_id"])
    op.create_table(
        "bot_votes",
        sa.Column(
            "turn_id",
            sa.Integer,
            sa.ForeignKey("bot_turns.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("vote", sa.Integer, nullable=False),
    )
    op.create_table(
        "bot_chats",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("gone", sa.Boolean, nullable=False),
    )
