"""The newsroom's errors.

NewsroomError                a message fit for the person who runs the program
├── SettingsError            a setting is wrong; names the variable and what it may be
├── SourceError              one source, page or item can't be read; names it
└── ArchiveError             the archive can't be opened or used
    └── ModelMismatchError   the index was made by another embedding model
"""

from __future__ import annotations


class NewsroomError(Exception):
    """Base of all errors that are answers, not bugs: the message is one clear line."""


class SettingsError(NewsroomError):
    """A setting is wrong; the message names the variable, its value and what it may be."""


class SourceError(NewsroomError):
    """One source can't be read. `source` names it, `reason` says why in a few words."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class ArchiveError(NewsroomError):
    """The archive (SQL or Chroma) can't be opened or used; the message says what to do."""


class ModelMismatchError(ArchiveError):
    """The index was made by another embedding model than the one that is set."""
