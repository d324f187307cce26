"""Run by Alembic for each migration of the bot's tables."""

from alembic import context

from bot.tables import metadata
from ingest import run_migrations

run_migrations(context.config, metadata)
