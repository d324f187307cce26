"""The values that flow through the newsroom, named by the stage that they are in.

Submission  what a source handed in: text or HTML, and what it says of itself
Article     a cleaned submission, ready for the archive
Passage     a piece of an article, cut at sentence borders
Hit         a passage that a search found, with its article and score
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Depth(StrEnum):
    """How much of an article we hold: `full` text, or a `teaser` (a feed's summary)."""

    FULL = "full"
    TEASER = "teaser"


@dataclass(frozen=True, slots=True)
class Submission:
    """One article as a source handed it in; whatever the source does not say is None.

    `key` names the article for good: its canonical URL where it has one, otherwise what the
    source can promise to stay the same (a file's path, a feed item's guid).
    `text` is plain text, paragraphs parted by blank lines, not yet cleaned.
    `origin` is the source as the person typed it (for messages). Times are aware UTC.
    """

    key: str
    text: str
    origin: str
    title: str | None = None
    url: str | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    language: str | None = None
    depth: Depth = Depth.FULL
    original: str | None = None
    """Where the source says that the text was first published, if on another site."""
    feed: int | None = None
    """The number of the followed feed that carried it."""
    backlog: bool = False
    """Whether it was there already when that feed was read for the first time."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One source or item that could not be read: which one, and why, in one line."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article. `text` holds each paragraph once, parted by blank lines.

    `id` is 16 hex digits made of the submission's key. `source` is the publisher's name, or
    host name, or "" if unknown; `language` an ISO 639-1 code or None. `original` is the address
    at which the text was first published, if its page names one on another site. `notice` is the
    sentence in which the article says that it was corrected or retracted, or "". `corrected` is
    when we saw that first, `withdrawn` when it was retracted or its page was gone; what is
    withdrawn is no longer found.
    """

    id: str
    title: str
    text: str
    url: str | None = None
    source: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    language: str | None = None
    depth: Depth = Depth.FULL
    version: int = 1
    original: str | None = None
    notice: str = ""
    corrected: datetime | None = None
    withdrawn: datetime | None = None

    @property
    def content_hash(self) -> str:
        """SHA-256 of title and text: what makes two versions of an article differ."""
        return hashlib.sha256(f"{self.title}\n{self.text}".encode()).hexdigest()


def article_id(key: str) -> str:
    """The id of the article that `key` names: 16 hex digits, the same for ever."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence that a new version has in another wording: `before` or `after` may be ""."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Version:
    """A former version of an article, when it was replaced, and what the next one changed."""

    article_id: str
    version: int
    title: str
    text: str
    replaced: datetime
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """`article.text[start:end] == text`; `id` is "article:version:ordinal"."""

    id: str
    article_id: str
    ordinal: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found by a search. Scores are in 0..1, higher is nearer.

    `dense` is the cosine with the question (None if the vector index did not return it),
    `keyword` the BM25 score divided by the best one's (None likewise), `score` the fused one and
    `favour` of it what the article's time, or being asked about, added.
    """

    passage: Passage
    article: Article
    score: float
    dense: float | None = None
    keyword: float | None = None
    favour: float = 0.0


@dataclass(frozen=True, slots=True)
class SourceCount:
    """A source, how many of its articles the archive holds, and when the newest came out."""

    name: str
    articles: int
    latest: datetime | None


@dataclass(frozen=True, slots=True)
class ArchiveStatus:
    """How much the archive holds; `unindexed` articles wait for their embeddings."""

    articles: int
    passages: int
    unindexed: int
    model: str


@dataclass(slots=True)
class Summary:
    """What an ingest run did; found == new + updated + unchanged + failed."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    failures: list[Failure] = field(default_factory=list)
    embedded: int = 0
    """Passages embedded in this run, those left over from an interrupted one included."""

    def plus(self, other: Summary) -> Summary:
        """Both runs as one."""
        return Summary(
            self.new + other.new,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            [*self.failures, *other.failures],
            self.embedded + other.embedded,
        )

    @property
    def failed(self) -> int:
        return len(self.failures)

    @property
    def found(self) -> int:
        return self.new + self.updated + self.unchanged + self.failed
