"""A text and its tokens as an embedding model sees them."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.text.sentences import Span


@dataclass(frozen=True, slots=True)
class InContext:
    """The unit vector of a text, and those of its tokens with where each stands."""

    vector: list[float]
    spans: list[Span]
    tokens: list[list[float]]
