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
from ingest.reading.context import InContext
from ingest.reading.figures import Figure, figures
from ingest.reading.measures import counts_people, roles_in
from ingest.reading.opposites import opposite
from ingest.reading.sentences import sentence_spans
from ingest.reading.times import parse_time
from ingest.reading.words import (
    LIGHT_WORDS,
    alike,
    content_words,
    names,
    stem,
    tokens,
)
from ingest.settings import Settings, load_settings
from ingest.stories.alignment import Difference, agreements, denies, differences
from ingest.stories.facts import changed_value
from ingest.stories.overtaken import overtaken
from ingest.stories.statement import Statement, state, statements
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
    "LIGHT_WORDS",
    "SAMPLE_NEWS",
    "ArchiveError",
    "ArchiveStatus",
    "Article",
    "Change",
    "Coverage",
    "Depth",
    "Difference",
    "Fact",
    "FactKind",
    "Failure",
    "Figure",
    "Hit",
    "InContext",
    "ModelMismatchError",
    "News",
    "Newsroom",
    "NewsroomError",
    "Passage",
    "Settings",
    "SettingsError",
    "SourceCount",
    "SourceError",
    "Statement",
    "Story",
    "Summary",
    "Telling",
    "TimeFrame",
    "UtcTime",
    "Version",
    "agreements",
    "alike",
    "changed_value",
    "content_words",
    "counts_people",
    "denies",
    "differences",
    "figures",
    "load_settings",
    "migrate",
    "names",
    "opposite",
    "overtaken",
    "parse_time",
    "roles_in",
    "run_migrations",
    "sentence_spans",
    "state",
    "statements",
    "stem",
    "tokens",
]
