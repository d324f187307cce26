"""Nearness in meaning, as the embedding model of the archive sees words where they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import mul

from bot.answering.checking.reading import Reading, Word
from ingest import InContext

Embed = Callable[[list[str]], list[InContext]]

UNLIKE = 0.25
"""Cosine below which a sentence is not about what its quote says."""


class Embedded:
    """Compares by cosine; a text is embedded once."""

    def __init__(self, embed: Embed) -> None:
        self._embed = embed
        self._known: dict[str, InContext] = {}

    def whole(self, sentence: str, quote: str) -> float:
        """The nearness of two texts, from -1 to 1."""
        first, second = self._read((sentence, quote))
        return _dot(first.vector, second.vector)

    def word(self, word: Word, sentence: Reading, held: Sequence[Reading]) -> float:
        """How near some word of the sentences `held` comes to one of `sentence`, from -1 to 1."""
        first, *others = self._read((sentence.text, *(reading.text for reading in held)))
        vector = _at(first, word)
        return max(
            (
                _dot(vector, _at(read, other))
                for reading, read in zip(held, others, strict=True)
                for other in reading.content
                if not other.name
            ),
            default=0.0,
        )

    def unlike(self, sentence: str, quote: str, word_for_word: bool) -> str:
        """Why the quote does not mean what the sentence says, or ""; a shortening does."""
        if word_for_word or self.whole(sentence, quote) >= UNLIKE:
            return ""
        return "it means something else than what stands there"

    def _read(self, texts: Sequence[str]) -> list[InContext]:
        if new := [text for text in dict.fromkeys(texts) if text not in self._known]:
            self._known.update(zip(new, self._embed(new), strict=True))
        return [self._known[text] for text in texts]


def _at(read: InContext, word: Word) -> list[float]:
    """The unit vector of a word: the mean of its tokens."""
    tokens = [
        vector
        for (start, end), vector in zip(read.spans, read.tokens, strict=False)
        if start < word.end and end > word.start
    ]
    mean = [sum(part) for part in zip(*tokens, strict=True)]
    length = _dot(mean, mean) ** 0.5
    return [part / length for part in mean] if length else []


def _dot(first: Sequence[float], second: Sequence[float]) -> float:
    return float(sum(map(mul, first, second)))
