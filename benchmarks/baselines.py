"""Plain ways to find and to quote, to compare with: BM25, MiniLM alone, a LangChain pipeline."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from benchmarks.plain import nearest, open_plain
from bot.evaluating.evaluate import PASSAGES, SENTENCES
from ingest import Article, Newsroom, Passage
from ingest.text import sentence_spans

K1, B = 1.2, 0.75
TOP = 4
"""How many passages an answer is quoted from."""
Likeness = Callable[[str, list[str]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage that was found, and how well it matches (0..1)."""

    article: str
    text: str
    score: float


class Baseline(Protocol):
    """A way to find passages; `end` leaves out what was published later."""

    name: str

    def find(self, text: str, end: datetime | None) -> list[Piece]:
        """Passages, best first."""

    def likeness(self, text: str, sentences: list[str]) -> Sequence[float]:
        """How much each sentence is like the question."""


class Bm25:
    """BM25 over the archive's passages under their titles; a score is the share of the most that
    a passage could score."""

    name = "BM25"

    def __init__(self, passages: Sequence[tuple[Article, Passage]]) -> None:
        from sklearn.feature_extraction.text import CountVectorizer

        self._passages = passages
        self._published = np.array(
            [a.published.timestamp() if a.published else 0.0 for a, _ in passages]
        )
        self._words = CountVectorizer(stop_words="english", token_pattern=r"(?u)\b\w+\b")
        counts = self._words.fit_transform(f"{a.title}\n{p.text}" for a, p in passages).tocsr()
        length = np.asarray(counts.sum(axis=1)).ravel()
        held = np.asarray((counts > 0).sum(axis=0)).ravel()
        self._idf = np.log(1 + (len(passages) - held + 0.5) / (held + 0.5))
        norm = K1 * (1 - B + B * length / length.mean())
        counts = counts.astype(float)
        rows = np.repeat(np.arange(len(passages)), np.diff(counts.indptr))
        counts.data = counts.data * (K1 + 1) / (counts.data + norm[rows])
        self._weights = counts.multiply(self._idf).tocsc()

    def find(self, text: str, end: datetime | None) -> list[Piece]:
        asked = (self._words.transform([text]) > 0).astype(float)
        scores = np.asarray((self._weights @ asked.T).todense()).ravel()
        if end:
            scores[self._published > end.timestamp()] = 0.0
        most = float((asked @ self._idf)[0]) * (K1 + 1) or 1.0
        best = np.argsort(-scores, kind="stable")[:PASSAGES]
        return [
            Piece(self._passages[at][0].id, self._passages[at][1].text, scores[at] / most)
            for at in best
            if scores[at] > 0
        ]

    def likeness(self, text: str, sentences: list[str]) -> Sequence[float]:
        asked = self._words.transform([text]) > 0
        held = self._words.transform(sentences) > 0
        return list(np.asarray(held.multiply(asked).multiply(self._idf).sum(axis=1)).ravel())


class MiniLm:
    """The nearest passages of the archive's own vector index, and nothing else."""

    name = "MiniLM"

    def __init__(self, newsroom: Newsroom, passages: Sequence[tuple[Article, Passage]]) -> None:
        self._newsroom = newsroom
        self._passages = {passage.id: passage for _, passage in passages}

    def find(self, text: str, end: datetime | None) -> list[Piece]:
        vector = self._newsroom.embeddings.embed_query(text)
        found = dict(self._newsroom._index.nearest(vector, PASSAGES, None, end))
        best = sorted(found, key=lambda key: -found[key])
        pieces = [(self._passages[key], found[key]) for key in best if key in self._passages]
        return [Piece(passage.article_id, passage.text, score) for passage, score in pieces]

    def likeness(self, text: str, sentences: list[str]) -> Sequence[float]:
        asked, *vectors = self._newsroom.embeddings.embed_documents([text, *sentences])
        return [sum(a * b for a, b in zip(asked, vector, strict=True)) for vector in vectors]


class Plain:
    """The plain LangChain pipeline: what its four pieces hold."""

    name = "LangChain"

    def __init__(
        self, folder: Path, rows: Sequence[dict[str, Any]], ids: dict[str, str], likeness: Likeness
    ) -> None:
        self._store = open_plain(folder, rows)
        self._ids = ids
        self._likeness = likeness

    def find(self, text: str, end: datetime | None) -> list[Piece]:
        found = nearest(self._store, text, end)
        return [Piece(self._ids.get(url, url), words, score) for url, words, score in found]

    def likeness(self, text: str, sentences: list[str]) -> Sequence[float]:
        return self._likeness(text, sentences)


def quoted(baseline: Baseline, text: str, pieces: Sequence[Piece]) -> list[str]:
    """The sentences of the first TOP pieces that are most like the question, best first."""
    found = {
        " ".join(piece.text[start:end].split())
        for piece in pieces[:TOP]
        for start, end in sentence_spans(piece.text, "en")
    }
    sentences = sorted(sentence for sentence in found if re.search(r"\w", sentence))
    if not sentences:
        return []
    scores = baseline.likeness(text, sentences)
    best = sorted(zip(scores, sentences, strict=True), key=lambda pair: -pair[0])
    return [sentence for _, sentence in best[:SENTENCES]]


def archived(newsroom: Newsroom) -> list[tuple[Article, Passage]]:
    """Every passage of the archive, with its article."""
    articles = {article.id: article for article in newsroom.latest(1_000_000)}
    passages = newsroom._store.passages_of(list(articles))
    return [(articles[passage.article_id], passage) for passage in passages]
