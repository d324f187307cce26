"""The newsroom: from articles to a searchable archive. This is its front door."""

from __future__ import annotations

from ingest.article import Article, Depth, Failure, Hit, Passage, Summary
from ingest.errors import (
    ArchiveError,
    ModelMismatchError,
    NewsroomError,
    SettingsError,
    SourceError,
)
from ingest.newsroom import Newsroom
from ingest.settings import Settings

__all__ = [
    "ArchiveError",
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
    "SourceError",
    "Summary",
]
