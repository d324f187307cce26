"""The values of feeds: one that is followed, how it fares, a page that is looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class FeedState(StrEnum):
    """`active` is polled; `paused` by a person; `retired` by its site, which says it is gone."""

    ACTIVE = "active"
    PAUSED = "paused"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class FollowedFeed:
    """A feed that we poll, and its health. `reason` is why the last poll failed, or ""."""

    id: int
    url: str
    title: str
    state: FeedState
    next_poll: datetime
    interval: timedelta
    failures: int = 0
    reason: str = ""
    last_success: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    items_per_day: float = 0.0


@dataclass(frozen=True, slots=True)
class SeenItem:
    """An item that a feed showed: 64 hex digits that name it, 64 that tell its content, when."""

    key: str
    hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Look:
    """A fresh page to look at again. `whole` if the article's text came from the page itself."""

    article_id: str
    url: str
    whole: bool
    etag: str | None = None
    last_modified: str | None = None
    done: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True)
class FeedCheck:
    """What a feed gives at this moment: items, those with full text and with dates, the newest."""

    url: str
    title: str
    items: int
    full: int
    dated: int
    newest: datetime | None
    sample: tuple[str, ...]
