"""Which words of a sentence say the same as one of another."""

from __future__ import annotations

from bot.answering.checking.reading import Reading, Word
from bot.answering.checking.synonyms import same
from bot.answering.checking.vocabulary import stems
from ingest import opposite

_COMPARED = stems("more less fewer up down")


def aligned(word: Word, held: Reading) -> list[Word]:
    """The words of a sentence that say the same as this one: itself, else those like it."""
    itself = [other for other in held.words if other.stem == word.stem]
    if itself or word.name:
        return itself
    return [other for other in held.words if _alike(word, other)]


def _alike(word: Word, other: Word) -> bool:
    return (
        (other.content or other.stem in _COMPARED)
        and not other.name
        and same(word.stem, other.stem)
        and not opposite(word.stem, other.stem)
    )
