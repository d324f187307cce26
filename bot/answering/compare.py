"""Looks beside an answer: what do other articles on the same event say of what it states?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from bot.answer import Answer, Conflict
from bot.answering.conflicts import Found, Source, State, conflicts_about, same_event
from bot.answering.marking import Citations, gives, later, with_current
from ingest import Article, Hit, Newsroom, Telling
from ingest.claims import Stated, statements
from ingest.text import content_words, stem

MAX_SOURCES = 30
"""How many articles are read beside an answer: those that were found, then the newest."""
MAX_CONFLICTS = 2
MAX_LATER = 2


class Beside:
    """Finds what stands against an answer, and puts it beside it."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom

    def compare(self, answer: Answer, hits: Sequence[Hit], until: datetime | None) -> Answer:
        """The answer with its conflicts, each claim cited; a value that was superseded does not
        stand alone any more, and what later reports say of the same stands at the end. Nothing
        that came out after `until` is looked at.

        Where the question names what it asks for ("cost"), other matters are left out.
        """
        cited = {c.article_id for c in answer.citations}
        sources = self.sources([hit.article for hit in hits], cited, until)
        everything = _asked_for(answer.question, conflicts_of(answer, sources))
        book = Citations(self._newsroom, answer.citations)
        sentences, conflicts = list(answer.sentences), list[Conflict]()
        for found in _first(everything, MAX_CONFLICTS, later=False):
            if conflict := book.conflict(found):
                conflicts.append(conflict)
                if found.superseded and found.own not in found.current:
                    sentences = with_current(sentences, found, book)
        for found in _first(everything, MAX_LATER, later=True):
            sentences += later(sentences, found, book)
        if not conflicts and len(sentences) == len(answer.sentences):
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
        stories = {
            story.id: [telling for telling in story.tellings if _usable(telling, until)]
            for story in self._newsroom.stories_with(list(story_ids))
        }
        near = [t.article for told in stories.values() for t in told if t.article.id in cited]
        kept: list[tuple[Telling, str]] = []
        for story_id, told in stories.items():
            if any(telling.article.id in cited for telling in told):
                kept += [(t, story_id) for t in told]
            elif any(t.article.id in ids and _with_any(t.article, near) for t in told):
                others = [t for t in told[-MAX_SOURCES:] if _with_any(t.article, near)]
                kept += [(t, story_id) for t in others]
        order = {article_id: n for n, article_id in enumerate([*cited, *ids])}
        kept.sort(key=lambda k: (order.get(k[0].article.id, len(order)), -k[0].at.timestamp()))
        return [source_of(telling, story_id) for telling, story_id in kept[:MAX_SOURCES]]


def source_of(telling: Telling, story_id: str) -> Source:
    """An article of a story as a source."""
    article = telling.article
    stated = _statements(article.text, article.title, article.language, telling.at)
    return Source(article, telling.at, telling.origin_id, stated, story_id)


@lru_cache(maxsize=256)
def _statements(text: str, title: str, language: str | None, now: datetime) -> tuple[Stated, ...]:
    return tuple(statements(text, title, language, now))


def _with_any(article: Article, others: Sequence[Article]) -> bool:
    return any(same_event(article, other) for other in others)


def _usable(telling: Telling, until: datetime | None) -> bool:
    return telling.article.withdrawn is None and (until is None or telling.at <= until)


def conflicts_of(answer: Answer, sources: Sequence[Source]) -> list[Found]:
    """The conflicts about what the answer's sentences tell, each matter once, what was superseded
    first."""
    by_article = {source.article.id: source for source in sources}
    found: dict[str, Found] = {}
    for citation in answer.citations:
        source = by_article.get(citation.article_id)
        told = [s for s in answer.sentences if citation.n in s.citations]
        for said in source.statements if source else ():
            if source and (said.text in citation.quote or citation.quote in said.text):
                others = [other for other in sources if other is not source]
                for conflict in conflicts_about(said, source, others):
                    if any(gives(sentence, conflict.own) for sentence in told):
                        found.setdefault(conflict.about, conflict)
    return sorted(found.values(), key=lambda one: not one.superseded)


def _asked_for(question: str, found: Sequence[Found]) -> list[Found]:
    """The matters that a question names, if it names any; else all."""
    asked = set(map(stem, content_words(question)))
    return [one for one in found if stem(one.about) in asked] or list(found)


def _first(found: Sequence[Found], limit: int, *, later: bool) -> list[Found]:
    return [one for one in found if (one.state is State.LATER) is later][:limit]
