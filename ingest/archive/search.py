"""Hybrid search: the vector index and the keyword index, fused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from langchain_core.embeddings import Embeddings

from ingest.archive.articles import ArticleStore
from ingest.archive.keywords import query_words
from ingest.archive.vectors import VectorIndex
from ingest.article import Hit

CANDIDATES = 50
"""How many passages each index may propose."""
DENSE_WEIGHT = 0.5


class Search:
    """Finds the passages that matter to a text, in any wording (dense) or the same (keyword)."""

    def __init__(self, store: ArticleStore, index: VectorIndex, embeddings: Embeddings) -> None:
        self._store = store
        self._index = index
        self._embeddings = embeddings

    def find(self, text: str, limit: int, as_of: datetime | None = None) -> list[Hit]:
        """At most `limit` hits, best first; see `fuse` for the score.

        What Chroma still holds of an article that has changed since is left out: SQL decides. So
        is what its publisher took back.
        """
        if not text.strip():
            return []
        dense = dict(self._index.nearest(self._embeddings.embed_query(text), CANDIDATES, as_of))
        by_row = dict(self._store.find_words(query_words(text), CANDIDATES, as_of))
        passages, ids = self._store.passages_at(dense, by_row)
        keyword = {ids[row]: score for row, score in by_row.items() if row in ids}
        best = max(keyword.values(), default=1.0)
        keyword = {key: score / best for key, score in keyword.items()}
        fused = fuse({key: s for key, s in dense.items() if key in passages}, keyword)
        top = sorted(fused, key=lambda key: (-fused[key], key))[:limit]
        articles = self._store.get_many(list({passages[key].article_id for key in top}))
        by_id = {article.id: article for article in articles}
        return [
            Hit(passage, by_id[passage.article_id], fused[key], dense.get(key), keyword.get(key))
            for key in top
            if (passage := passages[key]).article_id in by_id
            and by_id[passage.article_id].withdrawn is None
        ]

    def find_within(self, text: str, article_ids: Sequence[str], limit: int) -> list[Hit]:
        """The nearest passages of these articles, by meaning; the score is the cosine."""
        vector = self._embeddings.embed_query(text)
        dense = dict(self._index.nearest(vector, limit, None, within=article_ids))
        passages, _ = self._store.passages_at(dense, {})
        articles = {article.id: article for article in self._store.get_many(list(article_ids))}
        return [
            Hit(passage, articles[passage.article_id], max(cosine, 0.0), cosine)
            for key, cosine in dense.items()
            if (passage := passages.get(key)) and passage.article_id in articles
        ]


def fuse(dense: Mapping[str, float], keyword: Mapping[str, float]) -> dict[str, float]:
    """The fused score (0..1) of each passage: the mean of its scores, each spread over 0..1.

    A passage that one index does not propose counts there as the last one that it does. Min-max
    fusion finds more than fusion by rank on the news that we measured (docs/benchmarks.md).
    """
    spread_dense, spread_keyword = _spread(dense), _spread(keyword)
    return {
        key: DENSE_WEIGHT * spread_dense.get(key, 0.0)
        + (1 - DENSE_WEIGHT) * spread_keyword.get(key, 0.0)
        for key in {**dense, **keyword}
    }


def _spread(scores: Mapping[str, float]) -> dict[str, float]:
    low, high = min(scores.values(), default=0.0), max(scores.values(), default=0.0)
    width = high - low
    return {key: (score - low) / width if width else 1.0 for key, score in scores.items()}
