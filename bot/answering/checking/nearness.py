"""Nearness in meaning, as the embedding model of the archive sees it."""

from __future__ import annotations

from collections.abc import Callable

Embed = Callable[[list[str]], list[list[float]]]

NEAR = 0.7
"""Cosine of two words from which one may stand for the other."""
UNLIKE = 0.25
"""Cosine below which a sentence is not about what its quote says."""


class Embedded:
    """Compares by cosine; a text is embedded once."""

    def __init__(self, embed: Embed) -> None:
        self._embed = embed
        self._vectors: dict[str, list[float]] = {}

    def near(self, first: str, second: str) -> bool:
        """Whether one word may stand for the other."""
        return self._cosine(first, second) >= NEAR

    def unlike(self, sentence: str, quote: str) -> str:
        """Why the quote does not mean what the sentence says, or ""."""
        if self._cosine(sentence, quote) >= UNLIKE:
            return ""
        return "it means something else than what stands there"

    def _cosine(self, first: str, second: str) -> float:
        new = [text for text in (first, second) if text not in self._vectors]
        if new:
            self._vectors.update(zip(new, self._embed(new), strict=True))
        pair = zip(self._vectors[first], self._vectors[second], strict=True)
        return sum(a * b for a, b in pair)
