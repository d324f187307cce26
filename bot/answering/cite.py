"""Makes citations."""

from __future__ import annotations

from bot.answer import Citation
from ingest import Hit


def cite(n: int, hit: Hit, text: str) -> Citation:
    """The citation of `text`, which stands verbatim in the hit's passage."""
    article = hit.article
    return Citation(
        n=n,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        quote=text,
        article_id=article.id,
        passage_id=hit.passage.id,
        depth=article.depth,
    )
