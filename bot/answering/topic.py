"""A topic or person: what is newest of it, and what came before, each line from one article."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.answer import Answer, MessageKind, Question
from bot.answering.kinds import framing, language_of
from bot.answering.scoring import stems
from bot.answering.tales import Tale, tale_of, told_in
from bot.answering.understand import Understood
from ingest import Article, Hit, Newsroom, Story
from ingest.text import content_words, stem

LINES = 4
HITS = 40
NEAR = 0.3
"""The cosine of an article's best passage with a topic from which it may tell of it."""
HELD = 0.7
"""The share of a topic's words, by weight, that an article about it holds."""
SAME = 0.6
_UNDATED = datetime.min.replace(tzinfo=UTC)


def topic_words(text: str) -> list[str]:
    """The words of a message that name what it is about; [] if none does."""
    language = language_of(text) or "en"
    known = framing(language)
    return [word for word in content_words(text, language) if word.casefold() not in known]


def tell_topic(
    newsroom: Newsroom, question: Question, understood: Understood, hits: Sequence[Hit]
) -> Answer | None:
    """The topic's newest article and those before it, newest first; None if none is about it.

    About it are those that hold its words, and those of the story that is told by the nearest one
    with its words in the headline or the first sentence.
    """
    weights = newsroom.rarity(topic_words(understood.text))
    about = [
        hit.article
        for hit in {hit.article.id: hit for hit in reversed(hits)}.values()
        if (hit.dense or 0.0) >= NEAR and _held(hit.article, weights, whole=True) >= HELD
    ]
    if not about:
        return None
    ranked = list(dict.fromkeys(hit.article for hit in hits if hit.article in about))
    leading = [one for one in ranked if _held(one, weights, whole=False) >= HELD]
    told = newsroom.stories_of([article.id for article in ranked])
    first = (leading or ranked)[0]
    story = next(iter(newsroom.stories_with([told[first.id]] if first.id in told else [])), None)
    articles = {one.id: one for one in leading or ranked[:1]}
    if story and len(leading) <= 1:
        articles |= {t.article.id: t.article for t in story.tellings}
    return _told(newsroom, question, list(articles.values()), story)


def tell_story(newsroom: Newsroom, question: Question, story: Story) -> Answer | None:
    """A story that is known, told the same way."""
    return _told(newsroom, question, [t.article for t in story.tellings], story)


def tell_article(newsroom: Newsroom, article: Article, story: Story | None) -> Answer | None:
    """An article, then what else its story tells; None if it tells nothing."""
    tale = tale_of(newsroom, article, story)
    if tale is None:
        return None
    others = [t.article for t in story.tellings if t.article.id != article.id] if story else []
    question = Question(article.title)
    rest = _tales(newsroom, others, story, datetime.now(UTC), [tale])
    return told_in(question, MessageKind.TOPIC, article.title, rest)


def _told(
    newsroom: Newsroom, question: Question, articles: Sequence[Article], story: Story | None
) -> Answer | None:
    tales = _tales(newsroom, articles, story, question.asked_at or datetime.now(UTC), [])
    if not tales:
        return None
    return told_in(question, MessageKind.TOPIC, tales[0].article.title, tales)


def _tales(
    newsroom: Newsroom,
    articles: Sequence[Article],
    story: Story | None,
    until: datetime,
    tales: list[Tale],
) -> list[Tale]:
    """`tales` and those of the newest of the articles, LINES in all, none that says the same."""
    standing = [a for a in articles if a.withdrawn is None and (a.published or until) <= until]
    for article in sorted(standing, key=lambda a: a.published or _UNDATED, reverse=True):
        if len(tales) == LINES:
            break
        tale = tale_of(newsroom, article, story)
        if tale and not any(_same(tale.sentence, other.sentence) for other in tales):
            tales = [*tales, tale]
    return tales


def _held(article: Article, weights: dict[str, float], *, whole: bool) -> float:
    """The share of a topic's words that an article holds: anywhere, or where it begins."""
    begin = f"{article.title} {article.text if whole else article.text[:400]}"
    held = stems(begin)
    total = sum(weights.values()) or 1.0
    return sum(weight for word, weight in weights.items() if stem(word) in held) / total


def _same(first: str, second: str) -> bool:
    one, two = stems(first), stems(second)
    return len(one & two) / max(1, min(len(one), len(two))) >= SAME
