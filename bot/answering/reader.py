"""The reader: says how well a sentence, read in its context, answers a question.

By default a small cross-encoder that training/reader makes from the embedding model's weights
(docs/reader.md); READER_MODEL names another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

WEIGHTS = Path(__file__).parent / "reader.safetensors"


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of an article in its context: the one `before` it, or "", and the title, or ""."""

    text: str
    before: str
    title: str

    @property
    def in_context(self) -> str:
        """As a model reads it: the sentence first, so that what is cut off is the context."""
        return f"{self.text} [SEP] {self.before} [SEP] {self.title}"


class Encoder(Protocol):
    """A model that scores pairs of texts: one number each, above 0 for "rather yes"."""

    def scores(self, pairs: Sequence[tuple[str, str]]) -> list[float]: ...


class Reader:
    """Reads with an encoder, which is loaded when the first question is asked."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def __call__(self, question: str, places: Sequence[Place]) -> list[float]:
        """How well each place answers, as a logit."""
        return self._encoder.scores([(question, place.in_context) for place in places])


def reader_of(model: str | None) -> Reader:
    """The reader that READER_MODEL names, or the one that Newsdesk brings."""
    from ingest.models import AdaptedEncoder, CrossEncoder

    return Reader(CrossEncoder("READER_MODEL", model) if model else AdaptedEncoder(WEIGHTS))
