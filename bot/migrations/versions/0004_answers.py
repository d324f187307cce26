"""Answers that were sent: their messages, the articles that they cite, their corrections."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "bot_answers",
        _turn(),
        sa.Column("messages", sa.JSON, nullable=False),
        sa.Column("sent", sa.DateTime(timezone=True), nullable=False),
        sa.Column("watched", sa.Boolean, nullable=False),
        sa.Column("due", sa.Integer, nullable=False),
        sa.Column("corrected", sa.Integer, nullable=False),
        sa.Column("amendments", sa.JSON, nullable=False),
    )
    op.create_index("ix_bot_answers_due", "bot_answers", ["due"])
    op.create_table(
        "bot_cited",
        sa.Column("article_id", sa.String(16), primary_key=True),
        _turn(),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("story_id", sa.String(10), nullable=False),
    )
    op.create_index("ix_bot_cited_turn_id", "bot_cited", ["turn_id"])
    op.create_index("ix_bot_cited_story_id", "bot_cited", ["story_id"])


def _turn() -> sa.Column[int]:
    turn = sa.ForeignKey("bot_turns.id", ondelete="CASCADE")
    return sa.Column("turn_id", sa.Integer, turn, primary_key=True)
