"""Puts the newest value behind the sentence of an answer that tells an older one. Pure but for the
book, which cites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from bot.answer import Citation, Sentence
from bot.answering.conflicts import Found, Side, stands_alone
from ingest import Article
from ingest.text import figures


class Book(Protocol):
    """Numbers what is cited."""

    @property
    def citations(self) -> list[Citation]: ...

    def number(self, article: Article, quote: str) -> int:
        """The number under which these words of an article are cited; 0 if they can't be."""
        ...


def with_current(
    sentences: Sequence[Sentence], found: Found, book: Book, told: Sequence[Sentence] = ()
) -> list[Sentence]:
    """The sentences, the first that tells the older value marked as superseded and followed by the
    one that gives the newest; others that tell the older value of the same are left out.

    `told` are the sentences that are known to tell it; without them, those that do by their words.
    A sentence that only cites the same words, for something else, stands as it is.
    """
    side = max(found.current, key=lambda s: (stands_alone(s.statement), s.source.at))
    quotes = {citation.n: citation.quote for citation in book.citations}
    old = [s for s in sentences if s in told] or [
        s for s in sentences if _cites(s, found.said.text, quotes) and _gives(s, found.own)
    ]
    new = next(
        (s for s in sentences if _cites(s, side.statement.text, quotes) and s not in old),
        Sentence(side.quote, (book.number(side.source.article, side.quote),)),
    )
    if not old:
        return _beside(sentences, found, new, quotes)
    both = [replace(old[0], superseded=True), new]
    kept = [s for s in sentences if s == old[0] or (s not in old and s != new)]
    at = kept.index(old[0])
    return [*kept[:at], *both, *kept[at + 1 :]]


def _beside(
    sentences: Sequence[Sentence], found: Found, new: Sentence, quotes: dict[int, str]
) -> list[Sentence]:
    """The sentences, the newest value's after the first one that cites the older one's words."""
    if new in sentences:
        return list(sentences)
    at = next((n for n, s in enumerate(sentences, 1) if _cites(s, found.said.text, quotes)), None)
    at = len(sentences) if at is None else at
    return [*sentences[:at], new, *sentences[at:]]


def _cites(sentence: Sentence, words: str, quotes: dict[int, str]) -> bool:
    return any(words in quotes[n] for n in sentence.citations)


def _gives(sentence: Sentence, side: Side) -> bool:
    """Whether a sentence tells a side's value itself, and not another that stands beside it."""
    wanted = {(figure.value, figure.unit) for figure in figures(side.value)}
    if wanted:
        held = {(figure.value, figure.unit) for figure in figures(sentence.text)}
        return wanted <= held
    return side.value.casefold() in sentence.text.casefold()
