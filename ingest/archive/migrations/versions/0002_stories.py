"""Former versions of articles, stories, and where each article belongs."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    time = sa.DateTime(timezone=True)
    op.add_column("articles", sa.Column("original", sa.Text))
    op.add_column("articles", sa.Column("notice", sa.Text, nullable=False, server_default=""))
    op.add_column("articles", sa.Column("corrected", time))
    op.add_column("articles", sa.Column("withdrawn", time))
    op.create_table(
        "versions",
        _article_id(),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("replaced", time, nullable=False),
        sa.Column("changes", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("article_id", "version"),
    )
    op.create_table(
        "stories",
        sa.Column("id", sa.String(10), primary_key=True),
        sa.Column("headline", sa.Text, nullable=False),
        sa.Column("first_seen", time, nullable=False),
        sa.Column("last_seen", time, nullable=False),
        sa.Column("merged_into", sa.String(10)),
    )
    op.create_index("ix_stories_last_seen", "stories", ["last_seen"])
    op.create_table(
        "placements",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        _article_id(),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("story_id", sa.String(10), sa.ForeignKey("stories.id"), nullable=False),
        sa.Column("origin_id", sa.String(16), nullable=False),
        sa.Column("kept", sa.Float, nullable=False),
        sa.Column("credit", sa.Text, nullable=False),
        sa.Column("at", time, nullable=False),
        sa.Column("dated", sa.Boolean, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.Column("words", sa.JSON, nullable=False),
        sa.Column("names", sa.JSON, nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("article_id"),
        sqlite_autoincrement=True,
    )
    for column in ("story_id", "origin_id", "at"):
        op.create_index(f"ix_placements_{column}", "placements", [column])
    # What is there already gets its place when it is embedded anew.
    op.execute("UPDATE articles SET indexed = false")


def _article_id() -> sa.Column[str]:
    key = sa.ForeignKey("articles.id", ondelete="CASCADE")
    return sa.Column("article_id", sa.String(16), key, nullable=False)
