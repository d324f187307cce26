"""What a delivery says, as JSON that is complete in itself. Pure.

    {"headline": str, "coverage": Coverage or {}, "stories": [story id…], "subscription": int,
     "items": [{"text", "before", "after", "article_id", "version", "url", "source", "published"}],
     "corrected": [{"at": ISO 8601, "before": str, "after": str}]}

`coverage` is the newsroom's Coverage as an object. `items` are sentences of articles, word for
word; `stories` are all ids of the story. A sentence that its article does not hold any more is
never told: `revised` takes its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from ingest import Article, Change, Fact, FactKind, Story, Telling
from ingest.text import sentence_spans

Payload = dict[str, Any]
LEAD_SENTENCES, MIN_WORDS = 2, 5
MAX_FACTS = 3


def of_new_story(story: Story, ids: Sequence[str], subscription: int) -> Payload:
    """A post: the first two sentences of the article that told it first."""
    lead = lead_of(story)
    items = [_item(text, lead) for text in opening(lead)]
    return _payload(story, ids, subscription, items)


def of_facts(
    story: Story, ids: Sequence[str], subscription: int, new: frozenset[str]
) -> Payload | None:
    """A reply: what the articles `new` add to their story; None if they add nothing."""
    articles = {telling.article.id: telling.article for telling in story.tellings}
    facts = [f for f in story.facts if f.article_id in new and f.article_id in articles]
    if not facts:
        return None
    best = sorted(facts, key=lambda fact: fact.kind is not FactKind.CHANGED)[:MAX_FACTS]
    told = sorted(best, key=lambda fact: (fact.at, fact.article_id, fact.start))
    items = [_item(fact.text, articles[fact.article_id], fact) for fact in told]
    return _payload(story, ids, subscription, items)


def revised(
    payload: Payload, article: Article, changes: Sequence[Change], at: datetime
) -> Payload | None:
    """The payload after its article changed or was withdrawn; None if what it says still stands."""
    items, corrections = [], []
    for item in payload["items"]:
        if item["article_id"] != article.id:
            items.append(item)
        elif article.withdrawn is not None:
            corrections.append(_correction(at, item["text"], ""))
        elif _holds(article.text, item["text"]):
            items.append({**item, "version": article.version})
        else:
            after = next((c.after for c in changes if _holds(c.before, item["text"])), "")
            corrections.append(_correction(at, item["text"], after))
            if after:
                new = {"text": after, "version": article.version, "before": "", "after": ""}
                items.append({**item, **new})
    if not corrections:
        return None
    told = [*payload.get("corrected", ()), *corrections]
    return {**payload, "items": items, "corrected": told}


def lead_of(story: Story) -> Article:
    """The article to tell a story by: the first report that is not withdrawn."""
    standing = [t for t in story.tellings if t.article.withdrawn is None] or story.tellings
    first: Telling = min(standing, key=lambda telling: (telling.at, telling.article.url is None))
    return first.article


def opening(article: Article) -> list[str]:
    """The first sentences of an article, those of a few words (a place, a byline) left out."""
    spans = sentence_spans(article.text, article.language)
    sentences = [article.text[start:end] for start, end in spans]
    telling = [text for text in sentences if len(text.split()) >= MIN_WORDS]
    return (telling or sentences)[:LEAD_SENTENCES]


def coverage_of(story: Story | None) -> dict[str, int]:
    """How widely a story is told; {} if by one article alone."""
    return asdict(story.coverage) if story and len(story.tellings) > 1 else {}


def articles_in(payload: Payload) -> dict[str, int]:
    """The articles that a payload quotes, and in which version."""
    return {item["article_id"]: item["version"] for item in payload.get("items", ())}


def _payload(
    story: Story, ids: Sequence[str], subscription: int, items: Sequence[dict[str, Any]]
) -> Payload:
    return {
        "headline": story.headline,
        "coverage": coverage_of(story),
        "stories": list(ids),
        "subscription": subscription,
        "items": list(items),
        "corrected": [],
    }


def _item(text: str, article: Article, fact: Fact | None = None) -> dict[str, Any]:
    return {
        "text": text,
        "before": fact.before if fact else "",
        "after": fact.after if fact else "",
        "article_id": article.id,
        "version": article.version,
        "url": article.url,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
    }


def _correction(at: datetime, before: str, after: str) -> dict[str, str]:
    return {"at": at.isoformat(), "before": before, "after": after}


def _holds(text: str, sentence: str) -> bool:
    return " ".join(sentence.split()) in " ".join(text.split())
