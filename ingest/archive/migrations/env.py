"""Run by Alembic for each migration of the archive."""

from alembic import context

from ingest.archive.database import run_migrations
from ingest.archive.tables import metadata

run_migrations(context.config, metadata)
