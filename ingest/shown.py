"""How articles, passages and stories are shown on the command line: as text and as JSON. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ingest.article import Article, Hit, Version
from ingest.story import Fact, FactKind, Story, Telling


def headline(article: Article) -> str:
    """An article in a line: date, title, publisher, and whether it was taken back."""
    date = f"{article.published:%Y-%m-%d}" if article.published else "date unknown"
    mark = ", withdrawn" if article.withdrawn else ", corrected" if article.corrected else ""
    return f"{date}  {article.title} ({article.source or 'publisher unknown'}{mark})"


def timeline(story: Story) -> str:
    """A story in lines: headline, coverage, its articles in order, each with what it added."""
    lines = [story.headline, str(story.coverage), ""]
    added: dict[str, list[Fact]] = {}
    for fact in story.facts:
        added.setdefault(fact.article_id, []).append(fact)
    first = {t.origin_id: t for t in reversed(story.tellings)}
    for telling in story.tellings:
        lines.append(f"{telling.at:%Y-%m-%d %H:%M}  {_told_by(telling, first)}")
        lines += [f"      {_said(fact)}" for fact in added.get(telling.article.id, ())]
    return "\n".join(lines)


def told_versions(versions: Sequence[Version]) -> str:
    """The former versions of an article, and what each next one changed."""
    lines = []
    for version in versions:
        lines.append(f"\nVersion {version.version}, until {version.replaced:%Y-%m-%d %H:%M} UTC")
        for change in version.changes:
            lines += [f"  - {change.before}"] if change.before else []
            lines += [f"  + {change.after}"] if change.after else []
    return "\n".join(lines)


def article_json(article: Article) -> dict[str, Any]:
    names = ("id", "title", "url", "source", "language", "depth", "version", "original", "notice")
    times = ("published", "updated", "corrected", "withdrawn")
    return {
        **{name: getattr(article, name) for name in names},
        "authors": list(article.authors),
        **{name: _iso(getattr(article, name)) for name in times},
    }


def versions_json(versions: Sequence[Version]) -> dict[str, Any]:
    return {
        "versions": [
            {
                "version": version.version,
                "title": version.title,
                "text": version.text,
                "replaced": version.replaced.isoformat(),
                "changes": [{"before": c.before, "after": c.after} for c in version.changes],
            }
            for version in versions
        ]
    }


def hit_json(hit: Hit) -> dict[str, Any]:
    return {
        "score": round(hit.score, 4),
        "dense": hit.dense,
        "keyword": hit.keyword,
        "passage_id": hit.passage.id,
        "text": hit.passage.text,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "article": article_json(hit.article),
    }


def story_json(story: Story) -> dict[str, Any]:
    """A story as `newsdesk stories --json` lists it (docs/formats.md)."""
    return {
        "id": story.id,
        "headline": story.headline,
        "first_seen": story.first_seen.isoformat(),
        "last_seen": story.last_seen.isoformat(),
        "sources": {"articles": len(story.tellings), "independent": story.independent},
        "coverage": str(story.coverage),
        "articles": [
            {
                "id": telling.article.id,
                "url": telling.article.url,
                "title": telling.article.title,
                "source": telling.article.source,
                "published": _iso(telling.article.published),
                "origin_id": telling.origin_id,
                "kept": telling.kept,
                "credit": telling.credit,
            }
            for telling in story.tellings
        ],
    }


def fact_json(fact: Fact) -> dict[str, Any]:
    return {
        "article_id": fact.article_id,
        "at": fact.at.isoformat(),
        "kind": str(fact.kind),
        "text": fact.text,
        "before": fact.before,
        "after": fact.after,
    }


def _told_by(telling: Telling, first: dict[str, Telling]) -> str:
    article = telling.article
    origin = first[telling.origin_id]
    line = f"{article.source or 'publisher unknown'}: {article.title}"
    if origin is not telling:
        who = origin.article.source or "another publisher"
        line += f" (reprint of {who}, {round(100 * telling.kept)} % kept)"
    elif telling.credit:
        line += f" ({telling.credit})"
    return line


def _said(fact: Fact) -> str:
    change = f"[{fact.before} → {fact.after}] " if fact.kind is FactKind.CHANGED else ""
    return f"{change}{fact.text}"


def _iso(time: Any) -> str | None:
    return time.isoformat() if time else None
