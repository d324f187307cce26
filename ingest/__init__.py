"""The newsroom: from articles to a searchable archive. This is its front door."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.article import (
    ArchiveStatus,
    Article,
    Change,
    Depth,
    Failure,
    Hit,
    Passage,
    SourceCount,
    Summary,
    Version,
)
from ingest.errors import (
    ArchiveError,
    ModelMismatchError,
    NewsroomError,
    SettingsError,
    SourceError,
)
from ingest.newsroom import Newsroom
from ingest.reading.notices import notice_in
from ingest.reading.telling import states
from ingest.settings import DEFAULT_MODEL, Settings, load_settings
from ingest.story import Coverage, Fact, FactKind, News, Story, Telling
from ingest.timeframe import TimeFrame

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
    "DEFAULT_MODEL",
    "SAMPLE_NEWS",
    "ArchiveError",
    "ArchiveStatus",
    "Article",
    "Change",
    "Coverage",
    "Depth",
    "Fact",
    "FactKind",
    "Failure",
    "Hit",
    "ModelMismatchError",
    "News",
    "Newsroom",
    "NewsroomError",
    "Passage",
    "Settings",
    "SettingsError",
    "SourceCount",
    "SourceError",
    "Story",
    "Summary",
    "Telling",
    "TimeFrame",
    "UtcTime",
    "Version",
    "load_settings",
    "migrate",
    "notice_in",
    "run_migrations",
    "states",
]
