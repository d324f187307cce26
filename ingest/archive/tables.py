"""The archive's tables. SQL is the truth: what is not here is not in the archive."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

metadata = MetaData()


class UtcTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC also where the database knows no time zones (SQLite)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


articles = Table(
    "articles",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("url", Text),
    Column("source", Text, nullable=False),
    Column("authors", JSON, nullable=False),
    Column("published", UtcTime),
    Column("updated", UtcTime),
    Column("language", String(8)),
    Column("depth", String(8), nullable=False),
    Column("version", Integer, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("added", UtcTime, nullable=False),
    Column("indexed", Boolean, nullable=False),
    Column("original", Text),
    Column("notice", Text, nullable=False, server_default=""),
    Column("corrected", UtcTime),
    Column("withdrawn", UtcTime),
    Index("articles_by_time", "published"),
    Index("articles_by_source", "source"),
    Index("articles_unindexed", "indexed"),
)
"""`indexed` says whether Chroma holds this version's passages; whoever owns Chroma catches up."""

passages = Table(
    "passages",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("id", String(48), nullable=False, unique=True),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
)
"""`row` is the passage's number in the keyword index (archive/keywords.py)."""

versions = Table(
    "versions",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("replaced", UtcTime, nullable=False),
    Column("changes", JSON, nullable=False),
)
"""Former versions of articles; `changes` is what the next version made different."""

stories = Table(
    "stories",
    metadata,
    Column("id", String(10), primary_key=True),
    Column("headline", Text, nullable=False),
    Column("first_seen", UtcTime, nullable=False),
    Column("last_seen", UtcTime, nullable=False, index=True),
    Column("merged_into", String(10)),
)
"""A story that was merged keeps its row, so that the id that others hold leads to the other one."""

placements = Table(
    "placements",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column(
        "article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, unique=True
    ),
    Column("version", Integer, nullable=False),
    Column("story_id", ForeignKey("stories.id"), nullable=False, index=True),
    Column("origin_id", String(16), nullable=False, index=True),
    Column("kept", Float, nullable=False),
    Column("credit", Text, nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
    Column("dated", Boolean, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    Column("words", JSON, nullable=False),
    Column("names", JSON, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)
"""Where each article belongs, and the traits by which later ones are compared with it.

A row is never changed but replaced, so that a higher `number` tells what is new since a reading.
"""

feeds = Table(
    "feeds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("state", String(8), nullable=False),
    Column("added", UtcTime, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("last_success", UtcTime),
    Column("next_poll", UtcTime, nullable=False, index=True),
    Column("interval", Float, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("lease", UtcTime),
)
"""`interval` in seconds; `lease` is until when one process has the feed to itself."""

feed_items = Table(
    "feed_items",
    metadata,
    Column("feed_id", ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("hash", String(64), nullable=False),
    Column("at", UtcTime, nullable=False),
)
"""The items that a feed has shown; `at` is when they came out, or else when we saw them."""

carriers = Table(
    "carriers",
    metadata,
    Column("article_id", String(16), primary_key=True),
    Column("feed_id", ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    Column("backlog", Boolean, nullable=False),
)
"""Which feeds carried an article, and whether it was there when the feed was first read."""

looks = Table(
    "looks",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("url", Text, nullable=False),
    Column("whole", Boolean, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("done", Integer, nullable=False),
    Column("missing", Integer, nullable=False),
    Column("next_look", UtcTime, index=True),
)
"""Pages that are looked at again while they are fresh; `whole` if our text came from the page."""
