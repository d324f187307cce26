"""Subscriptions, the outbox, and how each chat wants to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    for column in (
        sa.Column("kind", sa.String(12), nullable=False, server_default=""),
        sa.Column("admin", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("timezone", sa.Text, nullable=False, server_default="UTC"),
        sa.Column("language", sa.String(8), nullable=False, server_default=""),
        sa.Column("digest", sa.String(8), nullable=False, server_default="off"),
        sa.Column("digest_hour", sa.Integer, nullable=False, server_default="8"),
        sa.Column("digest_day", sa.Integer, nullable=False, server_default="0"),
        sa.Column("quiet_from", sa.Integer),
        sa.Column("quiet_to", sa.Integer),
        sa.Column("hourly", sa.Integer, nullable=False, server_default="6"),
        sa.Column("bundle_at", TIME),
        sa.Column("free_at", TIME),
        sa.Column("lease", TIME),
    ):
        op.add_column("bot_chats", column)
    op.create_index("ix_bot_chats_bundle_at", "bot_chats", ["bundle_at"])
    _subscriptions()
    _outbox()
    op.create_table("bot_seen", sa.Column("article_id", sa.String(16), primary_key=True))
    op.create_table(
        "bot_cursor",
        sa.Column("name", sa.String(12), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", TIME, nullable=False),
    )
    op.create_table(
        "bot_pace",
        sa.Column("name", sa.String(12), primary_key=True),
        sa.Column("free_at", TIME, nullable=False),
    )


def _subscriptions() -> None:
    op.create_table(
        "bot_subscriptions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("thread_id", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("strictness", sa.Integer, nullable=False),
        sa.Column("vector", sa.LargeBinary),
        sa.Column("created_by", sa.BigInteger, nullable=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column("once", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "bot_subscriptions_each_once",
        "bot_subscriptions",
        ["chat_id", "thread_id", "kind", "key"],
        unique=True,
    )
    op.create_index("ix_bot_subscriptions_created_by", "bot_subscriptions", ["created_by"])
    op.create_table(
        "bot_mutes",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("thread_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("story_id", sa.String(10), primary_key=True),
    )
    op.create_table(
        "bot_drafts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("step", sa.String(12), nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("bot_drafts_by_chat", "bot_drafts", ["chat_id", "user_id"])


def _outbox() -> None:
    op.create_table(
        "bot_deliveries",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("thread_id", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("story_id", sa.String(10), nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("due", TIME, nullable=False),
        sa.Column("created", TIME, nullable=False),
        sa.Column("sent", TIME),
        sa.Column("message_id", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("bundle_id", sa.Integer),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
    )
    once = ["key", "chat_id", "thread_id"]
    op.create_index("bot_deliveries_each_once", "bot_deliveries", once, unique=True)
    op.create_index("bot_deliveries_to_send", "bot_deliveries", ["state", "due"])
    op.create_index("bot_deliveries_by_chat", "bot_deliveries", ["chat_id", "state"])
    op.create_index("bot_deliveries_by_story", "bot_deliveries", ["story_id"])
    op.create_table(
        "bot_told",
        sa.Column("article_id", sa.String(16), primary_key=True),
        sa.Column(
            "delivery_id",
            sa.Integer,
            sa.ForeignKey("bot_deliveries.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("version", sa.Integer, nullable=False),
    )
