"""The newsroom as the bot and the command line use it: put news in, find passages again."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Self

from ingest.article import (
    ArchiveStatus,
    Article,
    Failure,
    Hit,
    Passage,
    SourceCount,
    Submission,
    Summary,
    Version,
    article_id,
)
from ingest.settings import Settings
from ingest.story import News, Story
from ingest.text import tokens
from ingest.text.parse import read_with
from ingest.timeframe import ANY_TIME, TimeFrame

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from ingest.archive.articles import ArticleStore
    from ingest.archive.search import Search
    from ingest.archive.spelling import Spelling
    from ingest.archive.stories import StoryStore
    from ingest.archive.vectors import VectorIndex
    from ingest.pipeline import Pipeline, Progress
    from ingest.polling.desk import FeedDesk
    from ingest.reading.embed import PassageEmbeddings
    from ingest.stories.placing import Placer

RELATED_COSINE = 0.45
"""Below this, two articles seldom tell of the same (MiniLM, title and lead against passage)."""
FURNITURE = 2
"""In so many other stories of its publisher a sentence stands that is no news."""
STORY_COSINE = 0.3
"""The same for a few words that name a story."""


class Newsroom:
    """The archive and the way into it. Safe to use from several threads and processes.

    Heavy parts (the database, Chroma, the embedding model) open when they are first used.
    All methods may raise ArchiveError or SettingsError, whose message says what to do.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        read_with(settings.pipelines)
        self._indexing = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ── news comes in ──

    def ingest(self, sources: Sequence[str], on_progress: Progress | None = None) -> Summary:
        """Read files, folders and addresses into the archive; one that fails is in the summary."""
        from ingest.sources.polite import Polite
        from ingest.sources.read import read_source

        with closing(Polite(self.settings)) as fetcher, self._indexing:
            arrivals = chain.from_iterable(
                read_source(source, self.settings, fetcher) for source in sources
            )
            return self._pipeline.run(arrivals, on_progress or (lambda _summary, _source: None))

    @cached_property
    def feeds(self) -> FeedDesk:
        """The feeds that are followed, and their polling."""
        from ingest.archive.feeds import FeedStore
        from ingest.polling.desk import FeedDesk

        return FeedDesk(FeedStore(self.engine), self)

    def receive(self, arrivals: Iterable[Submission | Failure], on_progress: Progress) -> Summary:
        """Bring submissions into the archive as they come; each is stored before the next is
        asked for."""
        with self._indexing:
            return self._pipeline.run(arrivals, on_progress)

    def read_page(self, address: str) -> Article | Failure:
        """Read one web page into the archive: its article, or why there is none."""
        from ingest.sources.polite import Polite
        from ingest.sources.read import read_source

        with closing(Polite(self.settings)) as fetcher, self._indexing:
            arrivals = list(islice(read_source(address, self.settings, fetcher), 1))
            summary = self._pipeline.run(arrivals, lambda _summary, _source: None)
        for arrival in arrivals:
            if isinstance(arrival, Submission) and (
                found := self._store.get(article_id(arrival.key))
            ):
                return found
        return next(iter(summary.failures), Failure(address, "holds no article"))

    def catch_up(self) -> int:
        """Embed what an interrupted run left over; how many passages that were."""
        summary = Summary()
        with self._indexing:
            for _ in self._pipeline.catch_up(summary):
                pass
        return summary.embedded

    def reindex(self, on_progress: Progress | None = None) -> int:
        """Throw the vector index away and make it anew; how many passages it holds then."""
        summary = Summary()
        with self._indexing:
            self._store.forget_index()
            self._index.clear()
            for _ in self._pipeline.catch_up(summary):
                if on_progress:
                    on_progress(summary, "")
        return summary.embedded

    # ── questions come in ──

    def search(
        self,
        text: str,
        limit: int = 8,
        when: TimeFrame = ANY_TIME,
        about: Sequence[str] = (),
    ) -> list[Hit]:
        """The passages nearest to `text` in meaning, wording and time, best first; those of the
        articles `about` come first where they are near."""
        return self._search.find(text, limit, when, about)

    def latest(self, limit: int = 10, offset: int = 0) -> list[Article]:
        """The newest articles, newest first."""
        return self._store.latest(limit, offset)

    def article(self, article_id: str) -> Article | None:
        return self._store.get(article_id)

    def article_named(self, name: str) -> Article | None:
        """The article with this id or address, however the address is written."""
        from ingest.sources.addresses import canonical, web_address

        address = web_address(name)
        if address is None:
            return self._store.get(name)
        url = canonical(address)
        return self._store.get(article_id(url)) or self._store.at(url)

    def passages(self, article_ids: Sequence[str]) -> list[Passage]:
        """The passages of these articles, by article and place in it."""
        return self._store.passages_of(article_ids)

    def related(self, article_id: str, limit: int = 6) -> list[Article]:
        """Articles that tell of the same as this one, nearest first, itself left out."""
        article = self._store.get(article_id)
        if article is None:
            return []
        lead = article.text.partition("\n\n")[0][:400]
        hits = self._search.find(f"{article.title}. {lead}", limit * 4)
        near = [hit for hit in hits if (hit.dense or 0.0) >= RELATED_COSINE]
        ids = dict.fromkeys(hit.article.id for hit in near if hit.article.id != article_id)
        return self._store.get_many(list(ids)[:limit])

    def independent(self, article_ids: Sequence[str]) -> int:
        """How many publishers these articles are the own words of; a report and its reprints are
        one, and so are two articles of one publisher."""
        origins = self._stories.origins_of(article_ids)
        first = [origins.get(article_id, article_id) for article_id in article_ids]
        return len({article.source or article.id for article in self._store.get_many(first)})

    def origins(self, article_ids: Sequence[str]) -> dict[str, str]:
        """The article whose text each of these carries: a reprint's first publisher, or itself."""
        return self._stories.origins_of(article_ids)

    def versions(self, article_id: str) -> list[Version]:
        """The former versions of an article, oldest first, and what changed after each."""
        from ingest.archive import versions

        return versions.of_article(self.engine, article_id)

    def passage_of(self, article_id: str, quote: str) -> str:
        """The id of the passage in which a quote of an article stands now; "" if in none."""
        passages = self._store.passages_of([article_id])
        return next((passage.id for passage in passages if quote in passage.text), "")

    def withdraw(self, article_id: str, why: str) -> bool:
        """Mark an article as taken back; it is no longer found. False if it was so already."""
        return self._store.withdraw(article_id, why)

    def leads(self, article: Article, most: int = 1) -> list[str]:
        """The first `most` sentences that tell an article's news, verbatim, without what its
        publisher writes in other articles too; [] if it has none."""
        from ingest.reading.telling import telling

        found: list[str] = []
        for sentence in telling(article):
            if len(found) == most:
                break
            if not self.is_furniture(article, sentence):
                found.append(sentence)
        return found

    def is_furniture(self, article: Article, sentence: str) -> bool:
        """Whether a sentence belongs to the publisher's pages rather than to an article: those of
        FURNITURE other stories hold it too."""
        others = self._store.repeated(article, sentence)
        if len(others) < FURNITURE:
            return False
        stories = self._stories.stories_of([article.id, *others])
        own = stories.get(article.id)
        return len({stories.get(other, other) for other in others} - {own}) >= FURNITURE

    # ── stories ──

    def stories(self, limit: int = 10, offset: int = 0) -> list[Story]:
        """The stories with the newest articles, newest first, without their facts."""
        return self._stories.latest(limit, offset)

    def told_between(self, start: datetime, end: datetime, limit: int) -> list[Story]:
        """The stories that most texts told between these times, cut to what was told until `end`;
        newest first."""
        return self._stories.told_between(start, end, limit)

    def stories_with(self, ids: Sequence[str]) -> list[Story]:
        """The stories with these ids, in that order, without their facts."""
        return self._stories.get_many(ids)

    def story(self, story_id: str) -> Story | None:
        """A story with its new facts; None if there is none. Ids of merged stories lead on."""
        from ingest.stories.facts import facts_of

        story = self._stories.get(story_id)
        return replace(story, facts=facts_of(story.tellings)) if story else None

    def story_of(self, article_id: str) -> str | None:
        """The id of the story that an article tells."""
        return self._stories.stories_of([article_id]).get(article_id)

    def stories_of(self, article_ids: Sequence[str]) -> dict[str, str]:
        """The id of the story that each of these articles tells."""
        return self._stories.stories_of(article_ids)

    def find_stories(self, text: str, limit: int = 5) -> list[Story]:
        """The stories whose articles come nearest to `text`, best first; none if none is near."""
        hits = self.search(text, 10 * limit)
        found = [hit.article.id for hit in hits if (hit.dense or 0.0) >= STORY_COSINE]
        of = self._stories.stories_of(found)
        ids = list(dict.fromkeys(of[article_id] for article_id in found if article_id in of))
        return self._stories.get_many(ids[:limit])

    def story_ids(self, story_id: str) -> list[str]:
        """All ids that lead to a story, its own first."""
        return self._stories.ids_of(story_id)

    # ── news, for those who wait for it ──

    def last_news(self) -> int:
        """The number of the newest news; what comes later has a higher one."""
        return self._stories.last_number()

    def news(self, after: int, limit: int = 200) -> list[News]:
        """Articles that were placed after number `after`, in that order. An article comes again
        with a new version, or when its story was split or merged."""
        return self._stories.news(after, limit)

    def news_since(self, since: datetime, limit: int = 5000) -> list[News]:
        """Articles that came out since then."""
        return self._stories.news_since(since, limit)

    def withdrawn_since(self, since: datetime) -> list[Article]:
        """Articles that were taken back since then, by their publisher or with their page."""
        return self._store.withdrawn_since(since)

    def search_within(self, text: str, article_ids: Sequence[str], limit: int = 8) -> list[Hit]:
        """The passages of these articles nearest to `text`, best first."""
        return self._search.find_within(text, article_ids, limit)

    def regroup(self) -> tuple[int, int]:
        """Merge and split the stories of the last days; how many were merged, and split.

        A nightly pass: in one go through the news, what is one story may begin as two.
        """
        with self._indexing:
            return self._placer.regroup()

    def rarity(self, words: Sequence[str]) -> dict[str, float]:
        """How much each word tells: 0 and up, more the fewer passages hold it (as in BM25)."""
        return self._store.rarity(words)

    def respelled(self, text: str) -> dict[str, str]:
        """The words of a text that are misspelt, and what the archive's articles write instead.

        A word that the embedding model knows whole, or that an article holds, is a word.
        """
        found = {}
        for word in tokens(text):
            meant = self._spelling.meant(word)
            known = meant is None or len(self.embeddings.token_spans(word)) == 1
            if meant and not known and not self._store.held(word):
                found[word] = meant
        return found

    def languages(self) -> list[str]:
        """The languages of the articles, the most frequent first."""
        return self._store.languages()

    def sources(self) -> list[SourceCount]:
        """Each source and how much of it is here, the largest first."""
        return self._store.sources()

    def status(self) -> ArchiveStatus:
        """How much the archive holds; loads no model."""
        return ArchiveStatus(*self._store.counts(), model=self.settings.embedding_model)

    def warm_up(self) -> None:
        """Load the model and open the indexes, so that the first question does not wait."""
        self.search("warm up", limit=1)

    def close(self) -> None:
        """Let go of files and connections."""
        if "feeds" in self.__dict__:
            self.feeds.close()
        if "_index" in self.__dict__:
            self._index.close()
        if "engine" in self.__dict__:
            self.engine.dispose()

    # ── the parts, opened when first used ──

    @cached_property
    def engine(self) -> Engine:
        """The SQL database, its tables up to date; the bot keeps its own tables there too."""
        from ingest.archive.database import open_database

        return open_database(self.settings)

    @cached_property
    def embeddings(self) -> PassageEmbeddings:
        """The embedding model, as LangChain knows embeddings."""
        from ingest.reading.embed import PassageEmbeddings

        return PassageEmbeddings(self.settings.embedding_model)

    @cached_property
    def _store(self) -> ArticleStore:
        from ingest.archive.articles import ArticleStore

        return ArticleStore(self.engine)

    @cached_property
    def _index(self) -> VectorIndex:
        from ingest.archive.vectors import VectorIndex

        return VectorIndex(self.settings, self.settings.embedding_model)

    @cached_property
    def _search(self) -> Search:
        from ingest.archive.search import Search

        return Search(self._store, self._index, self.embeddings)

    @cached_property
    def _pipeline(self) -> Pipeline:
        from ingest.pipeline import Pipeline

        return Pipeline(self._store, self._index, self.embeddings, self._placer)

    @cached_property
    def _spelling(self) -> Spelling:
        from ingest.archive.spelling import Spelling

        return Spelling(self.engine)

    @cached_property
    def _stories(self) -> StoryStore:
        from ingest.archive.stories import StoryStore

        return StoryStore(self.engine)

    @cached_property
    def _placer(self) -> Placer:
        from ingest.stories.placing import Placer

        return Placer(self._stories, self._index)
