"""The keyword index in its present form: without accents, and with pairs of letters."""

from alembic import op

from ingest.archive import keywords

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    keywords.rebuild(op.get_bind())
