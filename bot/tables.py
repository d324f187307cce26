"""The bot's tables, in the same database as the archive."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    false,
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
    Column("asked_in", BigInteger, nullable=False, server_default="0"),
    Index("bot_turns_by_message", "chat_id", "message_id"),
)
"""`message_id` is the bot's last message of the answer, `asked_in` the message that asked, or 0;
`parent_id` the turn it replied to."""
votes = Table(
    "bot_votes",
    metadata,
    Column("turn_id", ForeignKey("bot_turns.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("vote", Integer, nullable=False),
)
answers = Table(
    "bot_answers",
    metadata,
    Column("turn_id", ForeignKey("bot_turns.id", ondelete="CASCADE"), primary_key=True),
    Column("messages", JSON, nullable=False),
    Column("sent", UtcTime, nullable=False),
    Column("watched", Boolean, nullable=False),
    Column("due", Integer, nullable=False, index=True),
    Column("corrected", Integer, nullable=False),
    Column("amendments", JSON, nullable=False),
)
"""The answers that were sent: the ids of their messages, in order; `watched` says that it was the
answer to a question that waited, which has no buttons; `due` counts what happened to
their articles since they were last looked at; how often each was corrected, and what that changed.
"""
cited = Table(
    "bot_cited",
    metadata,
    Column("article_id", String(16), primary_key=True),
    Column("turn_id", ForeignKey("bot_turns.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("version", Integer, nullable=False),
    Column("story_id", String(10), nullable=False, index=True),
)
"""Which articles an answer cites, in which version, and their story ("" until it was looked at)."""
chats = Table(
    "bot_chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("kind", String(12), nullable=False, server_default=""),
    Column("admin", Boolean, nullable=False, server_default=false()),
    Column("timezone", Text, nullable=False, server_default="UTC"),
    Column("language", String(8), nullable=False, server_default=""),
    Column("digest", String(8), nullable=False, server_default="off"),
    Column("digest_hour", Integer, nullable=False, server_default="8"),
    Column("digest_day", Integer, nullable=False, server_default="0"),
    Column("quiet_from", Integer),
    Column("quiet_to", Integer),
    Column("hourly", Integer, nullable=False, server_default="6"),
    Column("bundle_at", UtcTime, index=True),
    Column("free_at", UtcTime),
    Column("lease", UtcTime),
)
"""`gone` says that the chat was deleted, or does not want to hear from us; `admin` that the bot is
one there. What is held for it is told at `bundle_at`. It may get the next message at `free_at`;
until `lease`, one sender has it to itself."""
subscriptions = Table(
    "bot_subscriptions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("text", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("strictness", Integer, nullable=False),
    Column("vector", LargeBinary),
    Column("created_by", BigInteger, nullable=False, index=True),
    Column("message_id", BigInteger, nullable=False),
    Column("once", Boolean, nullable=False),
    Index("bot_subscriptions_each_once", "chat_id", "thread_id", "kind", "key", unique=True),
    sqlite_autoincrement=True,
)
"""A number is never used again: buttons of long ago name it."""
mutes = Table(
    "bot_mutes",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("thread_id", BigInteger, primary_key=True, autoincrement=False),
    Column("story_id", String(10), primary_key=True),
)
"""Stories that a target wants to hear no more of."""
deliveries = Table(
    "bot_deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("key", Text, nullable=False),
    Column("story_id", String(10), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("state", String(8), nullable=False),
    Column("due", UtcTime, nullable=False),
    Column("created", UtcTime, nullable=False),
    Column("sent", UtcTime),
    Column("message_id", BigInteger, nullable=False, server_default="0"),
    Column("bundle_id", Integer),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("reason", Text, nullable=False, server_default=""),
    Index("bot_deliveries_each_once", "key", "chat_id", "thread_id", unique=True),
    Index("bot_deliveries_to_send", "state", "due"),
    Index("bot_deliveries_by_chat", "chat_id", "state"),
    Index("bot_deliveries_by_story", "story_id"),
)
"""The outbox. `bundle_id` is the digest that tells it; `reason` why it was dropped."""
told = Table(
    "bot_told",
    metadata,
    Column("article_id", String(16), primary_key=True),
    Column("delivery_id", ForeignKey("bot_deliveries.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, nullable=False),
)
"""Which articles a delivery quotes, in which version."""
seen = Table("bot_seen", metadata, Column("article_id", String(16), primary_key=True))
"""The articles that were compared with the subscriptions."""
cursor = Table(
    "bot_cursor",
    metadata,
    Column("name", String(12), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
)
"""How far the news was read: the last number, and when we looked."""
pace = Table(
    "bot_pace",
    metadata,
    Column("name", String(12), primary_key=True),
    Column("free_at", UtcTime, nullable=False),
)
"""When the next message may leave, whichever process sends it."""
drafts = Table(
    "bot_drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("step", String(12), nullable=False),
    Column("data", JSON, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("bot_drafts_by_chat", "chat_id", "user_id"),
    sqlite_autoincrement=True,
)
"""What someone has begun to set up and not finished. A number is never used again either."""
calibrations = Table(
    "bot_calibrations",
    metadata,
    Column("model", Text, primary_key=True),
    Column("mode", String(8), primary_key=True),
    Column("enough", Float, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("questions", Integer, nullable=False),
)
"""How sure the bot must be to answer, with an embedding model and in a mode; fitted at `at` on so
many questions."""
