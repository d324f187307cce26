"""The order of the stages, and nothing else: source, article, passages, embeddings, story."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ingest.archive.articles import ArticleStore
from ingest.archive.vectors import VectorIndex
from ingest.article import Article, Depth, Failure, Passage, Submission, Summary
from ingest.errors import SourceError
from ingest.reading.clean import to_article
from ingest.reading.embed import PassageEmbeddings
from ingest.reading.passages import cut, embedding_text
from ingest.stories.placing import Placer
from ingest.stories.versions import changes_between

BATCH_ARTICLES = 16
"""Articles embedded and written to Chroma at once: a second or two of work."""
Progress = Callable[[Summary, str], None]
"""Told after each article: the summary so far, and the source that is being read."""


class Pipeline:
    """Brings submissions into the archive: first SQL, then Chroma, which can always catch up."""

    def __init__(
        self,
        store: ArticleStore,
        index: VectorIndex,
        embeddings: PassageEmbeddings,
        placer: Placer,
    ) -> None:
        self._placer = placer
        self._store = store
        self._index = index
        self._embeddings = embeddings

    def run(self, arrivals: Iterable[Submission | Failure], on_progress: Progress) -> Summary:
        """Save every submission and embed what is new; a failure is counted and the rest goes on.

        Killed at any moment and run again, the archive ends as after one clean run: an article
        is saved in one transaction, and one that waits for its embeddings says so.
        """
        summary = Summary()
        seen: dict[str, Depth] = {}
        for arrival in arrivals:
            self._receive(arrival, summary, seen)
            if (summary.new + summary.updated) % BATCH_ARTICLES == 0:
                self._index_batch(summary)
            on_progress(summary, arrival.source if isinstance(arrival, Failure) else arrival.origin)
        for _ in self.catch_up(summary):
            on_progress(summary, "")
        return summary

    def _receive(
        self, arrival: Submission | Failure, summary: Summary, seen: dict[str, Depth]
    ) -> None:
        if isinstance(arrival, Failure):
            summary.failures.append(arrival)
            return
        try:
            article = to_article(arrival)
        except SourceError as error:
            summary.failures.append(Failure(error.source, error.reason))
            return
        # Two sources of one run that give the same article differently would otherwise take
        # turns in the archive, at each run anew.
        if seen.get(article.id) in {Depth.FULL, article.depth}:
            summary.unchanged += 1
            return
        seen[article.id] = article.depth
        if arrival.feed is not None:  # before the article, so that nobody sees it without
            self._store.note_carrier(article.id, arrival.feed, backlog=arrival.backlog)
        change = self._store.save(article, self._cut, changes_between)
        setattr(summary, change, getattr(summary, change) + 1)

    def catch_up(self, summary: Summary) -> Iterator[int]:
        """Embed all articles that wait for it; yields after each batch how many it embedded."""
        while count := self._index_batch(summary):
            yield count

    def _index_batch(self, summary: Summary) -> int:
        articles = self._store.unindexed(BATCH_ARTICLES)
        if not articles:
            return 0
        passages = self._store.passages_of([article.id for article in articles])
        vectors = self._embed(articles, passages)
        self._index.replace(articles, passages, vectors)
        self._placer.place(articles, passages, vectors)
        stale = self._store.mark_indexed(articles)
        if stale:  # they changed while we embedded: take out what we put in, their turn comes again
            self._index.replace(stale, [], [])
        summary.embedded += len(passages)
        return len(articles)

    def _embed(self, articles: Sequence[Article], passages: Sequence[Passage]) -> list[list[float]]:
        titles = {article.id: article.title for article in articles}
        spans = self._embeddings.token_spans
        return self._embeddings.embed_documents(
            [embedding_text(titles[p.article_id], p.text, spans) for p in passages]
        )

    def _cut(self, article: Article) -> list[Passage]:
        return cut(article, self._embeddings.token_spans, self._embeddings.window)
