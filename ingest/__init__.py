"""The newsroom: from articles to a searchable archive. This is its front door."""

from __future__ import annotations

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
from ingest.settings import Settings

__all__ = [
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
    "sentence_spans",
]
