"""Articles as lines of a briefing or of a story: headline, one sentence, who else tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer import Answer, Citation, MessageKind, Mode, Question, Sentence, StoryMark
from bot.answering.scoring import stems
from ingest import Article, Newsroom, Story
from ingest.text import content_words

MOST_WORDS = 40
"""A line on a phone; longer sentences are told only where there is no other."""
LOOKED_AT = 6


@dataclass(frozen=True, slots=True)
class Tale:
    """An article, the sentence that tells its news, and the story that it belongs to, if any."""

    article: Article
    sentence: str
    story: Story | None = None


def tale_of(newsroom: Newsroom, article: Article, story: Story | None = None) -> Tale | None:
    """The article by that of its first sentences which says most of what its headline does, a short
    one if there is any; None if it tells nothing."""
    leads = newsroom.leads(article, LOOKED_AT)
    short = [lead for lead in leads if len(lead.split()) <= MOST_WORDS] or leads
    named = stems(" ".join(content_words(article.title, article.language)))
    best = max(short, key=lambda lead: len(named & stems(lead)), default=None)
    return Tale(article, best, story) if best else None


def told_in(question: Question, kind: MessageKind, heading: str, tales: Sequence[Tale]) -> Answer:
    """The answer that tells these articles in this order, each cited."""
    citations = [_cited(n, tale) for n, tale in enumerate(tales, 1)]
    marks = [_mark(tale.story, tale.article) for tale in tales if tale.story]
    return Answer(
        question=question.text,
        answered=True,
        mode=Mode.QUOTES,
        kind=kind,
        heading=heading,
        sentences=tuple(Sentence(tale.sentence, (n,)) for n, tale in enumerate(tales, 1)),
        citations=tuple(citations),
        stories=tuple({mark.id: mark for mark in marks}.values()),
    )


def mark_of(story: Story) -> StoryMark:
    return StoryMark(story.id, story.headline)


def _mark(story: Story, article: Article) -> StoryMark:
    names = (t.article.source for t in story.tellings if t.article.withdrawn is None)
    others = tuple(dict.fromkeys(name for name in names if name and name != article.source))
    return StoryMark(story.id, article.title, others)


def _cited(n: int, tale: Tale) -> Citation:
    article = tale.article
    return Citation(
        n=n,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        quote=tale.sentence,
        article_id=article.id,
        passage_id=f"{article.id}:{article.version}:0",
        depth=article.depth,
    )
