"""Opens the SQL database (SQLite or PostgreSQL) and brings its tables up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from ingest.errors import ArchiveError, SettingsError
from ingest.settings import Settings

_MIGRATION_LOCK = 0x6E657773  # "news": any number that no other program in the database uses


def open_database(settings: Settings) -> Engine:
    """An engine on an archive whose tables are up to date; ArchiveError says what is wrong.

    On SQLite each transaction takes the write lock at its start, unless the engine is used with
    `execution_options(reading=True)`: a transaction that reads first and writes later would
    otherwise fail when another one writes in between.
    """
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        url = make_url(settings.sql_url)
        engine = create_engine(url, pool_pre_ping=url.get_backend_name() != "sqlite")
        if url.get_backend_name() == "sqlite":
            _prepare_sqlite(engine)
        with FileLock(settings.data_dir / "migrate.lock"):
            migrate(engine, Path(__file__).parent / "migrations", "newsdesk_version")
    except (ArgumentError, NoSuchModuleError) as error:
        raise SettingsError(
            "DATABASE_URL=(hidden) is wrong: it must look like "
            "postgresql://user:password@host/name or sqlite:////path/to/file"
        ) from error
    except SQLAlchemyError as error:
        raise ArchiveError(f"The database can't be opened: {_first_line(error)}") from error
    except OSError as error:
        raise ArchiveError(
            f"DATA_DIR={settings.data_dir} can't be used: {error.strerror}"
        ) from error
    return engine


def migrate(engine: Engine, scripts: Path, version_table: str) -> None:
    """Run the Alembic migrations in `scripts` that the database has not seen.

    `version_table` remembers how far it came, so that several packages can keep their tables here.
    """
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["version_table"] = version_table
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def run_migrations(config: Config, metadata: Any) -> None:
    """What an Alembic env.py does here: run on the connection that `migrate` put in `config`."""
    from alembic import context

    context.configure(
        connection=config.attributes["connection"],
        target_metadata=metadata,
        version_table=config.attributes["version_table"],
    )
    context.run_migrations()


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=NORMAL"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _first_line(error: SQLAlchemyError) -> str:
    cause = getattr(error, "orig", None) or error
    return str(cause).strip().splitlines()[0]
