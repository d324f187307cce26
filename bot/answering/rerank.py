"""Puts passages into a better order with a cross-encoder, if RERANKER_MODEL names one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.answering.crossencoder import CrossEncoder
from ingest import Hit

Reranker = Callable[[str, Sequence[Hit]], list[Hit]]
"""Orders hits by how well they answer a question, best first."""


class CrossEncoderReranker:
    """Reads question and passage together; slower than embeddings, and better."""

    def __init__(self, model: CrossEncoder) -> None:
        self._model = model

    def __call__(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        if not hits:
            return []
        pairs = [(question, f"{hit.article.title}. {hit.passage.text}") for hit in hits]
        scores = [row[0] for row in self._model.scores(pairs)]
        order = sorted(range(len(hits)), key=lambda at: -scores[at])
        ranks = sorted((hit.score for hit in hits), reverse=True)
        # The scores of the search stay the scale; the model decides who gets which.
        return [replace(hits[at], score=score) for at, score in zip(order, ranks, strict=True)]
