"""Hybrid search: the vector index and the keyword index, fused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from langchain_core.embeddings import Embeddings

from ingest.archive.articles import ArticleStore
from ingest.archive.keywords import query_words
from ingest.archive.vectors import VectorIndex
from ingest.article import Hit
from ingest.timeframe import ANY_TIME, TimeFrame

CANDIDATES = 50
"""How many passages each index may propose."""
DENSE_WEIGHT = 0.5
LEAST_WIDTH = 0.3
BESIDE = 0.2
"""How much an article's second best passage counts."""
ASKED_ABOUT = 0.5
"""The favour of an article that the asker has before them: as much as a period that is meant."""


class Search:
    """Finds the passages that matter to a text, in any wording (dense) or the same (keyword)."""

    def __init__(self, store: ArticleStore, index: VectorIndex, embeddings: Embeddings) -> None:
        self._store = store
        self._index = index
        self._embeddings = embeddings

    def find(
        self, text: str, limit: int, when: TimeFrame = ANY_TIME, about: Sequence[str] = ()
    ) -> list[Hit]:
        """At most `limit` hits, best first; the articles `about` are looked through by themselves.

        The score of a passage is that of its wording (see `fuse`), a share of that of its article's
        next best passage (one passage may match by chance), and the favour of its time, or of being
        asked about. What Chroma still holds of an article that has changed since is left out: SQL
        decides. So is what its publisher took back.
        """
        if not text.strip():
            return []
        vector, words = self._embeddings.embed_query(text), query_words(text)
        dense: dict[str, float] = {}
        by_row: dict[int, float] = {}
        for start, end in {(None, when.as_of), when.pool or (None, when.as_of)}:
            dense |= self._index.nearest(vector, CANDIDATES, start, end)
            by_row |= self._store.find_words(words, CANDIDATES, start, end)
        if about:
            dense |= self._index.nearest(vector, CANDIDATES, within=about)
        passages, ids = self._store.passages_at(dense, by_row)
        keyword = {ids[row]: score for row, score in by_row.items() if row in ids}
        best = max(keyword.values(), default=1.0)
        keyword = {key: score / best for key, score in keyword.items()}
        fused = fuse({key: s for key, s in dense.items() if key in passages}, keyword)
        owner = {key: passages[key].article_id for key in fused}
        articles = self._store.get_many(list(set(owner.values())))
        found = {article.id: article for article in articles if article.withdrawn is None}
        beside = seconds(fused, owner)
        asked = frozenset(about)
        favour = {
            name: ASKED_ABOUT if name in asked else when.bonus(article.published)
            for name, article in found.items()
        }
        scores = {
            key: score + BESIDE * beside[owner[key]] + favour[owner[key]]
            for key, score in fused.items()
            if owner[key] in found
        }
        top = sorted(scores, key=lambda key: (-scores[key], key))[:limit]
        return [
            Hit(
                passages[key],
                found[owner[key]],
                scores[key],
                dense.get(key),
                keyword.get(key),
                favour[owner[key]],
            )
            for key in top
        ]

    def find_within(self, text: str, article_ids: Sequence[str], limit: int) -> list[Hit]:
        """The nearest passages of these articles, by meaning; the score is the cosine."""
        vector = self._embeddings.embed_query(text)
        dense = dict(self._index.nearest(vector, limit, within=article_ids))
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


def seconds(scores: Mapping[str, float], owner: Mapping[str, str]) -> dict[str, float]:
    """The score of each article's second best passage; 0 if it has but one."""
    of_article: dict[str, list[float]] = {}
    for key, score in scores.items():
        of_article.setdefault(owner[key], []).append(score)
    return {name: sorted([0.0, *found])[-2] for name, found in of_article.items()}


def _spread(scores: Mapping[str, float]) -> dict[str, float]:
    """Scores spread over 0..1, the best at 1. Where all are much the same (few candidates), they
    stay so: the spread is at least LEAST_WIDTH of the best."""
    low, high = min(scores.values(), default=0.0), max(scores.values(), default=0.0)
    width = max(high - low, LEAST_WIDTH * high)
    return {key: 1.0 - (high - score) / width if width else 1.0 for key, score in scores.items()}
