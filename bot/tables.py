"""The bot's tables, in the same database as the archive."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

from ingest import UtcTime

metadata = MetaData()

inbox = Table(
    "bot_inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("payload", Text, nullable=False),
    Column("received", UtcTime, nullable=False),
    Column("done", Boolean, nullable=False),
)
turns = Table(
    "bot_turns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger),
    Column("message_id", BigInteger, nullable=False),
    Column("parent_id", Integer),
    Column("question", Text, nullable=False),
    Column("answer", JSON, nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Index("bot_turns_by_message", "chat_id", "message_id"),
)
"""`message_id` is the bot's last message of the answer; `parent_id` the turn it replied to."""
votes = Table(
    "bot_votes",
    metadata,
    Column("turn_id", ForeignKey("bot_turns.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("vote", Integer, nullable=False),
)
chats = Table(
    "bot_chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("gone", Boolean, nullable=False),
)
"""`gone` says that the chat was deleted, or does not want to hear from us."""
