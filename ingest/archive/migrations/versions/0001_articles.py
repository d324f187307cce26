"""Articles, their passages and the keyword index."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    time = sa.DateTime(timezone=True)
    op.create_table(
        "articles",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("authors", sa.JSON, nullable=False),
        sa.Column("published", time),
        sa.Column("updated", time),
        sa.Column("language", sa.String(8)),
        sa.Column("depth", sa.String(8), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("added", time, nullable=False),
        sa.Column("indexed", sa.Boolean, nullable=False),
    )
    op.create_index("articles_by_time", "articles", ["published"])
    op.create_index("articles_by_source", "articles", ["source"])
    op.create_index("articles_unindexed", "articles", ["indexed"])
    op.create_table(
        "passages",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(48), nullable=False, unique=True),
        sa.Column(
            "article_id",
            sa.String(16),
            sa.ForeignKey("articles.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("ix_passages_article_id", "passages", ["article_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE TABLE passage_words (row integer PRIMARY KEY, words tsvector NOT NULL)")
        op.execute("CREATE INDEX passage_words_gin ON passage_words USING gin (words)")
    else:
        op.execute(
            "CREATE VIRTUAL TABLE passage_words USING fts5"
            "(title, text, tokenize='porter unicode61 remove_diacritics 2')"
        )
