"""Looks beside an answer: what do other articles on the same event say of what it states?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from bot.answer import Answer, Citation, Claim, Conflict, Sentence
from bot.answering.attribution import attributed
from bot.answering.checking.check import check
from bot.answering.cite import cite
from bot.answering.conflicts import Found, Side, Source, conflicts_about, same_event
from bot.answering.evidence import Evidence
from bot.answering.later import Later, nearest
from bot.answering.marking import with_current
from bot.answering.overtakings import Overtaking, dated, later_than, overtakings
from ingest import Article, Hit, Newsroom, Statement, Telling, roles_in, statements

MAX_SOURCES = 30
"""How many articles are read beside an answer: those that were found, then the newest."""
MAX_CONFLICTS = 2
PASSAGES = 2
"""How many passages of later reports are read for what they say of one sentence's matter."""
MAX_LATER = 2


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
        sentences, conflicts = list(answer.sentences), list[Conflict]()
        everything = _found(answer, sources)
        marked = [_as_found(one, everything) for one in overtakings(answer, sources)]
        for found in _matters(answer, everything, marked):
            conflict = book.conflict(found)
            if conflict is None:
                continue
            conflicts.append(conflict)
            if found.superseded and found.own not in found.current:
                told = [one.sentence for one in marked if one.found == found]
                sentences = with_current(sentences, found, book, told)
        sentences += self._later(answer.question, sentences, sources, book)
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

    def _later(
        self, question: str, told: Sequence[Sentence], sources: Sequence[Source], book: Citations
    ) -> list[Sentence]:
        """What later reports say of the same matters, nearest first, at most MAX_LATER sentences:
        not what is told already, nor where they say the same."""
        by_article = {source.article.id: source for source in sources}
        by_number = {citation.n: citation for citation in book.citations}
        found: dict[str, Later] = {}
        for sentence in told:
            own = by_article.get(by_number[sentence.citations[0]].article_id)
            if own is None or sentence.superseded:
                continue
            newer = [s.article.id for s in later_than(own, sources) if dated(own, s)]
            hits = self._newsroom.search_within(sentence.text, newer, PASSAGES) if newer else []
            hits = [hit for hit in hits if not _says_so(hit, sentence.text)]
            later = nearest(
                sentence.text, question, hits, self._newsroom.embeddings.embed_documents
            )
            if later and not any(later.quote in c.quote for c in by_number.values()):
                found.setdefault(later.quote, later)
        best = sorted(found.values(), key=lambda later: -later.near)[:MAX_LATER]
        numbered = [(one.quote, book.number(one.hit.article, one.quote)) for one in best]
        return [Sentence(quote, (n,), later=True) for quote, n in numbered if n]

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


def source_of(telling: Telling, story_id: str) -> Source:
    """An article of a story as a source."""
    article = telling.article
    stated = _statements(article.text, article.title, article.language)
    return Source(article, telling.at, telling.origin_id, stated, story_id)


@lru_cache(maxsize=256)
def _statements(text: str, title: str, language: str | None) -> tuple[Statement, ...]:
    return tuple(statements(text, title, language))


def _says_so(hit: Hit, sentence: str) -> bool:
    """Whether a later report bears the sentence too: then nothing has changed."""
    return check(sentence, hit.passage.text, Evidence(0, hit).heading).ok


def _with_any(article: Article, others: Sequence[Article]) -> bool:
    return any(same_event(article, other) for other in others)


def _usable(telling: Telling, until: datetime | None) -> bool:
    return telling.article.withdrawn is None and (until is None or telling.at <= until)


def _as_found(one: Overtaking, everything: Sequence[Found]) -> Overtaking:
    """With the conflict that says the same, of which more sources may be known, if there is one."""
    same = [found for found in everything if found.superseded and one.is_told_by(found)]
    return replace(one, found=same[0]) if same else one


def _matters(
    answer: Answer, everything: Sequence[Found], marked: Sequence[Overtaking]
) -> list[Found]:
    """What to tell beside an answer: what was overtaken, then what it was asked for."""
    told = [one.found for one in marked]
    open_ = [found for found in everything if not any(one.disputed_by(found) for one in marked)]
    asked = [found for found in open_ if found.about in roles_in(answer.question)]
    others = [found for found in asked or open_ if found not in told]
    first = [found for n, found in enumerate(told) if found not in told[:n]]
    return [*first, *others[: max(0, MAX_CONFLICTS - len(first))]]


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
