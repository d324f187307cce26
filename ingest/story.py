"""The values of a story: the articles that tell it, and what each added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from ingest.article import Article

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class FactKind(StrEnum):
    """Whether a fact is told for the first time, or takes the place of another value."""

    NEW = "new"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence that states what no earlier article of its story did.

    `article.text[start:end] == text`. For a changed value `before` and `after` hold what it was
    and what it is now, as the articles write them ("12 injured", "15 injured"); else "".
    `at` is when the article came out (aware UTC; of its arrival, if it does not say).
    """

    article_id: str
    text: str
    start: int
    end: int
    at: datetime
    kind: FactKind = FactKind.NEW
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """One article of a story. `at` is its place in time: published, or else when it arrived.

    Articles with the same `origin_id` carry the same text. `kept` is how much of the origin's
    text this article carries (0..1; 1 for the first publisher's own). `credit` is the agency
    that the text names as its author ("Reuters"), or "". `added` is when the archive got it.
    """

    article: Article
    at: datetime
    origin_id: str
    kept: float = 1.0
    credit: str = ""
    added: datetime | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who tells a story, counted: articles in all; texts that others carry, of agencies and of
    others; the reprints of those; publishers who tell it in their own words alone."""

    articles: int
    agency_reports: int = 0
    reports: int = 0
    reprints: int = 0
    independent: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether the parts are all articles (a publisher who wrote several counts once)."""
        parts = self.agency_reports + self.reports + self.reprints + self.independent
        return parts == self.articles

    def __str__(self) -> str:
        """ "1 agency report, 6 reprints, 2 independent"; "1 article" where there is one."""
        if self.articles == 1:
            return "1 article"
        counts = (
            (self.agency_reports, "agency report", "agency reports"),
            (self.reports, "report", "reports"),
            (self.reprints, "reprint", "reprints"),
            (self.independent, "independent", "independent"),
        )
        told = ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in counts if n)
        return told if self.adds_up else f"{self.articles} articles: {told}"


@dataclass(frozen=True, slots=True)
class Story:
    """What happened, as several articles tell it, oldest first. `id` stays the same for good.

    `headline` is the title of the most central article. `facts` is filled only where a single
    story is asked for.
    """

    id: str
    headline: str
    first_seen: datetime
    last_seen: datetime
    tellings: tuple[Telling, ...]
    facts: tuple[Fact, ...] = ()

    @property
    def independent(self) -> int:
        """How many publishers tell it in their own words; a report and its reprints are one."""
        return len(set(self._voices().values()))

    @property
    def coverage(self) -> Coverage:
        """How widely it is told.

        A text that others carry too is a report (an agency's, if it names one); those that carry
        it are reprints. Publishers with a text of their own are independent; those who wrote
        several count once.
        """
        voices = self._voices()
        by_origin: dict[str, list[Telling]] = {}
        for telling in self.tellings:
            by_origin.setdefault(telling.origin_id, []).append(telling)
        carried = {key: group for key, group in by_origin.items() if len(group) > 1}
        agency = sum(any(t.credit for t in group) for group in carried.values())
        return Coverage(
            articles=len(self.tellings),
            agency_reports=agency,
            reports=len(carried) - agency,
            reprints=sum(len(group) - 1 for group in carried.values()),
            independent=len(set(voices.values()) - {voices[key] for key in carried}),
        )

    def _voices(self) -> dict[str, str]:
        """Who speaks in each origin: its first publisher, or nobody known but itself."""
        first: dict[str, str] = {}
        for telling in self.tellings:
            first.setdefault(telling.origin_id, telling.article.source or telling.origin_id)
        return first


@dataclass(frozen=True, slots=True)
class News:
    """An article that was placed, as those who wait for news see it.

    A higher `number` was placed later. `added` is when the archive got the article, `at` its place
    in time, `feeds` the numbers of the feeds that carried it; `backlog` says that it was there
    already when its feed was read for the first time. `vector` (float32, unit length) is the mean
    of its first passages' embeddings.
    """

    number: int
    article: Article
    story_id: str
    at: datetime
    added: datetime
    vector: NDArray[np.float32]
    feeds: tuple[int, ...] = ()
    backlog: bool = False


@dataclass(frozen=True, slots=True)
class Traits:
    """What one article is compared by with others, and where it belongs ("" if not yet known).

    `vector` is a unit vector (float32), `words` counts its stems, `names` its capitalised names
    in lower case, `signature` its MinHash (uint32).
    """

    article_id: str
    at: datetime
    vector: NDArray[np.float32]
    words: Mapping[str, int]
    names: frozenset[str]
    signature: NDArray[np.uint32]
    story_id: str = ""
    origin_id: str = ""
    kept: float = 1.0
    credit: str = ""
    dated: bool = False
    """Whether `at` is what the article says; otherwise it is when it arrived."""
