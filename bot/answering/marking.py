"""Puts what other reports say behind the sentences of an answer, each with its citation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.answer import Citation, Claim, Conflict, Sentence, holds_value
from bot.answering.cite import cite
from bot.answering.conflicts import Found, Side, stands_alone
from ingest import Article, Hit, Newsroom


@dataclass(slots=True)
class Citations:
    """The citations of an answer, to which others are added."""

    newsroom: Newsroom
    citations: list[Citation]

    def __init__(self, newsroom: Newsroom, citations: Iterable[Citation] = ()) -> None:
        self.newsroom = newsroom
        self.citations = list(citations)

    def number(self, article: Article, quote: str) -> int:
        """The number under which these words of an article are cited; 0 if they can't be."""
        for citation in self.citations:
            if citation.article_id == article.id and citation.quote == quote:
                return citation.n
        for passage in self.newsroom.passages([article.id]):
            if quote in passage.text:
                n = max((citation.n for citation in self.citations), default=0) + 1
                self.citations.append(cite(n, Hit(passage, article, 0.0), quote))
                return n
        return 0

    def conflict(self, found: Found) -> Conflict | None:
        """A conflict with its claims cited; None if one of them can't be."""
        known = len(self.citations)
        claims = [self._claim(side) for side in found.sides]
        borne = tuple(claim for claim in claims if claim is not None)
        if len(borne) < len(found.sides):
            del self.citations[known:]
            return None
        return Conflict(found.about, borne, found.superseded)

    def _claim(self, side: Side) -> Claim | None:
        article = side.source.article
        n = self.number(article, side.quote)
        return (
            Claim(side.value, article.source, article.published, n, side.attributed) if n else None
        )


def with_current(sentences: Sequence[Sentence], found: Found, book: Citations) -> list[Sentence]:
    """The sentences, the first that tells the older value marked as superseded and followed by the
    one that gives the newest; others that tell the older value of the same are left out.

    A sentence that only cites the same words, for something else, stands as it is.
    """
    side = max(found.current, key=lambda s: (stands_alone(s.statement), s.source.at))
    old = [s for s in sentences if _cites(s, found.said.text, book) and gives(s, found.own)]
    new = next(
        (s for s in sentences if _cites(s, side.statement.text, book) and s not in old),
        Sentence(side.quote, (book.number(side.source.article, side.quote),)),
    )
    if not old:
        return list(sentences)
    both = [replace(old[0], superseded=True), new]
    kept = [s for s in sentences if s == old[0] or (s not in old and s != new)]
    at = kept.index(old[0])
    return [*kept[:at], *both, *kept[at + 1 :]]


def later(sentences: Sequence[Sentence], found: Found, book: Citations) -> list[Sentence]:
    """What the last report says, unless it is told already."""
    side = found.sides[-1]
    if any(_cites(sentence, side.statement.text, book) for sentence in sentences):
        return []
    n = book.number(side.source.article, side.quote)
    return [Sentence(side.quote, (n,), later=True)] if n else []


def gives(sentence: Sentence, side: Side) -> bool:
    """Whether a sentence tells a side's value itself, and not another that stands beside it."""
    return holds_value(sentence.text, side.value, side.source.article.language)


def _cites(sentence: Sentence, words: str, book: Citations) -> bool:
    quotes = {citation.n: citation.quote for citation in book.citations}
    return any(words in quotes[n] for n in sentence.citations)
