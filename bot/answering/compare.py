"""Looks beside an answer: what do other articles on the same event say of what it states?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from bot.answer import Answer, Citation, Claim, Conflict, Sentence
from bot.answering.attribution import attributed
from bot.answering.cite import cite
from bot.answering.conflicts import Found, Side, Source, conflicts_about, same_event, stands_alone
from ingest import Article, Hit, Newsroom, Statement, Telling, roles_in, statements

MAX_SOURCES = 30
"""How many articles are read beside an answer: those that were found, then the newest."""
MAX_CONFLICTS = 2


class Beside:
    """Finds what stands against an answer, and puts it beside it."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom

    def compare(self, answer: Answer, hits: Sequence[Hit], until: datetime | None) -> Answer:
        """The answer with its conflicts, each claim cited; a value that was superseded does not
        stand alone any more. Nothing that came out after `until` is looked at.

        Where the question names what it asks for ("cost"), other matters are left out.
        """
        cited = {c.article_id for c in answer.citations}
        sources = self.sources([hit.article for hit in hits], cited, until)
        book = Citations(self._newsroom, answer.citations)
        sentences, conflicts = list(answer.sentences), []
        everything = _found(answer, sources)
        asked = [found for found in everything if found.about in roles_in(answer.question)]
        for found in (asked or everything)[:MAX_CONFLICTS]:
            conflict = book.conflict(found)
            if conflict is None:
                continue
            conflicts.append(conflict)
            if found.superseded:
                sentences = _with_current(sentences, found, book)
        if not conflicts:
            return answer
        articles = list(dict.fromkeys(citation.article_id for citation in book.citations))
        return replace(
            answer,
            sentences=tuple(sentences),
            citations=tuple(book.citations),
            conflicts=tuple(conflicts),
            independent=self._newsroom.independent(articles),
        )

    def sources(
        self, found: Sequence[Article], cited: Iterable[str], until: datetime | None
    ) -> list[Source]:
        """The articles that tell of the same event as those `cited` (ids), as sources: those of
        their stories, and of other stories that were found and name the same."""
        ids, cited = [article.id for article in found], set(cited)
        story_ids = dict.fromkeys(filter(None, map(self._newsroom.story_of, [*cited, *ids])))
        stories = [
            [telling for telling in story.tellings if _usable(telling, until)]
            for story in self._newsroom.stories_with(list(story_ids))
        ]
        near = [t.article for told in stories for t in told if t.article.id in cited]
        kept: list[Telling] = []
        for told in stories:
            if any(telling.article.id in cited for telling in told):
                kept += told
            elif any(t.article.id in ids and _with_any(t.article, near) for t in told):
                kept += [t for t in told[-MAX_SOURCES:] if _with_any(t.article, near)]
        order = {article_id: n for n, article_id in enumerate([*cited, *ids])}
        kept.sort(key=lambda t: (order.get(t.article.id, len(order)), -t.at.timestamp()))
        return [source_of(telling) for telling in kept[:MAX_SOURCES]]


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
        who = attributed(side.statement.text)
        return Claim(side.value, article.source, article.published, n, who) if n else None


def source_of(telling: Telling) -> Source:
    """An article of a story as a source."""
    article = telling.article
    stated = _statements(article.text, article.title, article.language)
    return Source(article, telling.at, telling.origin_id, stated)


@lru_cache(maxsize=256)
def _statements(text: str, title: str, language: str | None) -> tuple[Statement, ...]:
    return tuple(statements(text, title, language))


def _with_any(article: Article, others: Sequence[Article]) -> bool:
    return any(same_event(article, other) for other in others)


def _usable(telling: Telling, until: datetime | None) -> bool:
    return telling.article.withdrawn is None and (until is None or telling.at <= until)


def _found(answer: Answer, sources: Sequence[Source]) -> list[Found]:
    """The conflicts about what the answer's quotes state, each matter once."""
    by_article = {source.article.id: source for source in sources}
    found: dict[str, Found] = {}
    for citation in answer.citations:
        source = by_article.get(citation.article_id)
        for said in source.statements if source else ():
            if source and said.text in citation.quote:
                others = [other for other in sources if other is not source]
                for conflict in conflicts_about(said, source, others):
                    found.setdefault(conflict.about, conflict)
    return list(found.values())


def _with_current(sentences: Sequence[Sentence], found: Found, book: Citations) -> list[Sentence]:
    """The sentences, the newest value's after the first one that cites an older one, unless one
    states it already."""
    newest = {book.number(side.source.article, side.quote) for side in found.current}
    if found.own in found.current or any(newest & set(s.citations) for s in sentences):
        return list(sentences)
    side = max(found.current, key=lambda s: (stands_alone(s.statement), s.source.at))
    added = Sentence(side.quote, (book.number(side.source.article, side.quote),))
    quotes = {citation.n: citation.quote for citation in book.citations}
    cites = (any(found.said.text in quotes[c] for c in s.citations) for s in sentences)
    at = next((n for n, does in enumerate(cites, 1) if does), len(sentences))
    return [*sentences[:at], added, *sentences[at:]]
