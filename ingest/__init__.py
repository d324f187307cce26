"""The newsroom: from articles to a searchable archive. This is its front door."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.article import (
    ArchiveStatus,
    Article,
    Depth,
    Failure,
    Hit,
    Passage,
    SourceCount,
    Summary,
)
from ingest.errors import (
    ArchiveError,
    ModelMismatchError,
    NewsroomError,
    SettingsError,
    SourceError,
)
from ingest.newsroom import Newsroom
from ingest.reading.sentences import sentence_spans
from ingest.reading.times import parse_time
from ingest.settings import Settings, load_settings

if TYPE_CHECKING:
    from ingest.archive.database import migrate, run_migrations
    from ingest.archive.tables import UtcTime

SAMPLE_NEWS = Path(__file__).parent / "sample_news"
"""A folder with a few articles to try things with."""
_DATABASE = {"UtcTime": "tables", "migrate": "database", "run_migrations": "database"}
"""For those who keep tables of their own beside the archive's; loaded when asked for."""


def __getattr__(name: str) -> Any:
    if name in _DATABASE:
        return getattr(import_module(f"ingest.archive.{_DATABASE[name]}"), name)
    raise AttributeError(f"ingest has no {name}")


__all__ = [
    "SAMPLE_NEWS",
    "ArchiveError",
    "ArchiveStatus",
    "Article",
    "Depth",
    "Failure",
    "Hit",
    "ModelMismatchError",
    "Newsroom",
    "NewsroomError",
    "Passage",
    "Settings",
    "SettingsError",
    "SourceCount",
    "SourceError",
    "Summary",
    "UtcTime",
    "load_settings",
    "migrate",
    "parse_time",
    "run_migrations",
    "sentence_spans",
]
