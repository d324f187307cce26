"""Former versions of articles, and what each new one changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine, insert, select

from ingest.archive.tables import versions
from ingest.article import Article, Change, Version


def keep(
    connection: Connection, known: Article, changes: Sequence[Change], replaced: datetime
) -> None:
    """Put the version that is about to be replaced aside."""
    row = {
        "article_id": known.id,
        "version": known.version,
        "title": known.title,
        "text": known.text,
        "replaced": replaced,
        "changes": [[change.before, change.after] for change in changes],
    }
    connection.execute(insert(versions).values(row))


def of_article(engine: Engine, article_id: str) -> list[Version]:
    """The former versions of an article, oldest first; none if it never changed."""
    query = select(versions).where(versions.c.article_id == article_id)
    with engine.connect() as connection:
        rows = connection.execute(query.order_by(versions.c.version)).all()
    return [
        Version(
            row.article_id,
            row.version,
            row.title,
            row.text,
            row.replaced,
            tuple(Change(before, after) for before, after in row.changes),
        )
        for row in rows
    ]
